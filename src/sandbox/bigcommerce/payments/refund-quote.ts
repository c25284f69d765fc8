import { cents, exact, sum, type TaxPair, taxOf, times } from '../money.js';
import { currentState, type Order, type OrderLine, type OrderState } from '../orders/order.js';
import { discountsOf, lineTotal } from '../orders/totals.js';
import type { Store } from '../store.js';
import type { ItemType, RefundItem } from './refund.js';
import { type ItemWish, type RefundWish, unprocessable } from './refund-input.js';

/** What giving back these parts of an order comes to. */
export interface RefundQuote {
  items: RefundItem[];
  totalAmount: number;
  totalTax: number;
  /** Of it, what belongs to no part of the order. */
  orderLevelAmount: number;
  adjustment: number;
}

/** Works it out, and refuses what is more than is left of the part. */
export function quote({ refunds }: Store, order: Order, wish: RefundWish): RefundQuote {
  const state = currentState(order);
  const earlier = refunds.live(order.id).flatMap(({ items }) => items);
  const items: RefundItem[] = [];
  for (const each of wish.items) items.push(priced(order.id, state, each, [...earlier, ...items]));
  const adjustment = sum(items.flatMap(({ adjustments }) => adjustments.map(({ amount }) => amount)));
  const tax = wish.taxAdjustment ?? sum(items.map((item) => item.tax));
  const asked = sum(items.map(({ requestedAmount }) => requestedAmount));
  return {
    items,
    totalAmount: cents(asked + tax + adjustment),
    totalTax: cents(tax),
    orderLevelAmount: cents(sum(items.map((item) => (item.itemType === 'ORDER' ? item.requestedAmount : 0)))),
    adjustment: cents(adjustment),
  };
}

function priced(orderId: number, state: OrderState, wish: ItemWish, earlier: readonly RefundItem[]): RefundItem {
  const { amount, ...common } = wish;
  const before = earlier.filter(({ itemType, itemId }) => itemType === wish.itemType && itemId === wish.itemId);
  const inUnits = wish.itemType === 'PRODUCT' || wish.itemType === 'GIFT_WRAPPING';
  const { requestedAmount, tax } = inUnits ? ofUnits(state, wish, before) : ofAmount(orderId, state, wish, before);
  return { ...common, requestedAmount, tax };
}

/** So many units, at what was paid for them; what rounding takes from one it gives to another. */
function ofUnits(
  state: OrderState,
  wish: ItemWish,
  before: readonly RefundItem[],
): Pick<RefundItem, 'requestedAmount' | 'tax'> {
  const line = lineWith(state, wish.itemId);
  const done = before.reduce((total, { quantity }) => total + quantity, 0);
  if (done + wish.quantity > line.quantity) throw unprocessable('Refund quantity is greater than remaining quantity.');
  const paid = wish.itemType === 'PRODUCT' ? paidFor(state, line) : wrappingOf(line);
  const part = (whole: number, units: number) => cents((whole * units) / line.quantity);
  const share = (whole: number) => cents(part(whole, done + wish.quantity) - part(whole, done));
  return { requestedAmount: share(paid.exTax), tax: share(taxOf(paid)) };
}

/** A discount takes its part of the tax with it. */
function paidFor(state: OrderState, line: OrderLine): TaxPair {
  const total = lineTotal(line);
  const discount = discountsOf(state).get(line.id) ?? 0;
  const factor = total.incTax === 0 ? 0 : (total.incTax - discount) / total.incTax;
  return { exTax: exact(total.exTax * factor), incTax: exact(total.incTax * factor) };
}

function wrappingOf({ wrapping, quantity }: OrderLine): TaxPair {
  if (wrapping === null) throw unprocessable('The item has no gift wrapping.');
  return times(wrapping.cost, quantity);
}

/** An amount without tax; its tax goes with it, except where it belongs to the order as a whole. */
function ofAmount(
  orderId: number,
  state: OrderState,
  wish: ItemWish,
  before: readonly RefundItem[],
): Pick<RefundItem, 'requestedAmount' | 'tax'> {
  if (wish.itemType === 'TAX') return { requestedAmount: 0, tax: wish.amount };
  if (wish.itemType === 'ORDER') {
    if (wish.itemId !== orderId) throw unprocessable('The order of the item is another one.');
    return { requestedAmount: wish.amount, tax: 0 };
  }
  const cost = costOf(state, wish.itemType, wish.itemId);
  const left = exact(cost.exTax - sum(before.map(({ requestedAmount }) => requestedAmount)));
  if (wish.amount > left) throw tooMuch();
  return { requestedAmount: wish.amount, tax: cost.exTax === 0 ? 0 : cents((wish.amount * taxOf(cost)) / cost.exTax) };
}

function costOf(state: OrderState, itemType: ItemType, itemId: number): TaxPair {
  if (itemType === 'FEE') {
    const fee = state.fees.find(({ id }) => id === itemId);
    if (fee === undefined) throw unprocessable('The fee does not belong to the order.');
    return fee.cost;
  }
  // Costs are of the first address, where all lines go.
  if (state.addresses[0]?.id !== itemId) throw unprocessable('The shipping address does not belong to the order.');
  return itemType === 'SHIPPING' ? state.shipping : state.handling;
}

function lineWith({ lines }: OrderState, lineId: number): OrderLine {
  const line = lines.find(({ id }) => id === lineId);
  if (line === undefined) throw unprocessable('The item does not belong to the order.');
  return line;
}

export const tooMuch = () => unprocessable('Refund amount is greater than remaining amount');
