import { refuse } from '../../cause.js';
import type { CancelAnswer } from '../../contract.js';
import { cents, fromCents } from '../../money.js';
import type { PartEnd } from '../../parts.js';
import { story } from '../../story.js';
import {
  keapSubscription as contract,
  cycleReference,
  type KeapBilledBefore,
  type KeapCycleResult,
  type KeapPause,
  type KeapResume,
  type KeapSubscribed,
  type KeapSubscriptionEnd,
  type KeapSubscriptionResult,
  type KeapSubscriptionSeen,
  type KeapSubscriptionWanted,
  keapSubscriptionCycle,
} from './contract.js';
import { BETWEEN_LOOKS, DUE_MARGIN, keapSubscriptionSteps, LISTED_AFTER, STOPPED_FOR } from './steps.js';

/** What one run of a subscription leaves to the next. */
interface Going {
  readonly want: KeapSubscriptionWanted;
  readonly made: KeapSubscribed;
  /** The number of the next cycle: each is begun once. */
  n: number;
  /** Cycles that were charged, and what they came to. */
  cycles: number;
  charged: string;
  /** The last order that was seen to: what comes after it belongs to the next cycle. */
  after: string;
  /** There is an invoice already that was not seen to, or the first cycle is due as the subscription is made. */
  dueNow: boolean;
  paused: boolean;
  /** A person was asked in a cycle that was billed, or in an earlier run. */
  personInvolved: boolean;
}

/**
 * A Keap subscription: contact, recurring order, and then a cycle after the other, each invoiced and charged in a workflow
 * of its own, until all are billed or it is ended. Taken back as long as nothing was charged: it is ended at Keap. After
 * that a cancel ends it, and what was charged stays.
 */
