import type { CancelAnswer } from '../contract.js';
import type { LogisticsPlusMade, LogisticsPlusSeen, LogisticsPlusStanding } from './contract.js';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** Orders and shipments in one of these have come to their end; any other status, an unknown one too, has not. */
const isEnd = (status: string): boolean => status === 'FIN' || status === 'CAN';

/** The platform edits an order while all its shipments are in one of these. */
const isEditable = (status: string): boolean => status === 'ENT' || status === 'HEL';

/** The header may stay behind its shipments; after this long the shipments alone count. */
const HEADER_LAGS_MS = 15 * MINUTE;

/** A new order is shown, and has its shipments, well within this; until then it is looked at each minute. */
const APPEARS_WITHIN_MS = 5 * MINUTE;
const APPEARS_AGAIN_MS = MINUTE;

/** Later than this a person should have a look, although nothing is lost. */
const LATE_MS = DAY;

/** How our own order stands; undefined while the platform does not show it. */
export const standingOf = (
  seen: LogisticsPlusSeen,
  { orderId }: LogisticsPlusMade,
): LogisticsPlusStanding | undefined => seen.orders.find((order) => order.orderId === orderId);

/** Ids of other orders under the reference that would ship as well. */
export const othersOf = (seen: LogisticsPlusSeen, { orderId }: LogisticsPlusMade): string[] =>
  seen.orders.filter((order) => order.orderId !== orderId && !isEnd(order.status)).map((order) => order.orderId);

/** @param forMs since when it has been standing like this, in milliseconds */
export function isOver(standing: LogisticsPlusStanding | undefined, forMs: number): boolean {
  if (standing === undefined) return false;
  if (standing.shipments.length === 0) return standing.status === 'CAN';
  return allEnded(standing) && (isEnd(standing.status) || forMs >= HEADER_LAGS_MS);
}

/**
 * When to look again, in milliseconds: at an order whose shipments have ended and whose header has not, and at one that
 * the platform does not show yet, or without shipments, because it was made just now.
 */
export function settlesIn(standing: LogisticsPlusStanding | undefined, forMs: number): number | undefined {
  if (standing === undefined || (standing.shipments.length === 0 && !isEnd(standing.status))) {
    return forMs < APPEARS_WITHIN_MS ? APPEARS_AGAIN_MS : undefined;
  }
  return allEnded(standing) && !isEnd(standing.status) ? HEADER_LAGS_MS : undefined;
}

const allEnded = ({ shipments }: LogisticsPlusStanding): boolean =>
  shipments.length > 0 && shipments.every(({ status }) => isEnd(status));

/** What an ended order answers to a cancel; undefined while it may still be canceled. The shipments decide. */
export function endOf(standing: LogisticsPlusStanding | undefined): CancelAnswer | undefined {
  if (standing === undefined) return undefined;
  const { shipments, status } = standing;
  const shipped = shipments.filter((shipment) => shipment.status === 'FIN').map(({ id }) => id);
  if (shipments.length === 0) return status === 'CAN' ? { verdict: 'stopped', reason: 'it is canceled' } : undefined;
  if (!allEnded(standing)) return undefined;
  if (shipped.length === 0) return { verdict: 'stopped', reason: 'the warehouse has canceled it' };
  const reason = `shipped: ${shipped.join(', ')}`;
  return { verdict: shipped.length === shipments.length ? 'too-late' : 'partly', reason };
}

/** Why the platform edits it no more; undefined while it does. Without shipments nobody knows yet, and the platform is asked. */
export function whyNotEditable(standing: LogisticsPlusStanding | undefined): string | undefined {
  if (standing === undefined) return undefined;
  if (isEnd(standing.status)) return `the order is ${standing.status}`;
  const beyond = standing.shipments.find(({ status }) => !isEditable(status));
  return beyond === undefined ? undefined : `shipment ${beyond.id} is ${beyond.status}`;
}

/** What is late about an order that stands like this for `forMs` milliseconds, in a few words. */
export function whatIsLate(
  standing: LogisticsPlusStanding | undefined,
  forMs: number,
  now: number,
): string | undefined {
  if (standing === undefined) return forMs > LATE_MS ? 'not shown for more than a day' : undefined;
  const { shipments, requiredShipDate } = standing;
  const unknown = shipments.find(({ status }) => !isEnd(status) && !isEditable(status) && status !== 'PIC');
  if (unknown !== undefined) return `shipment ${unknown.id} has the unknown status ${unknown.status}`;
  const slow = shipments.find(({ status }) => status === 'HEL' || status === 'PIC');
  if (slow !== undefined && forMs > LATE_MS) return `shipment ${slow.id} is ${slow.status} for more than a day`;
  const overdue = requiredShipDate !== undefined && now > Date.parse(requiredShipDate) + LATE_MS;
  return overdue && shipments.some(({ status }) => status === 'ENT')
    ? `it was to ship at ${requiredShipDate}`
    : undefined;
}
