import { expect } from 'vitest';
import type { KeapLedger } from '../../../../src/sandbox/index.js';
import { expectNothingLeft, expectOnceAndWhole } from '../judge.js';
import type { Input } from '../scenario.js';

/** One live order with every line once, paid once. */
export const once = (ledger: KeapLedger, input: Input): void => expectOnceAndWhole(ledger, input);

/** No live order and no money. */
export const nothing = (ledger: KeapLedger): void => expectNothingLeft(ledger);

/** Not even asked to create an order. */
export function nothingSent(ledger: KeapLedger): void {
  expect(ledger.orders).toEqual([]);
  expect(ledger.requests.filter(({ kind }) => kind === 'write')).toEqual([]);
}

/** The order stands, its payment balanced by the two counter-entries. */
export function reversed(ledger: KeapLedger, input: Input): void {
  expect(ledger.orders).toHaveLength(1);
  const payments = ledger.orders[0]?.payments ?? [];
  const total = Number(input.total);
  expect(payments.map(({ amount }) => amount)).toEqual([total, -total, total]);
  expect(payments.map(({ note }) => /!(\w+)\]/.exec(note)?.[1])).toEqual([undefined, 'Refund', 'Credit']);
}

/** One live order that was not paid. */
export function oneUnpaid(ledger: KeapLedger): void {
  const live = ledger.orders.filter(({ deleted }) => !deleted);
  expect(live).toHaveLength(1);
  expect(live[0]?.payments).toEqual([]);
}

/** One live order, whoever made its lines, paid once. */
export function onePaid(ledger: KeapLedger, input: Input): void {
  const live = ledger.orders.filter(({ deleted }) => !deleted);
  expect(live).toHaveLength(1);
  expect(live[0]).toMatchObject({ total: Number(input.total), paid: Number(input.total), owed: 0 });
  expect(live[0]?.customFields._ExternalOrderId).toBe(input.reference);
  expect(live[0]?.payments.filter(({ status }) => status === 'MANUAL_PAID' || status === 'APPROVED')).toHaveLength(1);
}
