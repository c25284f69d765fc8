import { expect } from 'vitest';
import type { BigcommerceLedger, BigcommerceLedgerOrder } from '../../../src/sandbox/index.js';
import { orderIn, ordersIn, type ShopInput, stockOf } from './rig.js';

/** Nothing more ships of an order in one of these. */
const DEAD = [4, 5, 6];

/** What the sandbox's seed has of the product that the orders are of. */
const TEAS = 500;

const isDead = ({ statusId, archivedAt }: BigcommerceLedgerOrder): boolean =>
  archivedAt !== null || DEAD.includes(statusId);

const piecesOf = ({ lines }: BigcommerceLedgerOrder) => lines.reduce((sum, { quantity }) => sum + quantity, 0);

/** What holds at any end: no parcel twice, one mail for each, no capture twice, no more given back than was taken. */
function expectSound(ledger: BigcommerceLedger, order: BigcommerceLedgerOrder): void {
  const numbers = order.shipments.map(({ trackingNumber }) => trackingNumber);
  expect(new Set(numbers).size).toBe(numbers.length);
  const mails = ledger.mails.filter(({ kind, orderId }) => kind === 'shipment' && orderId === order.id);
  expect(mails.map(({ trackingNumber }) => trackingNumber)).toEqual(numbers);
  const captures = order.transactions.filter(({ event, status }) => event === 'capture' && status === 'ok');
  expect(captures.length).toBeLessThanOrEqual(1);
  expect(order.refunded).toBeLessThanOrEqual(order.taken);
  for (const { quantity, quantityShipped } of order.lines) expect(quantityShipped).toBeLessThanOrEqual(quantity);
}

/** All pieces have left, in these parcels; whatever else was made under the reference is put away. */
export const expectShipped =
  (statusId: number, ...parcels: readonly string[]) =>
  (ledger: BigcommerceLedger, input: ShopInput): void => {
    const [order, ...more] = ordersIn(ledger, input).filter((each) => !isDead(each));
    if (order === undefined) throw new Error(`nothing lives under ${input.reference}`);
    expect(more).toEqual([]);
    expect(ledger.orders.filter(({ id }) => id === order.id)).toHaveLength(1);
    expectSound(ledger, order);
    expect(order.statusId).toBe(statusId);
    expect(order.shipments.map(({ trackingNumber }) => trackingNumber)).toEqual(parcels);
    expect(order.lines.reduce((sum, { quantityShipped }) => sum + quantityShipped, 0)).toBe(piecesOf(order));
    for (const double of ordersIn(ledger, input).filter(isDead)) expect(double.archivedAt).not.toBeNull();
    expect(order.refunded).toBe(0);
  };

/** Nothing is left: every order is cancelled, its money given back to the cent, and its stock is back. */
export function expectTakenBack(ledger: BigcommerceLedger, input: ShopInput): void {
  expectNothingLeft(ledger, input);
  expect(stockOf(ledger, 'TEA-1')).toBe(TEAS);
}

/** One order was made, and is taken back. */
export function expectCancelled(ledger: BigcommerceLedger, input: ShopInput): void {
  expect(isDead(orderIn(ledger, input))).toBe(true);
  expectTakenBack(ledger, input);
}

/** Nothing that may still be paid or shipped, and no money that was taken and not given back. */
export function expectNothingLeft(ledger: BigcommerceLedger, input: ShopInput): void {
  const ours = ordersIn(ledger, input);
  expect(ours.filter((each) => !isDead(each))).toEqual([]);
  for (const order of ours) {
    expectSound(ledger, order);
    expect(order.shipments).toEqual([]);
    expect(order.refunded).toBe(order.taken);
  }
}

/** Nothing was made. */
export const expectNone = (ledger: BigcommerceLedger, input: ShopInput): void =>
  expect(ordersIn(ledger, input)).toEqual([]);

/** A part has left. The rest is refunded by its quantities, shipping is kept, and its stock is back. */
export function expectPartly(ledger: BigcommerceLedger, input: ShopInput): void {
  const order = orderIn(ledger, input);
  expectSound(ledger, order);
  expect(order.shipments).toHaveLength(1);
  for (const { quantity, quantityShipped, quantityRefunded } of order.lines) {
    expect(quantityShipped + quantityRefunded).toBe(quantity);
  }
  const refunded = order.lines.reduce((sum, { quantityRefunded, price }) => sum + quantityRefunded * price.incTax, 0);
  expect(order.refunded).toBeCloseTo(refunded, 2);
  expect(order.refunded).toBeGreaterThan(0);
}

/**
 * The same of goods that are counted: one of two has left, and the other is back in stock, or for a person to look at where
 * nobody knows whether it is. Never twice.
 */
export function expectRestocked(ledger: BigcommerceLedger, input: ShopInput): void {
  expectPartly(ledger, input);
  const corrections = ledger.stockMovements.filter(({ reason }) => reason === 'adjustment');
  expect(corrections.length).toBeLessThanOrEqual(1);
  expect(stockOf(ledger, 'TEA-1')).toBe(TEAS - 2 + corrections.length);
}
