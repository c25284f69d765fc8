import { Big } from 'big.js';
import type { Found, Sent, Undone } from '../../../workflows/found.js';
import type { KeapIds } from '../../../workflows/keap/contract.js';
import type {
  KeapBill,
  KeapBilled,
  KeapBilledBefore,
  KeapFollowed,
  KeapSubscribed,
  KeapSubscriptionCycle,
  KeapSubscriptionWanted,
} from '../../../workflows/keap/subscription/contract.js';
import { failure, failureType } from '../../failure.js';
import { write } from '../../write.js';
import type { Open } from '../open.js';
import { idsOf, type MoneyAtKeap, type Transport } from '../transport.js';
import { add, agree, isPositive } from '../wire.js';
import type { Billed } from './transport.js';

/** The orders by which Keap bills a subscription: made when a cycle is due, looked at, and deleted while they are unpaid. */
export function billSteps({ open, openSubscription }: Open) {
  const billsOf = async (cycle: KeapSubscriptionCycle): Promise<KeapIds[]> =>
    openSubscription(cycle).readBills(cycle, cycle.after);

  /** The oldest that is there: those after it are the next cycles'. */
  const oldest = ([bill, ...more]: readonly KeapIds[]): KeapBill | undefined =>
    bill?.orderId === undefined ? undefined : { orderId: bill.orderId, invoiceId: bill.invoiceId, more: more.length };

  return {
    /** `at`: the id of an order that a person gave. */
    async findBill(cycle: KeapSubscriptionCycle, at?: string): Promise<Found<KeapBilled>> {
      const bills = await billsOf(cycle);
      const it = oldest(at === undefined ? bills : bills.filter(({ orderId }) => orderId === at));
      return it === undefined ? { state: 'none' } : { state: 'same', it };
    },

    /** Has the cycle invoiced. The order of the invoice is read after it: an answer may name only one of the two. */
    async createBill(cycle: KeapSubscriptionCycle): Promise<KeapBilled> {
      const keap = openSubscription(cycle);
      const isActive = async () => (await keap.readSubscription(cycle.subscriptionId, NO_FIELD))?.active ?? false;
      return write('createBill', async () => {
        const made = await keap.invoice(cycle.subscriptionId).catch(async (error) => {
          // Of one that was stopped meanwhile nothing is due.
          if (failureType(error) !== 'Rejected' || (await isActive())) throw error;
          return undefined;
        });
        if (made === undefined) return { active: await isActive() };
        // Invoices of earlier cycles that nobody has seen to come first, so all of them are looked at.
        const it = oldest(await keap.readBills(cycle, cycle.after));
        if (it !== undefined) return it;
        throw failure('OutcomeUnknown', `invoice ${made.invoiceId} was made, and Keap does not show its order yet`);
      });
    },

    /** `Conflict` when the invoice is not over the cycle, or over several that were due. */
    async expectBill(cycle: KeapSubscriptionCycle, bill: KeapIds): Promise<{ cycles: number; total: string }> {
      const facts = { platform: 'keap', connection: cycle.connection, reference: cycle.reference };
      const money = await open(cycle).readMoney(bill);
      if (money === undefined) throw failure('NotFound', `Keap does not show order ${bill.orderId}`, facts);
      if (money.currency !== undefined && money.currency !== cycle.currency) {
        throw failure(
          'Conflict',
          `Keap keeps order ${bill.orderId} in ${money.currency}, not in ${cycle.currency}`,
          facts,
        );
      }
      const total = totalOf(money);
      const cycles = Number(new Big(total).div(cycle.total).round(0));
      if (cycles >= 1 && agree(total, String(new Big(cycle.total).times(cycles)), cycles)) return { cycles, total };
      const text = `order ${bill.orderId} comes to ${total} ${cycle.currency} at Keap, not to ${cycle.total}`;
      throw failure('Conflict', text, { ...facts, problems: [text] });
    },

    /** Where a cycle is billed and charged by Keap itself. */
    async readFollowed(cycle: KeapSubscriptionCycle): Promise<KeapFollowed> {
      const bill = oldest(await billsOf(cycle));
      if (bill === undefined) {
        const there = await openSubscription(cycle).readSubscription(cycle.subscriptionId, NO_FIELD);
        return { active: there?.active ?? false };
      }
      const money = await open(cycle).readMoney(bill);
      if (money === undefined) return { active: true };
      return { active: true, bill: { ...bill, total: totalOf(money), settled: isSettled(money) } };
    },

    /** What was billed before: by an earlier run, by a person, or by Keap. */
    async readBilledBefore(want: KeapSubscriptionWanted, made: KeapSubscribed): Promise<KeapBilledBefore> {
      const { order, contactId } = want;
      const keap = open(order);
      const billed: Billed = { ...made, contactId };
      let [cycles, after, isOpen] = [0, '0', false];
      for (const bill of await openSubscription(order).readBills(billed, '0')) {
        const money = await keap.readMoney(bill);
        if (money === undefined || bill.orderId === undefined) continue;
        if (!isSettled(money)) isOpen = true;
        if (isOpen) break;
        cycles += Math.max(1, Number(new Big(money.paid).div(order.total).round(0)));
        after = bill.orderId;
      }
      return { cycles, after, open: isOpen };
    },

    /** Whether there is an order that was not seen to: Keap, or a person there, may have been quicker. */
    async isBilled(
      { order, contactId }: KeapSubscriptionWanted,
      made: KeapSubscribed,
      after: string,
    ): Promise<boolean> {
      return (await openSubscription(order).readBills({ ...made, contactId }, after)).length > 0;
    },

    /** `found` tells whether there was one; when its making was lost, "nothing there" may be lag. */
    async deleteUnpaidBill(cycle: KeapSubscriptionCycle, known: KeapBill | null, sent: Sent): Promise<Undone> {
      if (known === null && sent === 'no') return { done: true, found: false };
      const bill = known ?? oldest(await billsOf(cycle));
      return bill === undefined ? { done: true, found: false } : deleteIfUnpaid(open(cycle), bill);
    },
  };
}

const GONE = 'the unpaid invoice is gone';

async function deleteIfUnpaid(keap: Transport, bill: KeapBill): Promise<Undone> {
  const money = await keap.readMoney(bill);
  const ids = idsOf(bill);
  const link = keap.link(bill);
  if (money === undefined) return { done: true, found: false };
  const payments = await keap.readPayments(bill);
  if (payments.some(({ state }) => state === 'pending')) {
    throw failure('Unavailable', `a payment of order ${bill.orderId} is pending; only its end tells what can be done`);
  }
  if (isPositive(money.paid) || payments.some(({ state }) => state === 'settled')) {
    const why = 'it carries a payment, and Keap deletes no such order';
    return { done: false, left: { what: GONE, why, amount: money.paid, ids, link } };
  }
  try {
    return { done: true, found: await keap.deleteOrder(bill) };
  } catch (error) {
    if (failureType(error) !== 'Rejected') throw error;
    const why = `Keap refuses to delete it (${(error as Error).message})`;
    return { done: false, left: { what: GONE, why, ids, link } };
  }
}

const totalOf = ({ owed, paid }: MoneyAtKeap): string => add(owed, paid);

export const isSettled = ({ owed, paid }: MoneyAtKeap): boolean => !isPositive(owed) && isPositive(paid);

/** The reference is not asked for. */
const NO_FIELD = { id: '', name: '' };
