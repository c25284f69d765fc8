import { causeOf, refuse } from '../cause.js';
import { story } from '../story.js';
import { amending } from './amending.js';
import {
  infoplusOrder as contract,
  type InfoplusEnd,
  type InfoplusMade,
  type InfoplusOrder,
  type InfoplusOrderResult,
  type InfoplusSeen,
  type InfoplusShipped,
} from './contract.js';
import {
  type Expected,
  failedOf,
  inWords,
  isOver,
  isUntracked,
  othersOf,
  settlesIn,
  trackingIn,
  whatIsLate,
} from './standing.js';
import { infoplusSteps } from './steps.js';
import { stopping } from './stopping.js';

/**
 * An Infoplus order: its items checked, its customer found or made, created, amended as long as nobody processes it, and
 * followed until it and all its back orders are shipped or cancelled. Taken back: deleted as long as Infoplus does that,
 * and then by a person at the warehouse, who is asked by a tag.
 */
export const infoplusOrder = story(contract, async (order, telling): Promise<InfoplusOrderResult> => {
  const { undo, once, until, ask, knows } = telling;
  const ip = infoplusSteps(telling);

  const want = { order, at: await ip.lookUp(order) };
  telling.settled('warehouse', 'carrier');
  await itemsAreOnSale();
  const customer = order.customerNo === undefined ? undefined : await once(ip.findCustomer, ip.createCustomer, want);
  telling.settled('customerNo', 'customer');
  knows({ customer: customer?.customerId });
  let known: InfoplusMade | undefined;

  undo('the order is gone', async (sent) => {
    const undone = await ip.deleteOrder(want, known ?? null, sent);
    if (!undone.done && known !== undefined) await ip.askToCancel(want, known);
    return undone;
  });
  const made = await once(ip.findOrder, ip.createOrder, want);
  known = made;
  knows({ order: made.orderNo });
  telling.settled(...Object.keys(order));
  const course = { ip, telling, want, made };
  const { amend, release, amendments } = amending(course);
  const { stop, deleted } = stopping(course);
  telling.stop(stop);

  if (!made.ended) await complete();
  const shipped = await toItsEnd();
  return {
    ...shipped,
    ...(deleted().length > 0 && shipped.fulfillment !== 'CANCELED' ? { fulfillment: 'PARTLY_CANCELED' } : {}),
    ...(customer && { customer }),
    amendments: amendments(),
    personInvolved: telling.personInvolved(),
  };

  /** They may have been taken off sale since the order was made. */
  async function itemsAreOnSale(): Promise<void> {
    try {
      await ip.checkItems(want);
    } catch (error) {
      if (causeOf(error).type !== 'Rejected' || !('it' in (await ip.findOrder(want)))) throw error;
    }
  }

  /** What an order that was found half made may lack. */
  async function complete(): Promise<void> {
    if (!made.fieldsSet) await ip.setCustomFields(want, made);
    for (const tag of order.tags ?? []) await ip.addTag(want, made, tag);
  }

  /** A back order may come to light after all that was known of had ended. */
  async function toItsEnd(): Promise<InfoplusShipped> {
    for (;;) {
      await followed();
      telling.noReturn('it has come to its end at Infoplus');
      const { ended, shipped } = await tracked();
      if (ended) return shipped;
    }
  }

  /** Waits for the end. What only a person can settle is asked on the way. */
  async function followed(): Promise<void> {
    for (;;) {
      const seen = await until<InfoplusSeen>({
        what: 'the order and its back orders are shipped or cancelled',
        look: () => ip.readOrder(want, made),
        isTrue: (now, forMs) => problemOf(now) !== undefined || isOver(now, made, forMs, expected()),
        againIn: (now, forMs) => settlesIn(now, made, forMs, expected()),
        says: (now) => inWords(now, made),
        late: (now, forMs) => whatIsLate(now, made, forMs),
        serves: { amend, release },
      });
      const problem = problemOf(seen);
      if (problem === undefined) return;
      await ask<true>({
        question: problem.question,
        facts: problem.facts,
        answers: {
          retry: async () => ({ it: true }),
          abandon: async () => ({ end: refuse('Conflict', problem.why) }),
        },
        happens: (now) => (problemOf(now as InfoplusSeen) === undefined ? true : undefined),
      });
    }
  }

  function expected(): Expected {
    return { wanted: piecesOf(order), deleted: deleted() };
  }

  /** A second live order under the reference would ship too, and one that Infoplus could not complete never ships. */
  function problemOf(seen: InfoplusSeen) {
    const others = othersOf(seen, made);
    const failed = failedOf(seen, made).join(', ');
    if (others.length > 0) {
      return {
        question: `More than one order is live under ${order.reference}. Have the others deleted or cancelled at Infoplus.`,
        facts: [`ours: ${made.orderNo}`, `others: ${others.join(', ')}`],
        why: `several orders are live under ${order.reference}`,
      };
    }
    if (failed === '') return undefined;
    return {
      question: `Infoplus could not complete order ${failed}. Have it put right there, or abandon it.`,
      facts: [`its status is Error: ${failed}`],
      why: `order ${failed} is in Error at Infoplus`,
    };
  }

  /** Shipments may be shown after their order; without any the order's own tracking number has to do. */
  function tracked(): Promise<InfoplusEnd> {
    return until<InfoplusEnd>({
      what: 'the parcels have their tracking numbers',
      look: () => ip.readResult(want, made),
      isTrue: ({ ended, shipped }, forMs) => !ended || trackingIn(isUntracked(shipped), forMs) === undefined,
      againIn: ({ shipped }, forMs) => trackingIn(isUntracked(shipped), forMs),
      untold: true,
    });
  }
});

/** Of kits the warehouse makes lines of its own. */
function piecesOf({ lineItems }: InfoplusOrder): number | undefined {
  if (lineItems.some(({ dynamicKitComponentList }) => dynamicKitComponentList !== undefined)) return undefined;
  return lineItems.reduce((so, { orderedQty }) => so + orderedQty, 0);
}
