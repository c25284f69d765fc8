import { expect } from 'vitest';
import type { KeapLedger } from '../../../../src/sandbox/index.js';
import { keapSeed } from '../../../../src/sandbox/index.js';
import { startsSoon } from '../../every-story.js';
import type { Transport } from '../rig.js';
import type { Input, Scenario } from '../scenario.js';
import { once, onePaid } from './judges.js';

const merchantAccount = String(keapSeed.merchantAccount.id);

const chargeTo = (declines: boolean) => {
  const card = keapSeed.contact.cards.find((each) => each.declines === declines);
  if (card === undefined) throw new Error('the seed has no such card');
  return { kind: 'charge', card: String(card.id), merchantAccount };
};
export const charge = chargeTo(false);
export const declinedCharge = chargeTo(true);

/** What OrderService.placeOrder can make: products at the prices of the catalogue. */
export const placed = {
  flow: 'place-order',
  lines: [
    { sku: 'MUG-B', quantity: 2, unitPrice: '24.95' },
    { sku: 'TEA-1', quantity: 1, unitPrice: '9.90' },
  ],
  total: '59.80',
};

const manyLines = {
  lines: [
    { sku: 'MUG-B', quantity: 1, unitPrice: '24.95', name: 'Blue mug' },
    { sku: 'TEA-1', quantity: 3, unitPrice: '9.90', name: 'Green tea' },
    { sku: 'POT-2', quantity: 1, unitPrice: '39.00', name: 'Tea pot' },
    { kind: 'shipping', quantity: 1, unitPrice: '5.00', name: 'Standard shipping' },
    { kind: 'tax', quantity: 1, unitPrice: '7.70', name: 'Sales tax' },
    { kind: 'discount', quantity: 1, unitPrice: '-10.00', name: 'Regular customer' },
  ],
  total: '96.35',
};

const givenAway = {
  lines: [
    { sku: 'MUG-B', quantity: 1, unitPrice: '24.95' },
    { kind: 'discount', quantity: 1, unitPrice: '-24.95', name: 'A gift' },
  ],
  total: '0.00',
};

function costsNothing(ledger: KeapLedger, input: Input): void {
  expect(ledger.orders).toHaveLength(1);
  expect(ledger.orders[0]).toMatchObject({ total: 0, payments: [], deleted: false });
  expect(ledger.orders[0]?.lines).toHaveLength(input.lines.length);
}

function madeContact(ledger: KeapLedger, input: Input): void {
  once(ledger, input);
  expect(ledger.contacts.filter(({ fields }) => fields.Email === 'bea@example.com')).toHaveLength(1);
}

const completed = { outcome: 'completed', left: [], undone: [] };

const plain = (transport: Transport): Scenario[] => [
  { name: 'happy', variant: transport, ends: completed, ledger: once },
  { name: 'many-lines', variant: transport, order: manyLines, ends: completed, ledger: once },
  { name: 'costs-nothing', variant: transport, order: givenAway, ends: completed, ledger: costsNothing },
  { name: 'charged-by-keap', variant: transport, order: { payment: charge }, ends: completed, ledger: once },
  {
    name: 'new-contact',
    variant: transport,
    order: { contact: { email: 'bea@example.com', givenName: 'Bea', familyName: 'Field' } },
    ends: completed,
    ledger: madeContact,
  },
  {
    name: 'starts-later',
    variant: transport,
    order: startsSoon,
    ends: completed,
    ledger: once,
  },
  {
    name: 'started-without-our-client',
    variant: transport,
    play: ({ startBare }) => startBare(),
    ends: completed,
    ledger: once,
  },
];

/** Orders that go well, by what is ordered. */
export const ordered: Scenario[] = [
  ...plain('rest'),
  ...plain('xml-rpc'),
  { name: 'placed', variant: 'xml-rpc', order: placed, ends: completed, ledger: onePaid },
  {
    name: 'charge-pending-at-first',
    variant: 'rest',
    order: { payment: charge },
    faults: [{ kind: 'pending', operation: 'orderPayments.create' }],
    play: async ({ start, sandbox }) => {
      const order = await start();
      await sandbox.whenWorked('orderPayments.create');
      await sandbox.whenWorked('orderPayments.list', 2);
      sandbox.controls.settleCharges({ orderId: keapSeed.counters.job, approved: true });
      return order;
    },
    ends: completed,
    ledger: once,
  },
];
