import { expect } from 'vitest';
import type { KeapLedger, LedgerOrder } from '../../../src/sandbox/index.js';

/** Orders that may still be paid or shipped, under one reference. */
export function liveOrders(ledger: KeapLedger, reference: string): LedgerOrder[] {
  return ledger.orders.filter(
    ({ deleted, title }) => !deleted && title.toUpperCase().startsWith(`${reference.toUpperCase()} |`),
  );
}

/** The promise, judged by the ledger alone: one live order with every line once, paid once. */
export function expectOnceAndWhole(
  ledger: KeapLedger,
  wanted: { readonly reference: string; readonly lines: readonly unknown[]; readonly total: string },
): void {
  expect(ledger.orders.filter(({ deleted }) => !deleted)).toHaveLength(1);
  const [order] = liveOrders(ledger, wanted.reference);
  if (order === undefined) throw new Error(`no live order under ${wanted.reference}`);
  expect(order.customFields._ExternalOrderId).toBe(wanted.reference);
  const marks = order.lines.map(
    ({ description, notes }) => /\[[^\]]+\]/.exec(`${notes ?? ''}${description ?? ''}`)?.[0],
  );
  expect(new Set(marks).size).toBe(wanted.lines.length);
  expect(order.lines).toHaveLength(wanted.lines.length);
  expect(order.total).toBeCloseTo(Number(wanted.total), 5);
  expect(order.payments.filter(({ status }) => status === 'MANUAL_PAID' || status === 'APPROVED')).toHaveLength(1);
  expect(order.paid).toBeCloseTo(Number(wanted.total), 5);
  expect(order.owed).toBeCloseTo(0, 5);
}

/** The other half of the promise: nothing that may still ship, and no money. */
export function expectNothingLeft(ledger: KeapLedger): void {
  expect(ledger.orders.filter(({ deleted }) => !deleted)).toEqual([]);
  expect(ledger.orders.flatMap(({ payments }) => payments)).toEqual([]);
}

/** The payment of the plain order stands, balanced by two counter-entries. */
export function expectReversed({ orders: [order] }: KeapLedger): void {
  expect(order?.payments.map(({ type, amount }) => [type, amount])).toEqual([
    ['Credit Card (Manual)', 54.9],
    ['Refund', -54.9],
    ['Credit', 54.9],
  ]);
}
