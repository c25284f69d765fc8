import { expect } from 'vitest';
import type { LogisticsPlusLedger, LogisticsPlusLedgerOrder } from '../../../src/sandbox/index.js';
import type { Input } from '../tested.js';
import { ordersUnder, plainOrder } from './rig.js';

/** What is wanted of an order, as the ledger shows it. */
export type Wanted = Pick<ReturnType<typeof plainOrder>, 'orderLines' | 'note'>;

/** The one order of the account, under the reference; whatever else is there may ship too. */
export function theOne(ledger: LogisticsPlusLedger, { reference }: Pick<Input, 'reference'>): LogisticsPlusLedgerOrder {
  expect(ledger.orders).toHaveLength(1);
  const [order] = ordersUnder(ledger, reference);
  if (order === undefined) throw new Error(`no order under ${reference}`);
  return order;
}

/** It is live, and has what is wanted, in one shipment. */
export function expectExactly(order: LogisticsPlusLedgerOrder, { orderLines, note }: Wanted): void {
  expect(order.status).not.toBe('CAN');
  expect(order.note).toBe(note);
  expect(order.lines).toMatchObject(orderLines);
  expect(order.shipments).toHaveLength(1);
  expect(order.shipments[0]?.lines).toMatchObject(orderLines);
}

/** Shipped once, with what is wanted. */
export const expectShipped =
  (wanted: Wanted = plainOrder()) =>
  (ledger: LogisticsPlusLedger, input: Input): void => {
    const order = theOne(ledger, input);
    expect(order.status).toBe('FIN');
    expectExactly(order, wanted);
  };

/** The one order was canceled at the warehouse, with this note. */
export const expectCanceled =
  (note: string = plainOrder().note) =>
  (ledger: LogisticsPlusLedger, input: Input): void =>
    expect(theOne(ledger, input)).toMatchObject({ status: 'CAN', note });

/** Nothing was created. */
export const expectNone = ({ orders }: LogisticsPlusLedger): void => expect(orders).toEqual([]);

/** Nothing that may still ship, or did. */
export const expectNothingLeft = ({ orders }: LogisticsPlusLedger): void =>
  expect(orders.filter(({ status }) => status !== 'CAN')).toEqual([]);
