import { causeOf, refuse } from '../cause.js';
import type { CancelAnswer } from '../contract.js';
import { canonical, fingerprint } from '../fingerprint.js';
import type { Served } from '../hold.js';
import { story } from '../story.js';
import {
  infoplusOrder as contract,
  type InfoplusEnd,
  type InfoplusMade,
  type InfoplusOrder,
  type InfoplusOrderResult,
  type InfoplusSeen,
  type InfoplusShipped,
  type InfoplusWanted,
} from './contract.js';
import {
  endOf,
  failedOf,
  inWords,
  isOver,
  othersOf,
  oursOf,
  settlesIn,
  trackingIn,
  whatIsLate,
  whyNotEditable,
} from './standing.js';
import { AMENDMENT_LOOKS, infoplusSteps } from './steps.js';

/**
 * An Infoplus order: its items checked, its customer found or made, created, amended as long as nobody processes it, and
 * followed until it and all its back orders are shipped or cancelled. Taken back: deleted as long as Infoplus does that,
 * and then by a person at the warehouse, who is asked by a tag.
 */
export const infoplusOrder = story(contract, async (order, telling): Promise<InfoplusOrderResult> => {
  const { undo, once, until, ask, knows } = telling;
  const ip = infoplusSteps(telling);

  let at = await ip.lookUp(order);
  telling.settled('warehouse', 'carrier');
  const want = (): InfoplusWanted => ({ order, at });
  await ip.checkItems(want());
  const customer = order.customerNo === undefined ? undefined : await once(ip.findCustomer, ip.createCustomer, want());
  telling.settled('customerNo', 'customer');
  knows({ customer: customer?.customerId });
  let known: InfoplusMade | undefined;

  undo('the order is gone', async (sent) => {
    const undone = await ip.deleteOrder(want(), known ?? null, sent);
    if (!undone.done && known !== undefined) await ip.askToCancel(want(), known);
    return undone;
  });
  const made = await once(ip.findOrder, ip.createOrder, want());
  known = made;
  knows({ order: made.orderNo });
  telling.settled(...Object.keys(order));
  telling.stop(stopped);
  const amended = new Set<string>();
  const deleted: string[] = [];
  let amendments = 0;

  if (!made.fieldsSet) await ip.setCustomFields(want(), made);
  for (const tag of order.tags ?? []) await ip.addTag(want(), made, tag);
  const shipped = await toItsEnd();
  return {
    ...shipped,
    ...(deleted.length > 0 && shipped.fulfillment !== 'CANCELED' ? { fulfillment: 'PARTLY_CANCELED' } : {}),
    ...(customer && { customer }),
    amendments,
    personInvolved: telling.personInvolved(),
  };

  /** A back order may come to light after all that was known of had ended. */
  async function toItsEnd(): Promise<InfoplusShipped> {
    for (;;) {
      await followed();
      telling.noReturn('it has come to its end at Infoplus');
      const { ended, shipped } = await tracked();
      if (ended) return shipped;
    }
  }

  /**
   * Waits for the end. A second live order under the reference would ship too, and one that Infoplus could not complete
   * ships never: a person settles that.
   */
  async function followed(): Promise<void> {
    const needsAPerson = (now: InfoplusSeen) => othersOf(now, made).length > 0 || failedOf(now, made).length > 0;
    for (;;) {
      const seen = await until<InfoplusSeen>({
        what: 'the order and its back orders are shipped or cancelled',
        look: () => ip.readOrder(want(), made),
        isTrue: (now, forMs) => needsAPerson(now) || isOver(now, made, forMs),
        againIn: (now, forMs) => settlesIn(now, made, forMs),
        says: (now) => inWords(now, made),
        late: (now, forMs) => whatIsLate(now, made, forMs),
        serves: { amend, release },
      });
      if (!needsAPerson(seen)) return;
      const others = othersOf(seen, made);
      const [question, why] =
        others.length > 0
          ? [
              `More than one order is live under ${order.reference}. Have the others deleted or cancelled at Infoplus.`,
              `several orders are live under ${order.reference}`,
            ]
          : [
              `Infoplus could not complete order ${failedOf(seen, made).join(', ')}. Have it put right there, or abandon it.`,
              `order ${failedOf(seen, made).join(', ')} is in Error at Infoplus`,
            ];
      await ask<true>({
        question,
        facts: [`ours: ${made.orderNo}`, ...(others.length > 0 ? [`others: ${others.join(', ')}`] : [])],
        answers: {
          retry: async () => ({ it: true }),
          abandon: async () => ({ end: refuse('Conflict', why) }),
        },
        happens: (now) => (needsAPerson(now as InfoplusSeen) ? undefined : true),
      });
    }
  }

  /** Shipments may be shown after their order; without any the order's own tracking number has to do. */
  function tracked(): Promise<InfoplusEnd> {
    return until<InfoplusEnd>({
      what: 'the parcels have their tracking numbers',
      look: () => ip.readResult(want(), made),
      isTrue: ({ ended, shipped }, forMs) => !ended || trackingIn(isUntracked(shipped), forMs) === undefined,
      againIn: ({ shipped }, forMs) => trackingIn(isUntracked(shipped), forMs),
      untold: true,
    });
  }

  async function amend(next: InfoplusOrder): Promise<string> {
    const print = fingerprint(next);
    if (print === fingerprint(order)) {
      if (amended.has(print)) return 'it had been amended so before';
      throw refuse('Rejected', 'the amendment changes nothing');
    }
    expectAmendable(next);
    await expectEditable();
    const before: InfoplusWanted = { order: { ...order }, at };
    const after: InfoplusWanted = { order: next, at: await ip.lookUp(next) };
    await ip.checkItems(after);
    try {
      await ip.amendOrder(after, before, made);
    } catch (error) {
      // Infoplus does not say in a code why it refuses. The warehouse may have begun meanwhile.
      if (causeOf(error).type === 'Rejected') await expectEditable();
      throw error;
    }
    for (const tag of without(next.tags, before.order.tags)) await ip.addTag(after, made, tag);
    for (const tag of without(before.order.tags, next.tags)) await ip.removeTag(after, made, tag);
    at = after.at;
    telling.amended(next);
    amended.add(print);
    amendments++;
    await until({
      what: 'the order is amended',
      look: () => ip.readAmendment(after, before, made),
      isTrue: ({ shown }) => shown,
      looks: AMENDMENT_LOOKS,
      facts: ({ differences }) => differences,
      untold: true,
    });
    return 'the order shows it';
  }

  /** What took effect with the creation alone. */
  function expectAmendable(next: InfoplusOrder): void {
    const names = ['customerNo', 'customer', 'useOrderNoRoot'] as const;
    const billTo = order.customerNo === undefined ? [] : Object.keys({ ...order, ...next }).filter(isBillTo);
    const moved = [...names, ...billTo].filter((name) => {
      const member = name as keyof InfoplusOrder;
      return canonical(next[member]) !== canonical(order[member]);
    });
    if (moved.length === 0) return;
    throw refuse('Rejected', `these members cannot be changed once the order is made: ${moved.join(', ')}`);
  }

  async function expectEditable(): Promise<void> {
    const why = whyNotEditable(await ip.readOrder(want(), made), made);
    if (why !== undefined) throw refuse('Rejected', `too late: ${why}`);
  }

  async function release(): Promise<string> {
    await expectEditable();
    const { was } = await ip.releaseOrder(want(), made);
    return was === 'N' || was === 'Y' ? 'it was not held' : `the hold ${was} is off`;
  }

  /** Deletes what Infoplus deletes. For the rest people are asked, and what they do is the answer. */
  async function stopped(): Promise<CancelAnswer> {
    const seen = await ip.readOrder(want(), made);
    const end = endOf(seen, made, deleted);
    if (end !== undefined) return end;
    const undone = await ip.deleteOrder(want(), made, 'yes');
    const left = await ip.readOrder(want(), made);
    const shown = oursOf(left, made).map(({ orderNo }) => orderNo);
    deleted.push(...oursOf(seen, made).flatMap(({ orderNo }) => (shown.includes(orderNo) ? [] : [orderNo])));
    if (undone.done) return { verdict: 'stopped', reason: undone.note ?? 'it is deleted at Infoplus' };
    return endOf(left, made, deleted) ?? askTheWarehouse();
  }

  async function askTheWarehouse(): Promise<CancelAnswer> {
    const asked = await ip.askToCancel(want(), made);
    const verdict = (now: InfoplusSeen) => endOf(now, made, deleted);
    return ask<CancelAnswer>({
      question: `Have order ${made.orderNo} cancelled at the warehouse: only a person there can do it. It is watched until it is cancelled or shipped.`,
      facts: [
        'retry: look again',
        'accept: it was cancelled (it is looked at)',
        'leave: the warehouse does not cancel it; it goes on',
      ],
      answers: {
        retry: looked,
        accept: looked,
        leave: async () => {
          await ip.askNoMore(want(), asked);
          if (deleted.length === 0) return { it: { verdict: 'too-late', reason: 'the warehouse did not cancel it' } };
          return { it: { verdict: 'partly', reason: `deleted: ${deleted.join(', ')}; the rest goes on` } };
        },
      },
      happens: (now) => verdict(now as InfoplusSeen),
    });

    async function looked(): Promise<Served<CancelAnswer>> {
      const now = await ip.readOrder(want(), made);
      const it = verdict(now);
      return it === undefined ? { refused: `not cancelled yet: ${inWords(now, made)}` } : { it };
    }
  }
});

const isBillTo = (name: string): boolean => name.startsWith('billTo');

const without = (tags: readonly string[] = [], others: readonly string[] = []): string[] =>
  tags.filter((tag) => !others.some((other) => other.toLowerCase() === tag.toLowerCase()));

/** Whether an order shipped of which no parcel shows a tracking number. */
function isUntracked({ orderNo, status, backOrders, parcels }: InfoplusShipped): boolean {
  return [{ orderNo, status }, ...backOrders]
    .filter((each) => each.status === 'Shipped')
    .some((each) => !parcels.some((parcel) => parcel.orderNo === each.orderNo && parcel.trackingNo !== undefined));
}
