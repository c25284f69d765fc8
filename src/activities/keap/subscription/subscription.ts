import type { Found, Sent, Undone } from '../../../workflows/found.js';
import type { KeapSubscribed, KeapSubscriptionWanted } from '../../../workflows/keap/subscription/contract.js';
import { sameReference } from '../../references.js';
import { write } from '../../write.js';
import type { Open } from '../open.js';
import { sameAmount } from '../wire.js';
import type { SubscriptionAtKeap, SubscriptionTransport } from './transport.js';

/** The subscription itself: found by its reference, added, and ended when it is taken back. */
export function subscriptionSteps({ openSubscription: open }: Open) {
  /** Those that carry the reference, each read afresh. Stopped ones are passed over: the reference is free again. */
  async function live(keap: SubscriptionTransport, want: KeapSubscriptionWanted): Promise<SubscriptionAtKeap[]> {
    const found: SubscriptionAtKeap[] = [];
    for (const id of await keap.searchSubscriptions(want)) {
      const there = await keap.readSubscription(id, want.account.referenceField);
      if (there?.active === true && sameReference(there.reference, want.order.reference)) found.push(there);
    }
    return found;
  }

  function judge(
    keap: SubscriptionTransport,
    want: KeapSubscriptionWanted,
    found: readonly SubscriptionAtKeap[],
  ): Found<KeapSubscribed> {
    const [it, ...more] = found;
    if (it === undefined) return { state: 'none' };
    const ids = found.map(({ subscriptionId }) => subscriptionId);
    const link = keap.subscriptionLink(it.subscriptionId);
    if (more.length > 0)
      return { state: 'several', why: `subscriptions ${ids.join(' and ')} carry the reference`, ids, link };
    const why = differs(want, it);
    if (why !== undefined) return { state: 'other', why: `subscription ${it.subscriptionId} ${why}`, ids, link };
    return { state: 'same', it: madeOf(it) };
  }

  return {
    /** `at`: the id of a subscription that a person gave; looked at instead of searching. */
    async findSubscription(want: KeapSubscriptionWanted, at?: string): Promise<Found<KeapSubscribed>> {
      const keap = open(want.order);
      if (at === undefined) return judge(keap, want, await live(keap, want));
      if (!/^\d+$/.test(at)) return { state: 'other', why: `"${at}" is not an id of Keap`, ids: [] };
      const there = await keap.readSubscription(at, want.account.referenceField);
      if (there === undefined || !there.active) return { state: 'none' };
      if (sameReference(there.reference, want.order.reference)) return judge(keap, want, [there]);
      return { state: 'other', why: `subscription ${at} does not carry the reference`, ids: [at] };
    },

    async addSubscription(want: KeapSubscriptionWanted): Promise<KeapSubscribed> {
      return write('addSubscription', () => open(want.order).addSubscription(want));
    },

    /** Ends it. Whether it was ever added is looked for as long as nobody can say. */
    async endSubscription(want: KeapSubscriptionWanted, known: KeapSubscribed | null, sent: Sent): Promise<Undone> {
      const keap = open(want.order);
      if (known === null && sent === 'no') return { done: true, found: false };
      const found = known === null ? judge(keap, want, await live(keap, want)) : { state: 'same' as const, it: known };
      if (found.state === 'none') return { done: true, found: false };
      if (!('it' in found)) {
        const ids = { subscription: found.ids.join(', ') };
        return { done: false, left: { what: 'the subscription is ended', why: found.why, ids } };
      }
      await keap.stopSubscription(found.it.subscriptionId, 'ended', 'taken back');
      return { done: true, found: true };
    },
  };
}

function madeOf({ subscriptionId, productId }: SubscriptionAtKeap): KeapSubscribed {
  return { subscriptionId, ...(productId === undefined ? {} : { productId }) };
}

/** In what a subscription at Keap differs from the wanted one, in words for a person. */
function differs({ order, contactId }: KeapSubscriptionWanted, there: SubscriptionAtKeap): string | undefined {
  if (there.contactId !== contactId) return `belongs to contact ${there.contactId}, not to ${contactId}`;
  if (there.plan !== order.plan) return `is of plan ${there.plan}, not of ${order.plan}`;
  if (there.quantity !== order.quantity) return `has quantity ${there.quantity} instead of ${order.quantity}`;
  // Whether Keap keeps the price of one or of all is not documented; what an invoice comes to is checked each time.
  const { billingAmount } = there;
  if (sameAmount(billingAmount, order.price) || sameAmount(billingAmount, order.total)) return undefined;
  return `is billed with ${billingAmount} instead of ${order.price}`;
}