export const keapSubscription = story(
  contract,
  async (order, telling, before?: Going): Promise<KeapSubscriptionResult> => {
    const { undo, once, until, knows } = telling;
    const keap = keapSubscriptionSteps(telling);
    let end: KeapSubscriptionEnd | undefined;
    const now = before ?? (await begun());
    const { want, made } = now;
    if (now.cycles > 0) stands();
    telling.stop(stop);
    const serves = { pause, resume, end: endNow };

    while (end === undefined) {
      if (order.cycles !== undefined && now.cycles >= order.cycles) end = 'all cycles billed';
      else if (now.dueNow || (await isDue())) await oneCycle();
      // Until something was charged it can be taken back, and that would be forgotten.
      if (end === undefined && now.cycles > 0) {
        now.personInvolved = personInvolved();
        await telling.renew(now);
      }
    }
    if (end === 'all cycles billed') await keap.stopSubscription(want, made, 'ended', 'all cycles are billed');
    return {
      contactId: want.contactId,
      subscriptionId: made.subscriptionId,
      cycles: now.cycles,
      charged: now.charged,
      end,
      ...(now.after === '0' ? {} : { lastOrderId: now.after }),
      personInvolved: personInvolved(),
    };

    function personInvolved(): boolean {
      return now.personInvolved || telling.personInvolved();
    }

    async function begun(): Promise<Going> {
      const account = await keap.subscriptionPreflight(order);
      const { contactId } = await keap.ensureContact(order);
      telling.settled('contact');
      const wanted = { order, account, contactId };
      let known: KeapSubscribed | undefined;

      undo('the subscription is ended', (sent) => keap.endSubscription(wanted, known ?? null, sent));
      const there = await once(keap.findSubscription, keap.addSubscription, wanted);
      known = there;
      knows({ contact: contactId, subscription: there.subscriptionId });
      telling.settled(...Object.keys(order).filter((member) => member !== 'payment' && member !== 'cycles'));
      const { cycles, after, open } = await keap.readBilledBefore(wanted, there);
      const dueNow = open || (cycles === 0 && order.startDate === undefined);
      const charged = fromCents(cents(order.total) * BigInt(cycles));
      return {
        want: wanted,
        made: there,
        n: cycles + 1,
        cycles,
        charged,
        after,
        dueNow,
        paused: false,
        personInvolved: false,
      };
    }

    /**
     * Waits until the next cycle is due, or until it is ended. Keap's own job may have invoiced it before: then the day that
     * Keap shows is that of the cycle after it. @returns whether it is due
     */
    async function isDue(): Promise<boolean> {
      let day: string | undefined;
      let lags = false;
      for (;;) {
        if (!now.paused && (await keap.isBilled(want, made, now.after))) return true;
        const seen = await standsStill(day, lags);
        if (end !== undefined) return false;
        if (isDueNow(seen)) return true;
        // The list of orders may not show yet what has moved the day.
        lags = day !== seen.nextBillDate;
        day = seen.nextBillDate;
      }
    }

    function dueAt({ active, dueAt: at }: KeapSubscriptionSeen): number {
      return active && at !== undefined ? at + DUE_MARGIN : Number.POSITIVE_INFINITY;
    }

    function isDueNow(seen: KeapSubscriptionSeen): boolean {
      return !now.paused && Date.now() >= dueAt(seen);
    }

    function isStopped({ active }: KeapSubscriptionSeen): boolean {
      return !active && !now.paused;
    }

    /** Somebody at Keap has stopped it: that is its end. */
    function hasStopped(seen: KeapSubscriptionSeen, forMs: number): boolean {
      if (end === undefined && isStopped(seen) && forMs >= STOPPED_FOR) end = 'stopped at Keap';
      return end !== undefined;
    }

    /**
     * Waits for as long as nothing is due and the next day stays as it is. Serves what is asked meanwhile.
     *
     * @param lags what has moved the day is to be looked for once more
     */
    function standsStill(known: string | undefined, lags: boolean): Promise<KeapSubscriptionSeen> {
      let day = known;
      const isMoved = ({ nextBillDate }: KeapSubscriptionSeen) => {
        day ??= nextBillDate;
        return nextBillDate !== day;
      };
      return until<KeapSubscriptionSeen>({
        what: `cycle ${now.n} is due`,
        look: () => keap.readSubscription(want, made),
        isTrue: (it, forMs) => isMoved(it) || (lags && forMs >= LISTED_AFTER) || isDueNow(it) || hasStopped(it, forMs),
        againIn: (it, forMs) => (isStopped(it) ? STOPPED_FOR - forMs : lags ? LISTED_AFTER - forMs : undefined),
        trueAt: (it) => (now.paused || !Number.isFinite(dueAt(it)) ? undefined : dueAt(it)),
        looks: BETWEEN_LOOKS,
        says: (it) => (now.paused ? 'paused' : it.active ? `next on ${it.nextBillDate ?? '?'}` : 'stopped at Keap'),
        serves,
        orElse: () => end !== undefined,
      });
    }

    async function oneCycle(): Promise<void> {
      const { connection, reference, billing, currency, total, payment } = order;
      const { subscriptionId, productId } = made;
      const cycle = {
        connection,
        reference: cycleReference(reference, subscriptionId, now.n),
        subscription: reference,
        subscriptionId,
        contactId: want.contactId,
        ...(productId === undefined ? {} : { productId }),
        after: now.after,
        first: now.cycles === 0,
        billing,
        currency,
        total,
        payment,
      };
      const done = ({ payment: paid, invoiceId }: KeapCycleResult) =>
        paid === undefined ? undefined : `cycle ${now.n}: ${paid.amount} charged, invoice ${invoiceId}`;
      const ended = await telling.part(keapSubscriptionCycle, cycle, { serves, done });
      now.dueNow = false;
      now.n += 1;
      if (ended.how === 'completed') takeInto(ended.result);
      else await notPaid(ended);
    }

    /** What Keap has charged by itself, seen once it can charge no more. */
    function account({ cycles, after }: KeapBilledBefore): void {
      Object.assign(now, { cycles, after, charged: fromCents(cents(order.total) * BigInt(cycles)) });
    }

    function takeInto({ billed, orderId, cycles, payment, more, card, personInvolved }: KeapCycleResult): void {
      now.personInvolved ||= personInvolved;
      if (!billed) return;
      // A person may have given another card.
      if (card !== undefined) telling.amended({ ...order, payment: card });
      now.after = orderId ?? now.after;
      now.dueNow = more;
      if (payment === undefined) return;
      now.cycles += cycles;
      now.charged = fromCents(cents(now.charged) + cents(payment.amount));
      stands();
    }

    /** Ends a subscription that was never paid. Later it is paused: whoever gave the cycle up decides what comes of it. */
    async function notPaid(ended: Exclude<PartEnd<KeapCycleResult>, { how: 'completed' }>): Promise<void> {
      if (ended.how === 'taken') return askAboutTaken(ended.workflowId);
      if (now.cycles === 0 && ended.how === 'failed') throw ended.failure;
      // Canceled with the subscription, mostly: then this is where that is decided.
      await keap.readSubscription(want, made);
      if (end !== undefined) return;
      await keap.stopSubscription(want, made, 'paused', `cycle ${now.n - 1} was not paid`);
      now.paused = true;
    }

    /** Only another run of the same subscription can have begun it, one that was terminated. */
    async function askAboutTaken(workflowId: string): Promise<void> {
      await telling.ask<true>({
        question: `${workflowId} was begun by another run. See what became of it; then this goes on with the next cycle.`,
        facts: ['retry: it has ended, and its invoice is paid or gone'],
        answers: {
          retry: async () => ({ it: true }),
          abandon: async () => ({ end: refuse('Conflict', `${workflowId} was begun by another run`) }),
        },
      });
    }

    function stands(): void {
      telling.stands(`${now.charged} ${order.currency} stand as charged at Keap`);
    }

    async function pause({ reason }: KeapPause): Promise<string> {
      if (now.paused) return 'it had been paused before';
      await keap.stopSubscription(want, made, 'paused', reason ?? 'paused');
      now.paused = true;
      return 'nothing is billed until it is resumed';
    }

    async function resume({ nextBillDate }: KeapResume): Promise<string> {
      if (!now.paused) throw refuse('Rejected', 'it is not paused');
      const today = new Date(Date.now()).toISOString();
      const resumed = await keap.resumeSubscription(want, made, today, nextBillDate ?? null);
      now.paused = false;
      return `next billed on ${resumed.nextBillDate}`;
    }

    async function endNow({ reason }: KeapPause): Promise<string> {
      await keap.stopSubscription(want, made, 'ended', reason ?? 'ended');
      end = 'ended';
      return 'it has ended at Keap';
    }

    async function stop(): Promise<CancelAnswer> {
      if (end !== undefined) return { verdict: 'too-late', reason: `it had come to its end: ${end}` };
      if (now.cycles === 0 && order.billing === 'waybill')
        return { verdict: 'stopped', reason: 'nothing had been charged' };
      await keap.stopSubscription(want, made, 'ended', 'canceled');
      if (order.billing === 'keap') account(await keap.readBilledBefore(want, made));
      if (now.cycles === 0) return { verdict: 'stopped', reason: 'nothing had been charged' };
      end = 'canceled';
      return { verdict: 'partly', reason: `it has ended at Keap; ${now.charged} ${order.currency} stand as charged` };
    }
  },
);
