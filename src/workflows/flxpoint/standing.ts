import type { CancelAnswer } from '../contract.js';
import type { FlxpointItem, FlxpointMade, FlxpointRequest, FlxpointSeen } from './contract.js';

const DAY = 24 * 60 * 60_000;

/** Requests are made within minutes where routing is automatic; later than this a person should have a look. */
const LATE_MS = DAY;

/** Nothing more is done with an order in one of these. */
const isClosed = ({ orderStatus }: FlxpointSeen): boolean => orderStatus === 'Closed' || orderStatus === 'Canceled';

/** Flxpoint sends nothing to a source for an order whose money is in one of these; nor does it come back by itself. */
const DEAD_PAYMENTS = ['Declined', 'Refunded', 'Credited', 'Refund Pending', 'Refund Failed'];

const hasDeadPayment = ({ paymentStatus }: FlxpointSeen): boolean => DEAD_PAYMENTS.includes(paymentStatus ?? '');

/** Lines can be added, changed and canceled in this status alone. */
export const isOpen = ({ orderStatus }: FlxpointSeen): boolean => orderStatus === 'Open';

/** All of these lines are on the order, as far as its tags say: nothing has to be added. */
export const areTagged = ({ tagged }: FlxpointSeen, lines: readonly { readonly reference: string }[]): boolean =>
  lines.every(({ reference }) => tagged.includes(reference.toLowerCase()));

/** Why no line can ever be added to it. */
export const whyRefused = (seen: FlxpointSeen): string | undefined =>
  isClosed(seen) ? `the order is ${seen.orderStatus} in Flxpoint; no line can be added` : undefined;

/** Why a line cannot be added before a person has put something right. */
export function whyHeldBefore(seen: FlxpointSeen): string | undefined {
  if (seen.orderStatus === 'Failed') return 'the order is Failed in Flxpoint';
  return isOpen(seen) && hasDeadPayment(seen) ? `the payment of the order is ${seen.paymentStatus}` : undefined;
}

/** The item of a line; undefined while the platform does not show it. */
const itemOf = (seen: FlxpointSeen, { orderItemId }: FlxpointMade): FlxpointItem | undefined =>
  seen.items.find((item) => item.orderItemId === orderItemId);

/** How much of a line may still ship by the fulfillment requests that there are, all of them together. */
const requestedOf = (seen: FlxpointSeen, { orderItemId }: FlxpointMade): number =>
  seen.requests
    .flatMap(({ open }) => open)
    .filter((part) => part.orderItemId === orderItemId)
    .reduce((sum, { quantity }) => sum + quantity, 0);

/** How much of a line has neither shipped nor was canceled. Of an order that was canceled and has no request, nothing ships. */
function restOf(seen: FlxpointSeen, made: FlxpointMade): number {
  const item = itemOf(seen, made);
  if (item === undefined) return made.quantity;
  if (seen.orderStatus === 'Canceled' && requestedOf(seen, made) === 0) return 0;
  return Math.max(0, item.quantity - item.shipped - item.canceled);
}

/** How much of a line nobody was asked to ship yet. */
const unrequestedOf = (seen: FlxpointSeen, made: FlxpointMade): number =>
  Math.max(0, restOf(seen, made) - requestedOf(seen, made));

const shippedOf = (seen: FlxpointSeen, made: FlxpointMade): number => itemOf(seen, made)?.shipped ?? 0;

/** Every line has shipped, or was canceled, or some of each. */
export const isOver = (seen: FlxpointSeen, lines: readonly FlxpointMade[]): boolean =>
  lines.every((made) => restOf(seen, made) === 0);

/** Lines of which something has shipped. */
export const shippedLines = (seen: FlxpointSeen, lines: readonly FlxpointMade[]): FlxpointMade[] =>
  lines.filter((made) => shippedOf(seen, made) > 0);

/** Lines of which something was canceled. */
export const canceledLines = (seen: FlxpointSeen, lines: readonly FlxpointMade[]): FlxpointMade[] =>
  lines.filter((made) => (itemOf(seen, made)?.canceled ?? 0) > 0);

/** Lines of which something may still ship. */
export const linesLeft = (seen: FlxpointSeen, lines: readonly FlxpointMade[]): FlxpointMade[] =>
  lines.filter((made) => restOf(seen, made) > 0);

/** Lines that no call can cancel, because a part of them is in no fulfillment request. */
export const linesUnrequested = (seen: FlxpointSeen, lines: readonly FlxpointMade[]): FlxpointMade[] =>
  lines.filter((made) => unrequestedOf(seen, made) > 0);

/** Fulfillment requests that hold something of these lines. */
const requestsOf = (seen: FlxpointSeen, lines: readonly FlxpointMade[]): FlxpointRequest[] =>
  seen.requests.filter(({ open }) =>
    open.some(({ orderItemId }) => lines.some((made) => made.orderItemId === orderItemId)),
  );

