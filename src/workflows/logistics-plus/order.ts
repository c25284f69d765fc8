import { causeOf, refuse } from '../cause.js';
import type { CancelAnswer } from '../contract.js';
import { fingerprint } from '../fingerprint.js';
import type { Served } from '../hold.js';
import { story } from '../story.js';
import {
  logisticsPlusOrder as contract,
  type LogisticsPlusMade,
  type LogisticsPlusOrder,
  type LogisticsPlusOrderResult,
  type LogisticsPlusSeen,
  type LogisticsPlusShown,
} from './contract.js';
import { endOf, isOver, othersOf, settlesIn, standingOf, whatIsLate, whyNotEditable } from './standing.js';
import { AMENDMENT_LOOKS, logisticsPlusSteps } from './steps.js';

/**
 * A Logistics Plus order: created at the warehouse, amended as long as nobody picks it, and followed until every shipment
 * is finalized or canceled. Taken back: by a person at the warehouse, because the platform has no call for it; Waybill
 * asks, and watches until it has happened or it is too late.
 */
export const logisticsPlusOrder = story(contract, async (order, telling): Promise<LogisticsPlusOrderResult> => {
  const { undo, once, until, ask, knows } = telling;
  const lp = logisticsPlusSteps(telling);
  let known: LogisticsPlusMade | undefined;

  undo('the order is canceled at the warehouse', (sent) => lp.seeCanceled(order, known ?? null, sent));
  const made = await once(lp.findOrder, lp.createOrder, order);
  known = made;
  knows({ order: made.orderId });
  telling.settled(...Object.keys(order));
  telling.stop(askTheWarehouse);
  const requestIds = made.requestId === undefined ? [] : [made.requestId];
  const amended = new Set<string>();
  let amendments = 0;

  await followed();
  telling.noReturn('the warehouse has finished it');
  const shipped = await lp.readResult(order, made);
  return { ...shipped, requestIds, amendments, personInvolved: telling.personInvolved() };

  /** Waits for the end. A second live order under the reference would ship too: a person has it canceled. */
  async function followed(): Promise<void> {
    for (;;) {
      const seen = await until<LogisticsPlusSeen>({
        what: 'every shipment is finalized or canceled',
        look: () => lp.readOrder(order),
        isTrue: (now, forMs) => othersOf(now, made).length > 0 || isOver(standingOf(now, made), forMs),
        againIn: (now, forMs) => settlesIn(standingOf(now, made), forMs),
        says: (now) => wordsOf(now),
        late: (now, forMs) => whatIsLate(standingOf(now, made), forMs, Date.now()),
        serves: { amend },
      });
      const others = othersOf(seen, made);
      if (others.length === 0) return;
      await ask<true>({
        question: `More than one order is live under ${order.reference}. Have the others canceled at the warehouse.`,
        facts: [`ours: ${made.orderId}`, `others: ${others.join(', ')}`],
        answers: {
          retry: async () => ({ it: true }),
          abandon: async () => ({ end: refuse('Conflict', `several orders are live under ${order.reference}`) }),
        },
        happens: (now) => (othersOf(now as LogisticsPlusSeen, made).length === 0 ? true : undefined),
      });
    }
  }

  function wordsOf(seen: LogisticsPlusSeen): string {
    const standing = standingOf(seen, made);
    if (standing === undefined) return 'the warehouse does not show it';
    if (standing.shipments.length === 0) return `order ${standing.status}, no shipment yet`;
    return standing.shipments.map(({ id, status }) => `shipment ${id} ${status}`).join(', ');
  }

  async function amend(next: LogisticsPlusOrder): Promise<string> {
    const print = fingerprint(next);
    if (print === fingerprint(order)) {
      if (amended.has(print)) return 'it had been amended so before';
      throw refuse('Rejected', 'the amendment changes nothing');
    }
    await expectEditable();
    try {
      const { requestId } = await lp.amendOrder(next, made);
      if (requestId !== '') requestIds.push(requestId);
    } catch (error) {
      const { type } = causeOf(error);
      // The platform does not say why it refuses. The warehouse may have begun meanwhile.
      if (type === 'Rejected') await expectEditable();
      // A success that cannot be read: whether it happened, the order shows.
      if (type !== 'Unreadable') throw error;
    }
    telling.amended(next);
    const { shown, differences } = await until<LogisticsPlusShown>({
      what: 'the order and its shipments are amended',
      look: () => lp.readAmendment(order, made),
      isTrue: (now) => now.shown || now.ended === true,
      looks: AMENDMENT_LOOKS,
      facts: ({ differences }) => differences,
      untold: true,
    });
    if (!shown) throw refuse('Rejected', `too late: every shipment has ended. ${differences.join('; ')}`);
    amended.add(print);
    amendments++;
    return 'the order and its shipments show it';
  }

  async function expectEditable(): Promise<void> {
    const why = whyNotEditable(standingOf(await lp.readOrder(order), made));
    if (why !== undefined) throw refuse('Rejected', `too late: ${why}`);
  }

  /** No call cancels an order. What a person at the warehouse can still do, and does, is the answer. */
  async function askTheWarehouse(): Promise<CancelAnswer> {
    const seen = await lp.readOrder(order);
    const end = endOf(standingOf(seen, made));
    if (end !== undefined) return end;
    if (whyNotEditable(standingOf(seen, made)) === undefined) await lp.putStopNote(order, made);
    const verdict = (now: LogisticsPlusSeen) => endOf(standingOf(now, made));
    return ask<CancelAnswer>({
      question: `Have order ${made.orderId} canceled at warehouse ${order.warehouseCode}: only a person there can do it. It is watched until it is canceled or shipped.`,
      facts: [
        'retry: look again',
        'accept: it was canceled (it is looked at)',
        'leave: the warehouse does not cancel it; it goes on',
      ],
      answers: {
        retry: looked,
        accept: looked,
        leave: async () => ({ it: { verdict: 'too-late', reason: 'the warehouse did not cancel it' } }),
      },
      happens: (now) => verdict(now as LogisticsPlusSeen),
    });

    async function looked(): Promise<Served<CancelAnswer>> {
      const now = await lp.readOrder(order);
      const it = verdict(now);
      return it === undefined ? { refused: `not canceled yet: ${wordsOf(now)}` } : { it };
    }
  }
});
