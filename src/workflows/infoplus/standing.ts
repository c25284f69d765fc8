import type { CancelAnswer } from '../contract.js';
import type { InfoplusMade, InfoplusSeen, InfoplusShipped, InfoplusStanding } from './contract.js';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const DAY = 24 * 60 * MINUTE;

/** An order in one of these has come to its end; in any other, an unknown one too, it may still ship. */
const isEnd = ({ status }: InfoplusStanding): boolean => status === 'Shipped' || status === 'Cancelled';

const KNOWN = ['Pending', 'On Order', 'Processed', 'Shipped', 'Back Order', 'Cancelled', 'Error'];

/** Infoplus changes an order in one of these. */
const EDITABLE = ['Pending', 'On Order', 'Back Order'];

/** `Pending` lasts seconds to minutes; it is looked at often at first, and a person should know when it lasts longer. */
const PENDING_AGAIN_MS = 15 * SECOND;
const PENDING_OFTEN_MS = MINUTE;
const PENDING_LATE_MS = 10 * MINUTE;

/** The search lags by up to 30 s: what ended, or is gone, counts when it is so after twice that. */
const SETTLES_MS = MINUTE;

/** What a shipped order left open becomes a back order soon, or never: items that are not back-ordered are dropped. */
const BACK_ORDER_WITHIN_MS = 15 * MINUTE;

/** Later than this a person should have a look, although nothing is lost. */
const LATE_MS = DAY;

/** Our order and its back orders, as far as they are shown. */
export const oursOf = ({ orders }: InfoplusSeen, { orderNo }: InfoplusMade): InfoplusStanding[] =>
  orders.filter(({ root }) => root === orderNo);

/** Numbers of other orders under the reference that would ship as well. */
export const othersOf = ({ orders }: InfoplusSeen, { orderNo }: InfoplusMade): string[] =>
  orders.filter((order) => order.root !== orderNo && !isEnd(order)).map((order) => order.orderNo);

/** Numbers of ours that Infoplus could not complete. */
export const failedOf = (seen: InfoplusSeen, made: InfoplusMade): string[] =>
  oursOf(seen, made).flatMap(({ orderNo, status }) => (status === 'Error' ? [orderNo] : []));

/** What is expected of an order: it tells whether more of it is to come. */
export interface Expected {
  /** Pieces in the order as it is wanted; undefined where its lines may become others. */
  readonly wanted?: number | undefined;
  /** Those of ours that a cancel has deleted: what they were for is not missing. */
  readonly deleted?: readonly InfoplusStanding[];
}

/** @param forMs since when it has been standing like this, in milliseconds */
export function isOver(seen: InfoplusSeen, made: InfoplusMade, forMs: number, expected: Expected = {}): boolean {
  const left = endsIn(seen, made, expected);
  return left !== undefined && forMs >= left;
}

/** For how long it must have been standing like this to be over; undefined: it is not. */
function endsIn(seen: InfoplusSeen, made: InfoplusMade, { wanted, deleted = [] }: Expected): number | undefined {
  const ours = oursOf(seen, made);
  if (!ours.every(isEnd)) return undefined;
  const root = ours.find(({ orderNo }) => orderNo === made.orderNo);
  if (root === undefined) return seen.gone === true ? SETTLES_MS : undefined;
  if (root.status === 'Cancelled' && ours.length === 1) return 0;
  const open = sum(ours.map((each) => each.open));
  const shipped = sum(ours.map(({ status, ordered, open }) => (status === 'Shipped' ? ordered - open : 0)));
  const parts = ours.filter((each) => each !== root);
  const covered = sum([...parts, ...deleted].map((each) => each.ordered));
  if (open > covered) return BACK_ORDER_WITHIN_MS;
  // Once all has shipped, nothing is left that a back order could be made of.
  return wanted !== undefined && shipped >= wanted ? 0 : SETTLES_MS;
}

const sum = (numbers: readonly number[]): number => numbers.reduce((so, each) => so + each, 0);

/**
 * When to look again, in milliseconds: at an order that was made just now, is about to leave `Pending`, or is shown no
 * more, and at one that has come to its end, as far as anybody can see.
 */
export function settlesIn(
  seen: InfoplusSeen,
  made: InfoplusMade,
  forMs: number,
  expected: Expected = {},
): number | undefined {
  const left = endsIn(seen, made, expected);
  if (left !== undefined) return Math.max(SECOND, left - forMs);
  const ours = oursOf(seen, made);
  if (seen.gone !== true && !ours.some(({ orderNo }) => orderNo === made.orderNo)) return SETTLES_MS;
  if (!ours.some(({ status }) => status === 'Pending') || forMs >= PENDING_LATE_MS) return undefined;
  return forMs < PENDING_OFTEN_MS ? PENDING_AGAIN_MS : MINUTE;
}