/** Ids of the requests that the source, played by Waybill, has not acknowledged yet. */
export const toAcknowledge = (seen: FlxpointSeen, lines: readonly FlxpointMade[]): string[] =>
  requestsOf(seen, lines)
    .filter((request) => request.toAcknowledge === true)
    .map(({ id }) => id);

/** What Flxpoint says of a request that goes no further without a person; `reason` follows where it gives one. */
const STUCK: Readonly<Record<string, string>> = {
  processing_error: 'could not be sent to its source',
  duplicate: 'has a number that its source has had before; it needs a new one',
  po_number_exceeds_max_length: 'has a number that is too long for its source; it needs another one',
  additional_info_required: 'lacks information that its source needs',
};

/** Why these lines do not go on without a person, in a sentence; undefined while they do. */
export function whyHeld(seen: FlxpointSeen, lines: readonly FlxpointMade[]): string | undefined {
  const stuck = requestsOf(seen, lines).filter(({ status }) => status in STUCK);
  if (stuck.length > 0) return stuck.map(stuckInWords).join('; ');
  const left = linesLeft(seen, lines);
  if (left.length === 0) return undefined;
  if (seen.orderStatus === 'Failed') return 'the order is Failed in Flxpoint';
  if (isClosed(seen)) return `the order is ${seen.orderStatus} in Flxpoint, and not shipped: ${names(left)}`;
  // What a source was asked to ship ships, whatever becomes of the money.
  const unrequested = linesUnrequested(seen, lines);
  return unrequested.length > 0 && hasDeadPayment(seen)
    ? `the payment of the order is ${seen.paymentStatus}, and without a fulfillment request: ${names(unrequested)}`
    : undefined;
}

function stuckInWords(request: FlxpointRequest): string {
  const says = request.reason === undefined ? '' : `: "${request.reason}"`;
  return `fulfillment request ${nameOf(request)} ${STUCK[request.status] ?? 'is stuck'}${says}`;
}

export const nameOf = ({ id, number }: FlxpointRequest): string => number ?? id;

/** `A, B` */
export const names = (lines: readonly FlxpointMade[]): string => lines.map(({ reference }) => reference).join(', ');

/** `line A (item 88120977)` */
export const withItem = ({ reference, orderItemId }: FlxpointMade): string => `line ${reference} (item ${orderItemId})`;

/** How the lines stand, in a few words. */
export function wordsOf(seen: FlxpointSeen, lines: readonly FlxpointMade[]): string {
  const order = isOpen(seen) ? [] : [`order ${seen.orderStatus}`];
  return [...order, ...linesLeft(seen, lines).map((made) => lineInWords(seen, made))].join('; ');
}

function lineInWords(seen: FlxpointSeen, made: FlxpointMade): string {
  if (itemOf(seen, made) === undefined) return `line ${made.reference} is not shown`;
  const requests = requestsOf(seen, [made]).map((request) => `${nameOf(request)} ${request.status}`);
  const shipped = shippedOf(seen, made);
  return [
    `line ${made.reference}: ${requests.length === 0 ? 'no fulfillment request' : requests.join(', ')}`,
    ...(shipped > 0 ? [`${shipped} of ${made.quantity} shipped`] : []),
  ].join(', ');
}

/** What is late about lines that stand like this for `forMs` milliseconds, in a few words. */
export function whatIsLate(seen: FlxpointSeen, lines: readonly FlxpointMade[], forMs: number): string | undefined {
  if (forMs < LATE_MS) return undefined;
  const unrequested = linesUnrequested(seen, lines);
  if (unrequested.length > 0) {
    return `no fulfillment request for more than a day: ${names(unrequested)}; perhaps it has to be routed by hand`;
  }
  const waiting = requestsOf(seen, lines).filter(({ status }) => status === 'unprocessed');
  return waiting.length > 0 ? `to be released by hand: ${waiting.map(nameOf).join(', ')}` : undefined;
}

/** What the lines answer to a cancel, by what the platform shows; undefined while something may still ship. */
export function endOf(seen: FlxpointSeen, lines: readonly FlxpointMade[]): CancelAnswer | undefined {
  if (!isOver(seen, lines)) return undefined;
  const shipped = shippedLines(seen, lines);
  if (shipped.length === 0) return { verdict: 'stopped', reason: 'every line is canceled in Flxpoint' };
  const whole = shipped.length === lines.length && shipped.every((made) => isWhole(seen, made));
  return { verdict: whole ? 'too-late' : 'partly', reason: `shipped: ${names(shipped)}` };
}

const isWhole = (seen: FlxpointSeen, made: FlxpointMade): boolean => shippedOf(seen, made) >= made.quantity;
