import { expect } from 'vitest';
import type { LogisticsPlusLedger } from '../../../../src/sandbox/index.js';
import { rejected } from '../../every-story.js';
import { expectCanceled, expectNone, expectShipped } from '../judge.js';
import { waits } from '../people.js';
import { plainOrder, type WarehouseAccount, type WarehouseOrder } from '../rig.js';
import {
  cancelByHand,
  canceledThere,
  completed,
  expectStatuses,
  failed,
  hint,
  makeByHand,
  type Scenario,
  type Stage,
  scenario,
  shipped,
  shippedBesideIt,
  showNow,
  startWaiting,
} from '../scenario.js';

/** What a person wrote who made the order by phone. */
const BY_PHONE = 'by phone';

/** Holds an order at its first look: what is there under its reference has another note. */
export async function startHeld(stage: Stage): Promise<{ readonly order: WarehouseOrder; readonly other: string }> {
  const other = await makeByHand(stage, { note: BY_PHONE });
  const order = await stage.start();
  await stage.held(order);
  return { order, other };
}

/** Answered, so it waits for the warehouse. */
const goesOn = async (stage: Stage, order: WarehouseOrder): Promise<WarehouseOrder> => {
  await waits(order);
  return shipped(stage, order);
};

/** Holds an order that waits: somebody made another one under its reference. */
export async function startDoubled(stage: Stage): Promise<{ readonly order: WarehouseOrder; readonly double: string }> {
  const order = await startWaiting(stage);
  const double = await makeByHand(stage);
  await hint(stage);
  const { facts, choices } = await stage.held(order);
  expect(facts[1]).toBe(`others: ${double}`);
  expect(choices).toEqual(['retry', 'abandon']);
  return { order, double };
}

/** What was found finished was not written again. */
function createdOnce(ledger: LogisticsPlusLedger, input: Stage['input']): void {
  expectShipped()(ledger, input);
  expect(ledger.requests.filter(({ kind }) => kind === 'write').map(({ operation }) => operation)).toEqual([
    'orders.create',
  ]);
}

/** What a first look finds under the reference. */
const first: Scenario[] = [
  scenario({
    name: 'found-finished',
    play: async (stage) => {
      await stage.ended(await shipped(stage, await startWaiting(stage)));
      return stage.startBare();
    },
    ends: completed,
    ledger: createdOnce,
  }),
  scenario({
    name: 'found-same',
    play: async (stage) => {
      await makeByHand(stage);
      return shipped(stage, await startWaiting(stage));
    },
    ends: { ...completed, requestIds: [] },
    ledger: expectShipped(),
  }),
  scenario({
    name: 'found-same-beside-a-canceled-one',
    play: async (stage) => {
      cancelByHand(stage, await makeByHand(stage));
      await makeByHand(stage);
      return shippedBesideIt(stage, await stage.start());
    },
    ends: completed,
    ledger: expectStatuses('CAN', 'FIN'),
  }),
  scenario({
    name: 'found-dead',
    play: async (stage) => {
      const order = await startWaiting(stage);
      stage.sandbox.controls.cancel({ reference: stage.input.reference });
      await hint(stage);
      await stage.ended(order);
      return stage.startBare();
    },
    ends: failed('Conflict'),
    ledger: expectCanceled(),
  }),
];

const held: Scenario[] = [
  scenario({
    name: 'held-and-retried',
    play: async (stage) => {
      const { order, other } = await startHeld(stage);
      stage.sandbox.controls.editOrder({ orderId: other, note: String(stage.input.note) });
      showNow(stage);
      await stage.answer(order, 'retry');
      return goesOn(stage, order);
    },
    ends: { ...completed, personInvolved: true },
    ledger: expectShipped(),
  }),
  scenario({
    name: 'held-and-corrected',
    play: async (stage) => {
      const { order } = await startHeld(stage);
      await stage.answer(order, 'retry', { input: { note: BY_PHONE } });
      return goesOn(stage, order);
    },
    ends: { ...completed, personInvolved: true },
    ledger: expectShipped({ ...plainOrder(), note: BY_PHONE }),
  }),
  scenario({
    name: 'held-and-accepted',
    play: async (stage) => {
      const one = await makeByHand(stage);
      const other = await makeByHand(stage);
      const order = await stage.start();
      await stage.held(order);
      cancelByHand(stage, one);
      await stage.answer(order, 'accept', { id: other });
      return shippedBesideIt(stage, order);
    },
    ends: { ...completed, personInvolved: true },
    ledger: expectStatuses('CAN', 'FIN'),
  }),
  scenario({
    name: 'held-and-abandoned',
    play: async (stage) => {
      const { order } = await startHeld(stage);
      await stage.answer(order, 'abandon');
      return order;
    },
    ends: failed('Conflict'),
    // What a person made under the reference is not ours to take back.
    ledger: expectStatuses('PRS'),
  }),
  scenario({
    name: 'held-and-answered-wrongly',
    play: async (stage) => {
      const { order, other } = await startHeld(stage);
      await expect(order.resolve({ hold: 'hold-7', answer: 'retry' })).rejects.toThrow('hold-7 is not open');
      await expect(order.resolve({ hold: 'hold-1', answer: 'leave' })).rejects.toThrow('not "leave"');
      await expect(order.resolve({ hold: 'hold-1', answer: 'accept', id: other })).rejects.toThrow(`order ${other}`);
      await stage.answer(order, 'abandon');
      return order;
    },
    ends: failed('Conflict'),
    ledger: expectStatuses('PRS'),
  }),
];

const doubled: Scenario[] = [
  scenario({
    name: 'double-held-and-settled',
    play: async (stage) => {
      const { order, double } = await startDoubled(stage);
      cancelByHand(stage, double);
      await hint(stage);
      stage.settled();
      return shippedBesideIt(stage, order);
    },
    ends: completed,
    ledger: expectStatuses('CAN', 'FIN'),
  }),
  scenario({
    name: 'double-held-and-retried',
    play: async (stage) => {
      const { order, double } = await startDoubled(stage);
      await stage.answer(order, 'retry');
      // It is still there.
      await stage.held(order);
      cancelByHand(stage, double);
      await hint(stage);
      stage.settled();
      return shippedBesideIt(stage, order);
    },
    ends: { ...completed, personInvolved: true },
    ledger: expectStatuses('CAN', 'FIN'),
  }),
  scenario({
    name: 'double-held-and-abandoned',
    play: async (stage) => {
      const { order } = await startDoubled(stage);
      await stage.answer(order, 'abandon');
      return canceledThere(stage, order);
    },
    ends: failed('Conflict'),
    ledger: expectStatuses('CAN', 'CAN'),
  }),
];

const notBegun = rejected<WarehouseAccount>('WAPI', { warehouseCode: 7, colour: 'blue' }, expectNone);

/** What stands under the reference already, or comes to stand there, and runs that must not begin. */
export const found: Scenario[] = [...first, ...held, ...doubled, ...notBegun];