/** How it stands, in a few words. */
export function inWords(seen: InfoplusSeen, made: InfoplusMade): string {
  const ours = oursOf(seen, made);
  if (ours.length === 0) return seen.gone === true ? 'it was deleted at Infoplus' : 'Infoplus does not show it';
  return ours.map(({ orderNo, status, holdCode }) => `order ${orderNo} ${status}${heldBy(holdCode)}`).join(', ');
}

const heldBy = (code: string | undefined): string =>
  code === undefined || code === 'N' || code === 'Y' ? '' : `, held by ${code}`;

/**
 * What became of a cancel; undefined while it is open. Every part counts.
 *
 * @param deleted those of ours that were deleted for it
 */
export function endOf(
  seen: InfoplusSeen,
  made: InfoplusMade,
  deleted: readonly InfoplusStanding[],
): CancelAnswer | undefined {
  const ours = oursOf(seen, made);
  if (ours.length === 0) {
    return seen.gone === true ? { verdict: 'stopped', reason: 'it is deleted at Infoplus' } : undefined;
  }
  if (!ours.every(isEnd)) return undefined;
  const shipped = ours.filter(({ status }) => status === 'Shipped').map(({ orderNo }) => orderNo);
  if (shipped.length === 0) return { verdict: 'stopped', reason: 'the warehouse has cancelled it' };
  const reason = `shipped: ${shipped.join(', ')}`;
  const stopped = shipped.length < ours.length || deleted.some(({ orderNo }) => !shipped.includes(orderNo));
  return { verdict: stopped ? 'partly' : 'too-late', reason };
}

/** Why Infoplus changes it no more; undefined while it does. One that is not shown yet is asked about. */
export function whyNotEditable(seen: InfoplusSeen, made: InfoplusMade): string | undefined {
  const beyond = oursOf(seen, made).find(
    ({ orderNo, status }) => !EDITABLE.includes(status) && (orderNo === made.orderNo || status !== 'Cancelled'),
  );
  if (beyond !== undefined) return `order ${beyond.orderNo} is ${beyond.status}`;
  return seen.gone === true ? `order ${made.orderNo} was deleted at Infoplus` : undefined;
}

/** What is late about an order that stands like this for `forMs` milliseconds, in a few words. */
export function whatIsLate(seen: InfoplusSeen, made: InfoplusMade, forMs: number): string | undefined {
  const ours = oursOf(seen, made);
  if (ours.length === 0) return forMs > LATE_MS ? 'not shown for more than a day' : undefined;
  const unknown = ours.find(({ status }) => !KNOWN.includes(status));
  if (unknown !== undefined) return `order ${unknown.orderNo} has the unknown status ${unknown.status}`;
  const pending = ours.find(({ status }) => status === 'Pending');
  if (pending !== undefined && forMs >= PENDING_LATE_MS) return `order ${pending.orderNo} is Pending for long`;
  const slow = ours.find(({ status }) => status === 'Processed');
  return slow !== undefined && forMs > LATE_MS ? `order ${slow.orderNo} is Processed for more than a day` : undefined;
}

/** Tracking numbers may come hours after the parcels: they are waited for, at first in short steps. */
const TRACKING_WITHIN_MS = 2 * 60 * MINUTE;
const TRACKING_OFTEN_MS = 30 * MINUTE;
const TRACKING_AGAIN_MS = 5 * MINUTE;

/** When to look again for the tracking numbers of what shipped; undefined: they are there, or will not come. */
export function trackingIn(untracked: boolean, forMs: number): number | undefined {
  if (!untracked || forMs >= TRACKING_WITHIN_MS) return undefined;
  return forMs < TRACKING_OFTEN_MS ? TRACKING_AGAIN_MS : Math.min(TRACKING_OFTEN_MS, TRACKING_WITHIN_MS - forMs);
}

/** Whether an order shipped of which no parcel shows a tracking number. */
export function isUntracked({ orderNo, status, backOrders, parcels }: InfoplusShipped): boolean {
  return [{ orderNo, status }, ...backOrders]
    .filter((each) => each.status === 'Shipped')
    .some((each) => !parcels.some((parcel) => parcel.orderNo === each.orderNo && parcel.trackingNo !== undefined));
}
