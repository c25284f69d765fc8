import type { Read } from '../../../workflows/contract.js';
import type {
  KeapSubscribed,
  KeapSubscriptionSeen,
  KeapSubscriptionWanted,
} from '../../../workflows/keap/subscription/contract.js';
import { failure } from '../../failure.js';
import type { Open } from '../open.js';
import { settingsOf } from '../settings.js';
import { dayOf, startOfDay } from '../wire.js';
import type { SubscriptionAtKeap, SubscriptionTransport } from './transport.js';

/** How a subscription stands, and what is set on it. */
export function subscriptionStandingSteps({ openSubscription: open, served }: Open) {
  const { timeZone } = settingsOf(served.connection);

  async function read(keap: SubscriptionTransport, want: KeapSubscriptionWanted, { subscriptionId }: KeapSubscribed) {
    const there = await keap.readSubscription(subscriptionId, want.account.referenceField);
    if (there !== undefined) return there;
    const { connection, reference } = want.order;
    const text = `Keap does not show subscription ${subscriptionId}`;
    throw failure('NotFound', text, { platform: 'keap', connection, reference });
  }

  /** What Keap did not take is not done, whatever it answered. */
  function expect(there: SubscriptionAtKeap, isTrue: boolean, what: string): void {
    if (isTrue) return;
    throw failure('Unavailable', `Keap still shows subscription ${there.subscriptionId} ${what}`, { platform: 'keap' });
  }

  return {
    async readSubscription(want: KeapSubscriptionWanted, made: KeapSubscribed): Promise<Read<KeapSubscriptionSeen>> {
      const readAt = Date.now();
      return { ...seenOf(await read(open(want.order), want, made), timeZone), readAt };
    },

    /** Stops it, and reads it back. */
    async stopSubscription(
      want: KeapSubscriptionWanted,
      made: KeapSubscribed,
      how: 'paused' | 'ended',
      reason: string,
    ): Promise<void> {
      const keap = open(want.order);
      await keap.stopSubscription(made.subscriptionId, how, reason);
      const there = await read(keap, want, made);
      expect(there, !there.active, 'as active');
    },

    /**
     * Has it billed again: what had come due while it was paused is not billed.
     *
     * @param now what the time is, ISO
     * @param wanted the day; null: the one that Keap has, unless it is past
     */
    async resumeSubscription(
      want: KeapSubscriptionWanted,
      made: KeapSubscribed,
      now: string,
      wanted: string | null,
    ): Promise<{ nextBillDate: string }> {
      const keap = open(want.order);
      const today = dayOf(new Date(now), timeZone);
      const { nextBillDate: there = today } = await read(keap, want, made);
      const isPast = there < today;
      const nextBillDate = wanted ?? (isPast ? today : there);
      await keap.resumeSubscription(made.subscriptionId, nextBillDate);
      const after = await read(keap, want, made);
      expect(after, after.active, 'as stopped');
      return { nextBillDate: after.nextBillDate ?? nextBillDate };
    },
  };
}

/** What a waiting subscription is told of how it stands. */
export function seenOf({ active, nextBillDate }: SubscriptionAtKeap, timeZone: string): KeapSubscriptionSeen {
  if (nextBillDate === undefined) return { active };
  return { active, nextBillDate, dueAt: startOfDay(nextBillDate, timeZone).getTime() };
}
