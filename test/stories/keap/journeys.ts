import { expect } from 'vitest';
import type { KeapLedger } from '../../../src/sandbox/index.js';
import type { Journey, Write } from '../tested.js';
import { expectOnceAndWhole, expectReversed } from './judge.js';
import type { KeapInput, Shop, Transport } from './rig.js';
import { charge, declinedCharge, placed } from './scenarios/ordered.js';

/** A billing address makes the contact a write too. */
const billingAddress = { line1: '2 Quay', city: 'Tempe', region: 'AZ', postalCode: '85281', country: 'US' };
const ada = { email: 'ada@example.com', givenName: 'Ada', billingAddress };
const bea = { email: 'bea@example.com', givenName: 'Bea', familyName: 'Field', billingAddress };

const wholeForBea = (ledger: KeapLedger, order: KeapInput) => {
  expectOnceAndWhole(ledger, order);
  expect(ledger.contacts.filter(({ fields }) => fields.Email === bea.email)).toHaveLength(1);
};

/** Keap makes the lines of such an order, so they carry no mark of ours. */
const wholeAsPlaced = (ledger: KeapLedger, order: KeapInput) => {
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

const reversed = (ledger: KeapLedger) => {
  expect(ledger.orders).toHaveLength(1);
  expectReversed(ledger);
};

/** The writes of each step, by transport. */
const steps: Record<
  Transport,
  Record<'contact' | 'newContact' | 'order' | 'pay' | 'charge' | 'fields' | 'undo', Write[]>
> = {
  rest: {
    contact: [['contact', 'contacts.update']],
    newContact: [['new contact', 'contacts.create']],
    order: [['order', 'orders.create']],
    pay: [['payment', 'orderPayments.create']],
    charge: [['charge', 'orderPayments.create']],
    fields: [],
    undo: [['take the order back', 'orders.delete']],
  },
  'xml-rpc': {
    contact: [['contact', 'ContactService.update']],
    newContact: [['new contact', 'ContactService.addWithDupCheck']],
    order: [
      ['order', 'InvoiceService.createBlankOrder'],
      ['mark', 'DataService.update:Job'],
      ['line', 'InvoiceService.addOrderItem'],
      ['line', 'InvoiceService.addOrderItem'],
    ],
    pay: [['payment', 'InvoiceService.addManualPayment']],
    charge: [['charge', 'InvoiceService.chargeInvoice']],
    fields: [['fields', 'DataService.update:Job']],
    undo: [['take the order back', 'InvoiceService.deleteInvoice']],
  },
};

/** What its answer tells of a declined charge nobody finds at Keap. */
const DECLINE = 'charge that is declined';

function onBoth(transport: Transport): Journey<Shop>[] {
  const { contact, newContact, order, pay, charge: charged, fields, undo } = steps[transport];
  const declined = charged.map(([, operation]): Write => [DECLINE, operation]);
  return [
    {
      name: 'paid elsewhere',
      variant: transport,
      order: { contact: ada },
      writes: [...contact, ...order, ...pay, ...fields],
      ends: 'completed',
      judge: expectOnceAndWhole,
    },
    {
      name: 'of a new contact',
      variant: transport,
      order: { contact: bea },
      writes: [...newContact, ...order, ...pay, ...fields],
      ends: 'completed',
      judge: wholeForBea,
    },
    {
      name: 'charged',
      variant: transport,
      order: { payment: charge },
      writes: [...order, ...charged, ...fields],
      ends: 'completed',
      judge: expectOnceAndWhole,
    },
    {
      name: 'declined',
      variant: transport,
      order: { payment: declinedCharge },
      writes: [...order, ...declined, ...undo],
      slow: DECLINE,
      ends: 'failed',
      judge: gone,
    },
  ];
}

const { order, pay, fields } = steps['xml-rpc'];
const mark: Write = ['mark', 'DataService.update:Job'];
const entry: Write = ['counter-entry', 'InvoiceService.addManualPayment'];

/** All the ways in which an order writes to Keap. */
export const journeys: readonly Journey<Shop>[] = [
  ...onBoth('rest'),
  ...onBoth('xml-rpc'),
  {
    name: 'placed',
    variant: 'xml-rpc',
    order: placed,
    writes: [['placed', 'OrderService.placeOrder'], mark, ...pay, ...fields],
    ends: 'completed',
    judge: wholeAsPlaced,
  },
  {
    name: 'canceled when paid',
    variant: 'xml-rpc',
    writes: [...order, ...pay, entry, entry],
    play: async ({ order: paid, sandbox }) => {
      await sandbox.whenWorked('InvoiceService.addManualPayment');
      await paid.cancel();
    },
    // A counter-entry is part of the balance: Keap would refuse no second one.
    asked: 'retry',
    ends: 'canceled',
    judge: reversed,
  },
];
