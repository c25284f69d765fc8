import type { KeapSubscriptionActivities } from '../../../activities/keap/index.js';
import type { Steps } from '../../steps.js';
import type { Telling } from '../../telling.js';
import { SETTLE } from '../steps.js';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/**
 * Keap bills by the calendar day. Its clock and ours may differ by some minutes, and nobody minds being charged at ten
 * past midnight.
 */
export const DUE_MARGIN = 10 * MINUTE;

/** When to ask Keap again for the invoice of a cycle that is due by our reckoning and not by Keap's. */
export const NOT_DUE_LOOKS = [10 * MINUTE, HOUR, 6 * HOUR, DAY, 2 * DAY];

/**
 * When to look whether Keap has billed and charged a cycle by itself. It bills within about six hours, and tries a card
 * that was declined again for some days.
 */
export const BY_KEAP_LOOKS = [HOUR, 4 * HOUR, 7 * HOUR, DAY, 2 * DAY, 4 * DAY, 7 * DAY, 14 * DAY];

/** A subscription that seems stopped and was not by us has to seem so for this long: a read may be older than our write. */
export const STOPPED_FOR = 10 * MINUTE;

/** REST's list of orders lags by up to a minute: what Keap has invoiced by itself is listed by then. */
export const LISTED_AFTER = 2 * MINUTE;

/**
 * When a subscription looks by itself between two cycles, beside the time when the next is due: one that is paused may be
 * so for years, and nobody is to be asked why.
 */
export const BETWEEN_LOOKS = [1, 3, 7, 14, 28, ...Array.from({ length: 130 }, (_, i) => 56 * (i + 1))].map(
  (n) => n * DAY,
);

/** The steps of a Keap subscription and of its cycles. */
export const keapSubscriptionSteps = (telling: Telling): Steps<KeapSubscriptionActivities> =>
  telling.steps<KeapSubscriptionActivities>(SETTLE, {
    subscriptionPreflight: { says: 'check the plan and the custom fields', kind: 'read' },
    ensureContact: {
      says: 'find or update the contact',
      kind: 'set',
      done: ({ contactId }) => `contact ${contactId} is known`,
    },
    findSubscription: {
      says: 'look for the subscription',
      kind: 'read',
      done: (found) => ('it' in found ? `subscription ${found.it.subscriptionId} found by reference` : undefined),
    },
    addSubscription: {
      says: 'add the subscription',
      kind: 'create',
      resend: 2,
      done: ({ subscriptionId }) => `subscription ${subscriptionId} added`,
    },
    readBilledBefore: { says: 'see what was billed before', kind: 'read' },
    isBilled: { says: 'see whether Keap has billed it already', kind: 'read' },
    readSubscription: { says: 'read the subscription', kind: 'read' },
    stopSubscription: {
      says: (_want, _made, how) => (how === 'paused' ? 'pause the subscription' : 'end the subscription'),
      kind: 'set',
      done: (_done, _want, { subscriptionId }, how) => `subscription ${subscriptionId} ${how}`,
    },
    resumeSubscription: {
      says: 'resume the subscription',
      kind: 'set',
      done: ({ nextBillDate }, _want, { subscriptionId }) =>
        `subscription ${subscriptionId} resumed, next ${nextBillDate}`,
    },
    endSubscription: { says: 'end the subscription', kind: 'undo' },
    findBill: {
      says: 'look for the invoice of the cycle',
      kind: 'read',
      done: (found) => ('it' in found ? `invoice ${found.it.invoiceId} found` : undefined),
    },
    // Keap bills what is due and not what was billed: asked again it makes no second invoice. Its own job may be quicker.
    createBill: {
      says: 'have the cycle invoiced',
      kind: 'create',
      resend: 2,
      raced: true,
      done: (billed) =>
        billed.invoiceId === undefined ? 'nothing is due at Keap yet' : `invoice ${billed.invoiceId} made`,
    },
    expectBill: { says: 'check what the invoice comes to', kind: 'read' },
    readFollowed: { says: 'see what Keap has billed and charged', kind: 'read' },
    findPayment: { says: 'look for the payment', kind: 'read' },
    // Keap charges what is still due, and nothing that is paid: sent once more it charges no second time.
    takePayment: {
      says: 'charge the card',
      kind: 'create',
      resend: 1,
      done: ({ amount }) => `${amount} charged`,
    },
    readStanding: { says: 'read the order', kind: 'read' },
    deleteUnpaidBill: { says: 'delete the unpaid invoice', kind: 'undo' },
  });
