import { expect } from 'vitest';
import { cancelAt, canceledBeforeItsStart } from '../../every-story.js';
import type { CancelBy } from '../../scenario.js';
import { shows, tell, tellToTheEnd, waits } from '../../watching.js';
import { expectCanceled, expectNone, expectParts, expectShipped } from '../judge.js';
import { acknowledge, added, cancelByHand, request, shipAllTheSame, there } from '../people.js';
import { type FlxpointAccount, type LinesOrder, line } from '../rig.js';
import {
  acknowledged,
  canceledThere,
  completed,
  put,
  refusal,
  type Scenario,
  type Stage,
  scenario,
  shipped,
  startHeld,
  startWaiting,
  stopped,
} from '../scenario.js';

/** Nothing is requested yet, and somebody wants it stopped: a person is asked. */
async function askedToCancel(stage: Stage, by: CancelBy = 'update'): Promise<LinesOrder> {
  const order = await startWaiting(stage);
  await stage.askCancel(order, by);
  await stage.held(order);
  return order;
}

const tooLate = { ...completed, outcome: 'too-late', cancel: { verdict: 'too-late' } };

/** Asks for a cancel at each stage of an order's life. */
const inEveryPhase = (by: CancelBy): Scenario[] => [
  canceledBeforeItsStart<FlxpointAccount>('others-ship', by, expectNone),
  scenario({
    name: `canceled-by-${by}-before-its-line`,
    play: cancelAt('done', 'orders.get', by),
    ends: stopped,
    ledger: expectNone,
  }),
  scenario({
    name: `canceled-by-${by}-while-the-order-is-on-hold`,
    play: async (stage) => {
      put(stage, 'On Hold');
      const order = await stage.start();
      await tell({ ...stage, order }, shows('On Hold'));
      await stage.askCancel(order, by);
      return order;
    },
    ends: stopped,
    ledger: expectNone,
  }),
  scenario({
    name: `canceled-by-${by}-in-a-hold`,
    play: async (stage) => {
      put(stage, 'Failed');
      const order = await startHeld(stage);
      await stage.askCancel(order, by);
      return order;
    },
    ends: stopped,
    ledger: expectNone,
  }),
  scenario({
    name: `canceled-by-${by}-while-its-line-is-added`,
    play: async (stage) => canceledThere(stage, await cancelAt('done', 'orders.addItem', by)(stage)),
    ends: stopped,
    ledger: expectCanceled,
  }),
  scenario({
    name: `canceled-by-${by}-while-its-line-is-lost`,
    faults: [{ kind: 'reset-before', operation: 'orders.addItem' }],
    play: cancelAt('arrival', 'orders.addItem', by),
    ends: stopped,
    ledger: expectNone,
  }),
  scenario({
    name: `canceled-by-${by}-while-an-answer-is-lost`,
    faults: [{ kind: 'reset-after', operation: 'orders.addItem' }],
    play: async (stage) => canceledThere(stage, await cancelAt('done', 'orders.addItem', by)(stage)),
    ends: stopped,
    ledger: expectCanceled,
  }),
  scenario({
    name: `canceled-by-${by}-without-a-request`,
    play: async (stage) => canceledThere(stage, await askedToCancel(stage, by)),
    ends: stopped,
    ledger: expectCanceled,
  }),
  scenario({
    name: `canceled-by-${by}-and-shipped-all-the-same`,
    play: async (stage) => {
      const order = await askedToCancel(stage, by);
      shipAllTheSame(stage);
      await tellToTheEnd({ ...stage, order });
      return order;
    },
    ends: { ...tooLate, personInvolved: false },
    ledger: expectShipped(),
  }),
  scenario({
    name: `canceled-by-${by}-and-killed`,
    play: async (stage) => {
      const order = await startWaiting(stage);
      await acknowledged(stage, order);
      await stage.askCancel(order, by);
      return order;
    },
    ends: stopped,
    ledger: expectCanceled,
  }),
  scenario({
    name: `canceled-by-${by}-when-partly-shipped`,
    order: () => ({ lines: [line('TEA-1', 4, '9.90')] }),
    play: async (stage) => {
      const order = await startWaiting(stage);
      const made = await acknowledged(stage, order);
      stage.sandbox.controls.ship({ ...made, items: [{ orderItemId: added(stage)[0]?.id ?? 0, quantity: 1 }] });
      await tell({ ...stage, order }, shows('1 of 4 shipped'));
      await stage.askCancel(order, by);
      return order;
    },
    ends: { outcome: 'partly', lines: [{ ordered: 4, shipped: 1, canceled: 3 }], cancel: { verdict: 'partly' } },
    ledger: expectParts({ shipped: 1, canceled: 3 }),
  }),
  scenario({
    name: `canceled-by-${by}-when-shipped`,
    play: async (stage) => {
      const order = await startWaiting(stage);
      const made = await acknowledged(stage, order);
      stage.sandbox.controls.ship(made);
      // Nobody has told of it yet.
      await stage.askCancel(order, by);
      return order;
    },
    ends: { ...tooLate, personInvolved: false },
    ledger: expectShipped(),
  }),
];

