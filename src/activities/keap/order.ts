import type { Found, Sent, Undone } from '../../workflows/found.js';
import type { KeapMade, KeapWanted } from '../../workflows/keap/contract.js';
import { failure, failureType } from '../failure.js';
import { sameReference } from '../references.js';
import { write } from '../write.js';
import { compareOrder } from './compare.js';
import { titleCarries } from './marks.js';
import type { Open } from './open.js';
import { isOurs, isReversed, readOurPayments } from './our-payments.js';
import { idsOf, type OrderAtKeap, type Transport } from './transport.js';
import { isPositive } from './wire.js';

/** The order itself: found by its reference, created, marked; taken back as long as it carries no payment. */
export function orderSteps({ open, lineProducts }: Open) {
  /** Looks at what the search finds, each order read afresh and compared exactly. */
  async function look(keap: Transport, want: KeapWanted): Promise<Found<KeapMade>> {
    const { reference } = want.order;
    const orders = await readAll(keap, await keap.searchOrders(want), want);
    const ours = orders.filter((order) =>
      order.reference ? sameReference(order.reference, reference) : titleCarries(order.title, reference),
    );
    if (ours.length > 0) return judge(keap, want, ours, want.order.flow === 'place-order');
    return lookUnmarked(keap, want);
  }

  /** An order whose answer was lost before it could be marked is known by its content, contact and time alone. */
  async function lookUnmarked(keap: Transport, want: KeapWanted): Promise<Found<KeapMade>> {
    if (keap.searchUnmarked === undefined || want.order.flow !== 'place-order') return { state: 'none' };
    const orders = await readAll(keap, await keap.searchUnmarked(want), want);
    const alike = orders.filter(
      (order) =>
        !order.reference &&
        !isPositive(order.money.paid) &&
        compareOrder(want, order, lineProducts, true).state === 'same',
    );
    return alike.length === 0 ? { state: 'none' } : judge(keap, want, alike, true);
  }

  async function judge(
    keap: Transport,
    want: KeapWanted,
    orders: readonly OrderAtKeap[],
    byContent: boolean,
  ): Promise<Found<KeapMade>> {
    const live: OrderAtKeap[] = [];
    const dead: OrderAtKeap[] = [];
    for (const order of orders) ((await moneyWentBack(keap, want, order)) ? dead : live).push(order);
    const [order, ...more] = live;
    if (order === undefined) {
      const ids = dead.map(({ orderId }) => orderId);
      const why = `order ${ids.join(', ')} had its money reversed; use a new reference`;
      return { state: 'dead', why, ids, ...linkTo(keap, dead[0]) };
    }
    if (more.length > 0) {
      const ids = live.map(({ orderId }) => orderId);
      return { state: 'several', why: `orders ${ids.join(' and ')} carry the reference`, ids, ...linkTo(keap, order) };
    }
    const comparison = compareOrder(want, order, lineProducts, byContent);
    if (comparison.state === 'other') {
      return { state: 'other', why: comparison.why, ids: [order.orderId], ...linkTo(keap, order) };
    }
    const it = made(order, want, comparison.lines);
    const finished = comparison.state === 'same' && (await isFinished(keap, want, order));
    return { state: finished ? 'finished' : it.marked ? comparison.state : 'subset', it };
  }

  return {
    /** `at`: an order id that a person gave; looked at instead of searching, whatever its title says. */
    async findOrder(want: KeapWanted, at?: string): Promise<Found<KeapMade>> {
      const keap = open(want.order);
      if (at === undefined) return look(keap, want);
      if (!/^\d+$/.test(at)) return { state: 'other', why: `"${at}" is not an order id of Keap`, ids: [] };
      const order = await keap.readOrder(at, want);
      if (order === undefined) return { state: 'none' };
      if (order.reference && !sameReference(order.reference, want.order.reference)) {
        return { state: 'other', why: `order ${at} carries another reference`, ids: [at], link: keap.link(order) };
      }
      return judge(keap, want, [order], true);
    },

    async createOrder(want: KeapWanted): Promise<KeapMade> {
      return write('createOrder', () => open(want.order).createOrder(want));
    },

    /** The order id behind the invoice, where the create call answers the invoice only. */
    async readOrderId(want: KeapWanted, made: KeapMade): Promise<KeapMade> {
      const orderId = await open(want.order).readOrderId(made);
      if (orderId === undefined) throw failure('NotFound', `invoice ${made.invoiceId} has no order at Keap`);
      return { ...made, orderId };
    },

    /** Puts the reference into its own field, where every later look finds it, and reads it back. */
    async markOrder(want: KeapWanted, made: KeapMade): Promise<KeapMade> {
      const { reference } = want.order;
      const keap = open(want.order);
      const before = await keap.readReference(want, made);
      if (before && !sameReference(before, reference)) {
        throw failure('Conflict', `order ${made.orderId} carries another reference already`, { reference });
      }
      await keap.writeReference(want, made);
      if (!sameReference(await keap.readReference(want, made), reference)) {
        throw failure('Rejected', `Keap did not keep the reference in its field on order ${made.orderId}`, {
          reference,
        });
      }
      return { ...made, marked: true };
    },

    /**
     * `found` tells whether there was an order; when its creation was lost, "nothing there" may be lag.
     * `reversed`: the counter-entries of its payment are booked. Until Keap shows them it fails as `Unavailable`.
     */
    async deleteUnpaidOrder(
      want: KeapWanted,
      known: KeapMade | null,
      sent: Sent,
      reversed = false,
    ): Promise<Undone & { readonly found?: boolean }> {
      const keap = open(want.order);
      if (known !== null) return deleteIfUnpaid(keap, want, known, reversed);
      if (sent === 'no') return { done: true, found: false, note: 'it was never created' };
      const found = await look(keap, want);
      if (found.state === 'none') return { done: true, found: false, note: 'nothing there' };
      if ('it' in found) return deleteIfUnpaid(keap, want, found.it, reversed);
      return {
        done: false,
        found: true,
        left: { what: GONE, why: found.why, ids: { order: found.ids.join(', ') }, ...linked(found) },
      };
    },
  };
}

