import { totalOf } from './content/totals.js';
import type {
  BigcommerceLine,
  BigcommerceMade,
  BigcommerceOrder,
  BigcommerceSeen,
  BigcommerceStanding,
} from './contract.js';
import { fromUnits, sameAmount, units } from './decimal.js';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const DAY = 24 * 60 * MINUTE;

/** Statuses by their ids: each store may rename their labels. */
const SHIPPED = 2;
const PARTIALLY_SHIPPED = 3;
const REFUNDED = 4;
const CANCELLED = 5;
const DECLINED = 6;
const AWAITING_PICKUP = 8;
const AWAITING_SHIPMENT = 9;
const COMPLETED = 10;
const AWAITING_FULFILLMENT = 11;
const TO_VERIFY = 12;
const DISPUTED = 13;

/** In words that do not change from store to store. */
const NAMES: Readonly<Record<number, string>> = {
  0: 'Incomplete',
  1: 'Pending',
  [SHIPPED]: 'Shipped',
  [PARTIALLY_SHIPPED]: 'Partially Shipped',
  [REFUNDED]: 'Refunded',
  [CANCELLED]: 'Cancelled',
  [DECLINED]: 'Declined',
  7: 'Awaiting Payment',
  [AWAITING_PICKUP]: 'Awaiting Pickup',
  [AWAITING_SHIPMENT]: 'Awaiting Shipment',
  [COMPLETED]: 'Completed',
  [AWAITING_FULFILLMENT]: 'Awaiting Fulfillment',
  [TO_VERIFY]: 'Manual Verification Required',
  [DISPUTED]: 'Disputed',
  14: 'Partially Refunded',
};

/** Released for shipping, or beyond. */
const PAID = [AWAITING_FULFILLMENT, AWAITING_SHIPMENT, AWAITING_PICKUP, PARTIALLY_SHIPPED, SHIPPED, COMPLETED];

/** Statuses from which parcels move an order on. */
export const BEFORE_PARTIAL = [AWAITING_FULFILLMENT, AWAITING_SHIPMENT, AWAITING_PICKUP];
export const BEFORE_SHIPPED = [...BEFORE_PARTIAL, PARTIALLY_SHIPPED];
export const BEFORE_RELEASE = [0, 1, 7];
export const statuses = {
  shipped: SHIPPED,
  partiallyShipped: PARTIALLY_SHIPPED,
  completed: COMPLETED,
  released: AWAITING_FULFILLMENT,
  refunded: REFUNDED,
} as const;

/** BigCommerce moves an order that has shipped by itself, within a minute; later it is moved by us. */
const MOVES_WITHIN_MS = MINUTE;

/** Later than this a person should have a look, although nothing is lost. */
const LATE_MS = DAY;

/** How ours stands; undefined while it is not shown. */
export const oursIn = ({ orders }: BigcommerceSeen, orderId: string): BigcommerceStanding | undefined =>
  orders.find((order) => order.orderId === orderId);

/** Ids of other orders under the reference that would ship as well. */
export const othersIn = ({ orders }: BigcommerceSeen, orderId: string): string[] =>
  orders.filter((order) => order.orderId !== orderId && isLive(order)).map((order) => order.orderId);

/** Nobody has cancelled, declined, refunded or archived it. */
export const isLive = (order: BigcommerceStanding): boolean =>
  order.gone !== true && ![CANCELLED, DECLINED, REFUNDED].includes(order.statusId);

export const isReleased = (order: BigcommerceStanding | undefined): boolean =>
  order !== undefined && order.gone !== true && PAID.includes(order.statusId);

/** The gateway works on it. */
export const isPending = ({ paymentStatus }: Pick<BigcommerceStanding, 'paymentStatus'>): boolean =>
  ['capture pending', 'void pending', 'pending', 'held for review'].includes(paymentStatus);

export const isTaken = ({ paymentStatus }: Pick<BigcommerceStanding, 'paymentStatus'>): boolean =>
  ['captured', 'paid', 'partially refunded', 'refunded'].includes(paymentStatus);

export const isAuthorized = ({ paymentStatus }: Pick<BigcommerceStanding, 'paymentStatus'>): boolean =>
  paymentStatus === 'authorized';

/**
 * When to look whether a gateway has settled what was begun, in milliseconds after it began: every ten seconds for two
 * minutes, every minute for half an hour, then every quarter of an hour.
 */
export function settlesIn(forMs: number): number {
  if (forMs < 2 * MINUTE) return 10 * SECOND;
  return forMs < 30 * MINUTE ? MINUTE : 15 * MINUTE;
}

