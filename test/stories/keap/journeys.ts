import { expect } from 'vitest';
import type { Order } from '../../../src/client/order.js';
import type { KeapOrderResult } from '../../../src/contracts.js';
import type { KeapLedger, KeapSandbox } from '../../../src/sandbox/index.js';
import { expectOnceAndWhole } from './judge.js';
import { plainOrder, type Transport } from './rig.js';
import { charge, declinedCharge, placed } from './scenarios/ordered.js';

/** A way that an order takes, and what must stand in the ledger at its end, whatever died on the way. */
export interface Journey {
  readonly name: string;
  readonly transport: Transport;
  readonly order: Record<string, unknown>;
  /** What happens to the order on its way. */
  readonly play?: (order: Order<KeapOrderResult>, sandbox: KeapSandbox) => Promise<unknown>;
  /** A lost write of it may be asked about, because it is never sent twice unasked. */
  readonly mayAsk?: true;
  readonly ends: 'completed' | 'failed' | 'canceled';
  readonly judge: (ledger: KeapLedger, order: Ordered) => void;
}

export type Ordered = Record<string, unknown> & { readonly reference: string };

/** A billing address makes the contact a write too. */
const billingAddress = { line1: '2 Quay', city: 'Tempe', region: 'AZ', postalCode: '85281', country: 'US' };
const ada = { email: 'ada@example.com', givenName: 'Ada', billingAddress };
const bea = { email: 'bea@example.com', givenName: 'Bea', familyName: 'Field', billingAddress };

const whole = (ledger: KeapLedger, order: Ordered) =>
  expectOnceAndWhole(ledger, { ...plainOrder(), ...order, reference: order.reference });

const wholeForBea = (ledger: KeapLedger, order: Ordered) => {
  whole(ledger, order);
  expect(ledger.contacts.filter(({ fields }) => fields.Email === bea.email)).toHaveLength(1);
};

/** Keap makes the lines of such an order, so they carry no mark of ours. */
const wholeAsPlaced = (ledger: KeapLedger, order: Ordered) => {
  const live = ledger.orders.filter(({ deleted }) => !deleted);
  expect(live).toHaveLength(1);
  expect(live[0]).toMatchObject({ total: 59.8, paid: 59.8, customFields: { _ExternalOrderId: order.reference } });
  expect(live[0]?.lines.map(({ quantity, price }) => [quantity, price])).toEqual([
    [2, 24.95],
    [1, 9.9],
  ]);
  expect(live[0]?.payments).toHaveLength(1);
};

const gone = ({ orders }: KeapLedger) => {
  expect(orders.filter(({ deleted }) => !deleted)).toEqual([]);
  expect(orders.reduce((sum, { paid }) => sum + paid, 0)).toBe(0);
};

const reversed = ({ orders }: KeapLedger) => {
  expect(orders).toHaveLength(1);
  expect(orders[0]?.payments.map(({ type, amount }) => [type, amount])).toEqual([
    ['Credit Card (Manual)', 54.9],
    ['Refund', -54.9],
    ['Credit', 54.9],
  ]);
};

const onBoth = (transport: Transport): Journey[] => [
  { name: 'paid elsewhere', transport, order: { contact: ada }, ends: 'completed', judge: whole },
  { name: 'of a new contact', transport, order: { contact: bea }, ends: 'completed', judge: wholeForBea },
  { name: 'charged', transport, order: { payment: charge }, ends: 'completed', judge: whole },
  { name: 'declined', transport, order: { payment: declinedCharge }, ends: 'failed', judge: gone },
];

/** All the ways in which an order writes to Keap. */
export const journeys: readonly Journey[] = [
  ...onBoth('rest'),
  ...onBoth('xml-rpc'),
  { name: 'placed', transport: 'xml-rpc', order: placed, ends: 'completed', judge: wholeAsPlaced },
  {
    name: 'canceled when paid',
    transport: 'xml-rpc',
    order: {},
    play: async (order, sandbox) => {
      await sandbox.whenWorked('InvoiceService.addManualPayment');
      await order.cancel();
    },
    // A counter-entry is part of the balance: Keap would refuse no second one.
    mayAsk: true,
    ends: 'canceled',
    judge: reversed,
  },
];