const GONE = 'the unpaid order is gone';

async function deleteIfUnpaid(
  keap: Transport,
  want: KeapWanted,
  made: KeapMade,
  reversed: boolean,
): Promise<Undone & { readonly found?: boolean }> {
  const money = await keap.readMoney(made);
  if (money !== undefined) {
    const payments = await keap.readPayments(made);
    if (payments.some(({ state }) => state === 'pending')) {
      throw failure(
        'Unavailable',
        `a payment of order ${made.orderId} is pending; only its end tells what can be done`,
      );
    }
    const ids = idsOf(made);
    const link = keap.link(made);
    if (isReversed(want.order, payments)) {
      return { done: true, found: true, note: `order ${made.orderId} stays at Keap with its payment reversed` };
    }
    if (reversed) {
      throw failure('Unavailable', `Keap does not show yet that the payment of order ${made.orderId} is reversed`);
    }
    if (isPositive(money.paid) || payments.some(({ state }) => state === 'settled')) {
      const why = 'it carries a payment, and Keap deletes no such order';
      return { done: false, found: true, left: { what: GONE, why, amount: money.paid, ids, link } };
    }
  }
  try {
    return { done: true, found: await keap.deleteOrder(made) };
  } catch (error) {
    if (failureType(error) !== 'Rejected') throw error;
    const why = `Keap refuses to delete it (${(error as Error).message})`;
    return { done: false, found: true, left: { what: GONE, why, ids: idsOf(made), link: keap.link(made) } };
  }
}

async function readAll(keap: Transport, ids: readonly string[], want: KeapWanted): Promise<OrderAtKeap[]> {
  const orders: OrderAtKeap[] = [];
  for (const id of ids) {
    const order = await keap.readOrder(id, want);
    if (order !== undefined) orders.push(order);
  }
  return orders;
}

function made(order: OrderAtKeap, want: KeapWanted, lines: readonly string[]): KeapMade {
  return {
    invoiceId: order.invoiceId,
    orderId: order.orderId,
    marked: sameReference(order.reference, want.order.reference),
    lines,
    fieldsSet: order.unset.length === 0,
  };
}

async function moneyWentBack(keap: Transport, want: KeapWanted, order: OrderAtKeap): Promise<boolean> {
  if (order.money.refunded) return true;
  if (!isPositive(order.money.paid)) return false;
  return isReversed(want.order, await readOurPayments(keap, order));
}

async function isFinished(keap: Transport, want: KeapWanted, order: OrderAtKeap): Promise<boolean> {
  const { money, unset, reference } = order;
  if (isPositive(money.owed) || unset.length > 0 || !sameReference(reference, want.order.reference)) return false;
  if (!isPositive(money.total)) return true;
  if (!money.paidInFull) return false;
  const payments = await readOurPayments(keap, order);
  return payments.some((payment) => payment.state === 'settled' && isOurs(want.order, payment));
}

function linkTo(keap: Transport, order: OrderAtKeap | undefined) {
  return order === undefined ? {} : { link: keap.link(order) };
}

function linked({ link }: { readonly link?: string }) {
  return link === undefined ? {} : { link };
}
