import { expect } from 'vitest';
import type { BigcommerceLedgerOrder } from '../../../src/sandbox/index.js';
import { CENT, discountOf, goodsOf, type Line, type RandomOrder, totalOf, withTax } from './random-orders.js';
import type { Played } from './without-temporal.js';

const inCents = (tenThousandths: number): number => Math.round(tenThousandths / CENT);
const cents = (amount: number): number => {
  const whole = Math.round(amount * 100);
  expect(amount).toBeCloseTo(whole / 100, 8);
  return whole;
};

/** The money was taken once, all of it, and no more was given back than that. */
export function expectPaidOnce(order: RandomOrder, there: BigcommerceLedgerOrder): void {
  const ok = there.transactions.filter(({ status }) => status === 'ok');
  const taking = ok.filter(({ event }) => event === 'purchase' || event === 'capture');
  expect(taking).toHaveLength(1);
  expect(ok.filter(({ event }) => event === 'authorization').length).toBe(order.money === 'purchase' ? 0 : 1);
  expect(cents(there.taken)).toBe(inCents(totalOf(order)));
  const back = ok.filter(({ event }) => event === 'refund').reduce((sum, { amount }) => sum + cents(amount), 0);
  expect(back).toBe(cents(there.refunded));
  expect(back).toBeLessThanOrEqual(cents(there.taken));
}

/** What is kept in the end is what is due: for what has shipped, and where something has, for getting it there. */
export function expectKept(order: RandomOrder, there: BigcommerceLedgerOrder, played: Played<object>): void {
  const kept = cents(there.taken) - cents(there.refunded);
  if (played.result === undefined) {
    expect(there.lines.every(({ quantityShipped }) => quantityShipped === 0)).toBe(true);
    return void expect(kept).toBe(0);
  }
  if (played.verdict === undefined) {
    for (const { type, quantity, quantityShipped } of there.lines) {
      if (type === 'physical') expect(quantityShipped).toBe(quantity);
    }
    return void expect(kept).toBe(cents(there.taken));
  }
  expect(played.verdict).toBe('partly');
  let unshipped = 0;
  let roundings = 0;
  for (const [i, line] of order.lines.entries()) {
    const { type, quantity, quantityShipped, quantityRefunded } = there.lines[i] as BigcommerceLedgerOrder['lines'][0];
    if (type !== 'physical') {
      expect(quantityRefunded).toBe(0);
      continue;
    }
    const rest = quantity - quantityShipped;
    // Where the rest was free, nothing is given back.
    expect([rest, there.refunded > 0 ? rest : 0]).toContain(quantityRefunded);
    unshipped += (paidFor(order, line) * rest) / quantity;
    // Price and tax are rounded each, of the goods and of their wrapping.
    if (rest > 0 && !isInCents(order, line)) roundings += 4;
  }
  const due = totalOf(order) - unshipped;
  expect(Math.abs(kept - due / CENT)).toBeLessThanOrEqual(roundings / 2 + 0.5);
}

/** Of all pieces of a line, with tax, its part of the discount taken off. */
function paidFor(order: RandomOrder, { price, quantity, wrapping }: Line): number {
  const whole = withTax(price) * quantity;
  const discount = whole === 0 ? 0 : (discountOf(order) * whole) / goodsOf(order);
  return whole - discount + (wrapping === undefined ? 0 : withTax(wrapping));
}

/** A whole number of cents for each piece: then nothing is rounded. */
const isInCents = (order: RandomOrder, { price, wrapping }: Line): boolean =>
  discountOf(order) === 0 && wrapping === undefined && price.exTax % CENT === 0 && price.tax % CENT === 0;
