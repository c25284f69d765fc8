import { expect } from 'vitest';
import type { KeapLedger } from '../../../../src/sandbox/index.js';
import { keapSeed } from '../../../../src/sandbox/index.js';
import type { Transport } from '../rig.js';
import { byHand, type Input, type Scenario, type Stage } from '../scenario.js';
import { once, onePaid, oneUnpaid } from './judges.js';
import { fieldsRefused } from './refused.js';

/** After this, in the sandbox's clock, a search shows what a person has made. */
const SEARCHABLE_MS = 1_000;

const wantedItems = [
  { product_id: '17', quantity: 2, price_per_unit: 24.95 },
  { item_type: 'SHIPPING', quantity: 1, price_per_unit: 5, name: 'Standard shipping' },
];
const otherItems = [{ product_id: '18', quantity: 1, price_per_unit: 9.9 }];

/** A person made an order under our reference. */
async function makeByHand(stage: Stage, items: readonly object[]): Promise<string> {
  const { input, sandbox } = stage;
  const { id } = await byHand(stage, '/orders', {
    contact_id: String(keapSeed.contact.id),
    order_title: `${input.reference} | by phone`,
    order_time: '2026-01-15T15:30:00Z',
    order_type: 'ONLINE',
    order_items: items,
  });
  sandbox.clock.advance(SEARCHABLE_MS);
  return String(id);
}

/** Holds an order at its first look: what is there under its reference has other content. */
export async function startHeld(stage: Stage) {
  const foreign = await makeByHand(stage, otherItems);
  const order = await stage.start();
  await stage.held(order);
  return { order, foreign };
}

function corrected(ledger: KeapLedger, input: Input): void {
  once(ledger, input);
  expect(ledger.orders[0]?.customFields._GiftMessage).toBe('Many thanks');
}

const overBoth = (transport: Transport): Scenario[] => [
  {
    name: 'held-and-retried',
    variant: transport,
    play: async (stage) => {
      const { order, foreign } = await startHeld(stage);
      stage.sandbox.controls.deleteOrder({ orderId: Number(foreign) });
      await stage.answer(order, 'retry');
      return order;
    },
    ends: { outcome: 'completed', left: [] },
    ledger: once,
  },
  {
    name: 'held-and-accepted',
    variant: transport,
    play: async (stage) => {
      const one = await makeByHand(stage, wantedItems);
      const other = await makeByHand(stage, wantedItems);
      const order = await stage.start();
      await stage.held(order);
      stage.sandbox.controls.deleteOrder({ orderId: Number(one) });
      await stage.answer(order, 'accept', { id: other });
      return order;
    },
    ends: { outcome: 'completed', left: [] },
    ledger: onePaid,
  },
  {
    name: 'held-and-abandoned',
    variant: transport,
    play: async (stage) => {
      const { order } = await startHeld(stage);
      await stage.answer(order, 'abandon');
      return order;
    },
    ends: { outcome: 'failed', failure: 'Conflict', left: [] },
    ledger: oneUnpaid,
  },
  {
    name: 'held-and-answered-wrongly',
    variant: transport,
    play: async (stage) => {
      const { order, foreign } = await startHeld(stage);
      await expect(order.resolve({ hold: 'hold-7', answer: 'retry' })).rejects.toThrow('hold-7 is not open');
      await expect(order.resolve({ hold: 'hold-1', answer: 'leave' })).rejects.toThrow('not "leave"');
      await expect(order.resolve({ hold: 'hold-1', answer: 'accept', id: foreign })).rejects.toThrow(
        `order ${foreign}`,
      );
      stage.sandbox.controls.deleteOrder({ orderId: Number(foreign) });
      await stage.answer(order, 'retry');
      return order;
    },
    ends: { outcome: 'completed', left: [] },
    ledger: once,
  },
];

/** Orders that wait for a person, and what the person says. */
export const held: Scenario[] = [
  ...overBoth('rest'),
  ...overBoth('xml-rpc'),
  {
    name: 'held-and-corrected',
    variant: 'xml-rpc',
    faults: [fieldsRefused],
    play: async ({ start, answer }) => {
      const order = await start();
      await answer(order, 'retry', { input: { customFields: { 'Gift Message': 'Many thanks' } } });
      return order;
    },
    ends: { outcome: 'completed', left: [] },
    ledger: corrected,
  },
];