/** What may be answered to the question whether a person cancels it. */
const answers: Scenario[] = [
  scenario({
    name: 'cancel-accepted',
    play: async (stage) => {
      const order = await askedToCancel(stage);
      await expect(order.resolve({ hold: 'hold-1', answer: 'accept' })).rejects.toThrow(/not canceled yet/);
      // A round that told the order first would settle the question.
      const round = stage.sandbox.hold({ operation: 'orders.list' });
      cancelByHand(stage);
      await stage.answer(order, 'accept');
      round.release();
      return order;
    },
    ends: stopped,
    ledger: expectCanceled,
  }),
  scenario({
    name: 'cancel-retried-when-requested',
    play: async (stage) => {
      const order = await askedToCancel(stage);
      put(stage, 'Open');
      request(stage);
      await stage.answer(order, 'retry');
      return order;
    },
    ends: stopped,
    ledger: expectCanceled,
  }),
  scenario({
    name: 'cancel-given-up',
    play: async (stage) => {
      const order = await askedToCancel(stage);
      await stage.answer(order, 'leave');
      await waits(order);
      return shipped(stage, order);
    },
    ends: { ...tooLate, personInvolved: true },
    ledger: expectShipped(),
  }),
];

/** How the lines are canceled where a source was asked to ship them. */
const killed: Scenario[] = [
  scenario({
    name: 'killed-in-its-components',
    order: () => ({ lines: [line('TEA-SET', 2, '54.00')] }),
    play: async (stage) => {
      const order = await startWaiting(stage);
      await acknowledged(stage, order);
      await stage.askCancel(order, 'update');
      return order;
    },
    ends: stopped,
    ledger: expectCanceled,
  }),
  scenario({
    name: 'killed-in-each-of-its-requests',
    order: () => ({ lines: [line('TEA-1', 4, '9.90')] }),
    play: async (stage) => {
      const order = await startWaiting(stage);
      const orderItemId = added(stage)[0]?.id ?? 0;
      for (const quantity of [1, 3]) request(stage, { items: [{ orderItemId, quantity }] });
      await stage.askCancel(order, 'update');
      return order;
    },
    ends: stopped,
    ledger: expectCanceled,
  }),
  scenario({
    name: 'requested-in-part-and-canceled-by-hand',
    order: () => ({ lines: [line('TEA-1', 4, '9.90')] }),
    play: async (stage) => {
      const order = await startWaiting(stage);
      request(stage, { items: [{ orderItemId: added(stage)[0]?.id ?? 0, quantity: 3 }] });
      await stage.askCancel(order, 'update');
      return canceledThere(stage, order);
    },
    ends: stopped,
    ledger: expectCanceled,
  }),
  ...(
    [
      ['sent-again', 'reset-before'],
      ['done', 'reset-after'],
    ] as const
  ).map(([how, kind]) =>
    scenario({
      name: `kill-lost-and-${how}`,
      faults: [{ kind, operation: 'fulfillmentRequests.adjust' }],
      play: async (stage) => {
        const order = await startWaiting(stage);
        await acknowledged(stage, order);
        await stage.askCancel(order, 'update');
        return order;
      },
      ends: stopped,
      ledger: expectCanceled,
    }),
  ),
  scenario({
    name: 'kill-refused-and-retried',
    faults: [refusal('fulfillmentRequests.adjust')],
    play: async (stage) => {
      const order = await startWaiting(stage);
      // Together with the line of the channel, so the request stays.
      acknowledge(stage, request(stage));
      await stage.askCancel(order, 'update');
      expect((await stage.held(order)).facts.join('; ')).toContain('Refused by the sandbox');
      await stage.answer(order, 'retry');
      return order;
    },
    ends: stopped,
    ledger: expectCanceled,
  }),
  scenario({
    name: 'kill-refused-and-given-up',
    faults: [refusal('fulfillmentRequests.adjust')],
    play: async (stage) => {
      const order = await startWaiting(stage);
      acknowledge(stage, request(stage));
      await stage.askCancel(order, 'update');
      await stage.answer(order, 'leave');
      await waits(order);
      return shipped(stage, order);
    },
    ends: { ...tooLate, personInvolved: true },
    ledger: expectShipped(),
  }),
  scenario({
    name: 'shipped-while-it-is-killed',
    play: async (stage) => {
      const order = await startWaiting(stage);
      const made = await acknowledged(stage, order);
      const place = stage.sandbox.hold({ operation: 'fulfillmentRequests.adjust', at: 'arrival' });
      const asked = stage.askCancel(order, 'update');
      await place.reached;
      stage.sandbox.controls.ship(made);
      place.release();
      await asked;
      return order;
    },
    ends: tooLate,
    ledger: expectShipped(),
  }),
  scenario({
    name: 'canceled-line-by-line',
    order: () => ({ lines: [line('TEA-1', 2, '9.90'), line('POT-2', 1, '39.00'), line('KETTLE-E', 1, '89.00')] }),
    play: async (stage) => {
      const order = await startWaiting(stage);
      const [tea, pot] = added(stage);
      const gone = request(stage, { items: [{ orderItemId: tea?.id ?? 0 }] });
      acknowledge(stage, gone);
      stage.sandbox.controls.ship(gone);
      acknowledge(stage, request(stage, { items: [{ orderItemId: pot?.id ?? 0 }] }));
      await tell({ ...stage, order }, shows('no fulfillment request'));
      await stage.askCancel(order, 'update');
      await stage.held(order);
      expect(there(stage).orderStatus).toBe('On Hold');
      return canceledThere(stage, order);
    },
    ends: {
      outcome: 'partly',
      lines: [{ shipped: 2 }, { canceled: 1 }, { canceled: 1 }],
      cancel: { verdict: 'partly' },
    },
    ledger: expectParts({ shipped: 2, canceled: 0 }, { shipped: 0, canceled: 1 }, { shipped: 0, canceled: 1 }),
  }),
];

/** Lines that somebody wants stopped, at every stage of their life, by our update and by Temporal's own cancel. */
export const canceled: Scenario[] = [...(['update', 'button'] as const).flatMap(inEveryPhase), ...answers, ...killed];
