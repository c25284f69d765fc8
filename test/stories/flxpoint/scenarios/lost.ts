import { expect } from 'vitest';
import { answered } from '../../every-story.js';
import { waits } from '../../watching.js';
import { expectNone, expectShipped } from '../judge.js';
import { acknowledge, added, cancelByHand, request } from '../people.js';
import { addedIn, line, orderIn } from '../rig.js';
import { completed, failed, type Scenario, scenario, shipped, startHeld, startWaiting, toldHeld } from '../scenario.js';

/** It may be sent again once. */
const EVERY_SEND = 2;
const LOST_FOR_GOOD = { kind: 'reset-before', operation: 'orders.addItem', times: EVERY_SEND } as const;

/** Long after anybody looks for it. */
const LATER_THAN_ANY_LOOK_MS = 24 * 60 * 60_000;

/** Answers that were lost, with and without the work behind them. */
export const lost: Scenario[] = [
  scenario({
    name: 'line-lost-and-adopted',
    faults: [{ kind: 'reset-after', operation: 'orders.addItem' }],
    play: async (stage) => shipped(stage, await startWaiting(stage)),
    ends: completed,
    ledger: expectShipped(),
  }),
  scenario({
    name: 'line-lost-and-sent-again',
    faults: [{ kind: 'reset-before', operation: 'orders.addItem' }],
    play: async (stage) => shipped(stage, await startWaiting(stage)),
    ends: completed,
    ledger: expectShipped(),
  }),
  scenario({
    name: 'line-answered-unreadably',
    faults: [{ kind: 'malformed', operation: 'orders.addItem' }],
    play: async (stage) => shipped(stage, await startWaiting(stage)),
    ends: completed,
    ledger: expectShipped(),
  }),
  scenario({
    name: 'line-lost-where-lists-lag',
    account: { behaviour: { searchLagMs: 60_000 } },
    faults: [{ kind: 'reset-after', operation: 'orders.addItem' }],
    play: async (stage) => shipped(stage, await startWaiting(stage)),
    ends: completed,
    ledger: expectShipped(),
  }),
  scenario({
    name: 'line-late-and-doubled-before-it-waits',
    faults: [{ kind: 'late-before', operation: 'orders.addItem', ms: LATER_THAN_ANY_LOOK_MS }],
    play: async (stage) => {
      const order = await stage.start();
      await stage.sandbox.whenWorked('orders.addItem');
      stage.sandbox.clock.advance(LATER_THAN_ANY_LOOK_MS);
      expect((await stage.held(order)).question).toContain('may all be line');
      const [, double] = added(stage);
      stage.sandbox.controls.cancelLine({ orderItemId: double?.id ?? 0, quantity: 2 });
      await stage.answer(order, 'retry');
      return shipped(stage, order);
    },
    ends: { ...completed, personInvolved: true },
    ledger: (ledger, input) => {
      const items = addedIn(orderIn(ledger, input));
      expect(items).toMatchObject([{ shippedQuantity: 2 }, { shippedQuantity: 0, canceledQuantity: 2 }]);
    },
  }),
  scenario({
    name: 'line-late-and-doubled',
    faults: [{ kind: 'late-before', operation: 'orders.addItem', ms: LATER_THAN_ANY_LOOK_MS }],
    play: async (stage) => {
      const order = await startWaiting(stage);
      const orderItemId = added(stage)[0]?.id ?? 0;
      stage.sandbox.clock.advance(LATER_THAN_ANY_LOOK_MS);
      await stage.sandbox.whenWorked('orders.addItem', 2);
      const made = request(stage, { items: [{ orderItemId }] });
      acknowledge(stage, made);
      stage.sandbox.controls.ship(made);
      await toldHeld(stage, order);
      expect((await stage.held(order)).question).toContain('may all be line');
      cancelByHand(stage);
      await stage.answer(order, 'retry');
      return order;
    },
    ends: completed,
    ledger: (ledger, input) => {
      const items = addedIn(orderIn(ledger, input));
      expect(items).toMatchObject([{ shippedQuantity: 2 }, { shippedQuantity: 0, canceledQuantity: 2 }]);
    },
  }),
  scenario({
    name: 'second-line-alike-lost',
    order: () => ({ lines: [line('MUG-B', 1, '24.95'), line('MUG-B', 1, '24.95')] }),
    faults: [{ kind: 'reset-before', operation: 'orders.addItem', nth: 2 }],
    play: async (stage) => shipped(stage, await startWaiting(stage)),
    ends: { outcome: 'completed', lines: [{ shipped: 1 }, { shipped: 1 }] },
    ledger: expectShipped(),
  }),
  scenario({
    name: 'second-line-alike-lost-and-adopted',
    order: () => ({ lines: [line('MUG-B', 1, '24.95'), line('MUG-B', 1, '24.95')] }),
    faults: [{ kind: 'reset-after', operation: 'orders.addItem', nth: 2 }],
    play: async (stage) => shipped(stage, await startWaiting(stage)),
    ends: { outcome: 'completed', lines: [{ shipped: 1 }, { shipped: 1 }] },
    ledger: expectShipped(),
  }),
  ...(['reset-before', 'reset-after'] as const).map((kind) =>
    scenario({
      name: `tag-lost-${kind === 'reset-before' ? 'before' : 'after'}-the-work`,
      faults: [{ kind, operation: 'orders.setTags' }],
      play: async (stage) => shipped(stage, await startWaiting(stage)),
      ends: completed,
      ledger: expectShipped(),
    }),
  ),
  scenario({
    name: 'line-lost-for-good-and-added-by-hand',
    faults: [LOST_FOR_GOOD],
    play: async (stage) => {
      const order = await startHeld(stage);
      const orderId = Number(stage.input.reference);
      const id = stage.sandbox.controls.addLineByHand({ orderId, sku: 'KETTLE-E', quantity: 2, price: 89 });
      await stage.answer(order, 'accept', { id: String(id) });
      await waits(order);
      return shipped(stage, order);
    },
    ends: { ...completed, personInvolved: true },
    ledger: (ledger, input) => {
      expect(addedIn(orderIn(ledger, input))).toEqual([]);
      const byHand = orderIn(ledger, input).items.filter(({ addedBy }) => addedBy === 'person');
      expect(byHand).toMatchObject([{ quantity: 2, shippedQuantity: 2 }]);
    },
  }),
  scenario({
    name: 'line-lost-for-good-and-retried',
    faults: [LOST_FOR_GOOD],
    play: async (stage) => {
      const order = await stage.start();
      await stage.answer(order, 'retry');
      return shipped(stage, order);
    },
    ends: { ...completed, personInvolved: true },
    ledger: expectShipped(),
  }),
  scenario({
    name: 'line-lost-for-good-and-abandoned',
    faults: [LOST_FOR_GOOD],
    play: answered('abandon'),
    ends: failed('OutcomeUnknown'),
    ledger: expectNone,
  }),
];