/** A gateway that has not settled by then does not settle by itself. */
export const SETTLED_WITHIN = [DAY];

/** What is to ship: neither digital goods, nor what was given back. */
export const piecesToShip = (lines: readonly BigcommerceLine[]): number =>
  lines
    .filter(({ type }) => type === 'physical')
    .reduce((sum, { quantity, shipped, refunded }) => sum + Math.max(shipped, quantity - refunded), 0);

/** All of it has shipped; or the store says that it is done, whoever has set that. */
export function isOver(order: BigcommerceStanding, lines: readonly BigcommerceLine[]): boolean {
  return order.statusId === COMPLETED || order.statusId === SHIPPED || order.itemsShipped >= piecesToShip(lines);
}

/** The status that an order should have by what has shipped of it; undefined: it is as it should be, or somebody else's. */
export function statusDue(order: BigcommerceStanding, lines: readonly BigcommerceLine[]): number | undefined {
  if (order.itemsShipped === 0 || piecesToShip(lines) === 0) return undefined;
  if (isOver(order, lines)) return BEFORE_SHIPPED.includes(order.statusId) ? SHIPPED : undefined;
  return BEFORE_PARTIAL.includes(order.statusId) ? PARTIALLY_SHIPPED : undefined;
}

/** @param forMs since when it has been standing like this, in milliseconds */
export const movesIn = (order: BigcommerceStanding, lines: readonly BigcommerceLine[], forMs: number) =>
  statusDue(order, lines) === undefined ? undefined : Math.max(SECOND, MOVES_WITHIN_MS - forMs);

export const isStuck = (order: BigcommerceStanding, lines: readonly BigcommerceLine[], forMs: number): boolean =>
  statusDue(order, lines) !== undefined && forMs >= MOVES_WITHIN_MS;

/** Why the order does not go on, because of what somebody else did to it; undefined while it does. */
export function whyEnded(order: BigcommerceStanding | undefined): string | undefined {
  if (order === undefined) return undefined;
  if (order.gone === true) return `order ${order.orderId} was archived in the store`;
  if (order.statusId === REFUNDED || order.paymentStatus === 'refunded') {
    return `order ${order.orderId} was refunded in the store`;
  }
  return isLive(order) ? undefined : `order ${order.orderId} was ${nameOf(order).toLowerCase()} in the store`;
}

/** What a person has to settle in the store before it goes on. */
export function whyHeld(order: BigcommerceStanding | undefined): string | undefined {
  if (order?.statusId === DISPUTED) return `the payment of order ${order.orderId} is disputed`;
  if (order?.statusId === TO_VERIFY) return `order ${order.orderId} is to be verified by hand`;
  return undefined;
}

const nameOf = ({ statusId }: BigcommerceStanding): string => NAMES[statusId] ?? `in status ${statusId}`;

/** How it stands, in a few words. */
export function inWords(order: BigcommerceStanding | undefined, lines: readonly BigcommerceLine[] = []): string {
  if (order === undefined) return 'BigCommerce does not show it';
  if (order.gone === true) return 'it is archived';
  const payment = order.paymentStatus === '' ? '' : `, payment ${order.paymentStatus}`;
  const shipped = order.itemsShipped === 0 ? '' : `, ${order.itemsShipped} of ${piecesToShip(lines)} shipped`;
  return `order ${order.orderId} ${nameOf(order)}${payment}${shipped}`;
}

/** What is late about an order that stands like this for `forMs` milliseconds, in a few words. */
export function whatIsLate(order: BigcommerceStanding | undefined, forMs: number): string | undefined {
  if (forMs < LATE_MS) return undefined;
  if (order === undefined) return 'not shown for more than a day';
  if (!(order.statusId in NAMES)) return `order ${order.orderId} has the unknown status ${order.statusId}`;
  return isReleased(order) && order.itemsShipped === 0 ? 'no parcel for more than a day' : undefined;
}

/** In what the order that was made differs from the one that was asked for; money moves only when it does not. */
export function whatDiffers({ order, total }: BigcommerceOrder, made: BigcommerceMade): string[] {
  const computed = order === undefined ? undefined : totalOf(order);
  const wanted = total === undefined ? computed : units(total);
  const currency = order?.default_currency_code ?? made.currency;
  return [
    ...(wanted === undefined || sameAmount(fromUnits(wanted), made.total)
      ? []
      : [`the order comes to ${fromUnits(units(made.total))}, not to ${fromUnits(wanted)}`]),
    ...(currency === made.currency ? [] : [`its currency is ${made.currency}, not ${currency}`]),
  ];
}
