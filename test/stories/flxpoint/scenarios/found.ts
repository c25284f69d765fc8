import { expect } from 'vitest';
import type { FlxpointLedger } from '../../../../src/sandbox/index.js';
import { rejected } from '../../every-story.js';
import { shows, tell, waits } from '../../watching.js';
import { expectNone, expectParts, expectShipped } from '../judge.js';
import { added, cancelByHand, request, there } from '../people.js';
import { addedIn, type FlxpointAccount, type LinesInput, line, orderIn, taggedAs } from '../rig.js';
import {
  answerLeft,
  completed,
  failed,
  leftThere,
  type Scenario,
  type Stage,
  scenario,
  shipped,
  startAgain,
  startWaiting,
} from '../scenario.js';

const addressed = {
  firstName: 'Ines',
  lastName: 'Moore',
  addressLine1: '4 Quay Street',
  city: 'Savannah',
  stateCode: 'GA',
  postal: '31401',
  countryCode: 'US',
};

/** It was sent once, whatever was started since. */
function sentOnce(ledger: FlxpointLedger, input: LinesInput): void {
  expectShipped()(ledger, input);
  expect(ledger.requests.filter(({ operation }) => operation === 'orders.addItem')).toHaveLength(input.lines.length);
}

/** What a later start finds by its tags. */
const again: Scenario[] = [
  scenario({
    name: 'found-by-its-tag',
    play: async (stage) => {
      const order = await startAgain(stage, await startWaiting(stage));
      await waits(order);
      return shipped(stage, order);
    },
    ends: { ...completed, personInvolved: false },
    ledger: sentOnce,
  }),
  scenario({
    name: 'found-with-masked-addresses',
    order: () => ({ lines: [{ ...line('KETTLE-E', 2, '89.00'), shippingAddress: addressed }] }),
    play: async (stage) => {
      const order = await startWaiting(stage);
      stage.sandbox.controls.redactAddresses({ orderId: Number(stage.input.reference) });
      const next = await startAgain(stage, order);
      await waits(next);
      return shipped(stage, next);
    },
    ends: completed,
    ledger: sentOnce,
  }),
  scenario({
    name: 'found-shipped',
    play: async (stage) => {
      await stage.ended(await shipped(stage, await startWaiting(stage)));
      return stage.startBare();
    },
    ends: { ...completed, personInvolved: false },
    ledger: sentOnce,
  }),
  scenario({
    name: 'found-with-one-line-missing',
    order: () => ({ lines: [line('TEA-1', 1, '9.90'), line('TEA-1', 1, '9.90')] }),
    play: async (stage) => {
      const place = stage.sandbox.hold({ operation: 'orders.addItem', nth: 2, at: 'arrival' });
      stage.sandbox.faults.add({ kind: 'reset-before', operation: 'orders.addItem', nth: 2 });
      const order = await stage.start();
      await place.reached;
      const next = await startAgain(stage, order);
      place.release();
      await waits(next);
      return shipped(stage, next);
    },
    ends: { outcome: 'completed', lines: [{ shipped: 1 }, { shipped: 1 }] },
    ledger: expectShipped(),
  }),
  scenario({
    name: 'found-on-an-order-on-hold',
    play: async (stage) => {
      const order = await startWaiting(stage);
      const orderId = Number(stage.input.reference);
      stage.sandbox.controls.setOrderStatus({ orderId, orderStatus: 'On Hold' });
      const next = await startAgain(stage, order);
      await tell({ ...stage, order: next }, shows('no fulfillment request'));
      stage.sandbox.controls.setOrderStatus({ orderId, orderStatus: 'Open' });
      return shipped(stage, next);
    },
    ends: completed,
    ledger: sentOnce,
  }),
  scenario({
    name: 'found-changed-and-retried',
    play: async (stage) => {
      const order = await startWaiting(stage);
      const orderItemId = added(stage)[0]?.id ?? 0;
      stage.sandbox.controls.editLine({ orderItemId, quantity: 5 });
      const next = await startAgain(stage, order);
      expect((await stage.held(next)).question).toContain('differs in quantity');
      stage.sandbox.controls.editLine({ orderItemId, quantity: 2 });
      await stage.answer(next, 'retry');
      await waits(next);
      return shipped(stage, next);
    },
    ends: { ...completed, personInvolved: true },
    ledger: sentOnce,
  }),
  scenario({
    name: 'found-changed-and-abandoned',
    play: async (stage) => {
      const order = await startWaiting(stage);
      stage.sandbox.controls.editLine({ orderItemId: added(stage)[0]?.id ?? 0, quantity: 5 });
      const next = await startAgain(stage, order);
      await stage.answer(next, 'abandon');
      return next;
    },
    ends: failed('Conflict'),
    // What was made of it is not ours to take back.
    ledger: (ledger, input) => {
      expect(addedIn(orderIn(ledger, input))).toMatchObject([{ quantity: 5, canceledQuantity: 0 }]);
    },
  }),
  scenario({
    name: 'found-canceled',
    play: async (stage) => {
      const order = await startWaiting(stage);
      cancelByHand(stage);
      return startAgain(stage, order);
    },
    ends: failed('Conflict'),
    ledger: expectParts({ shipped: 0, canceled: 2 }),
  }),
];

/** Adds a line by hand, like the one that is wanted. */
const addAlike = ({ sandbox, input }: Stage): number =>
  sandbox.controls.addLineByHand({ orderId: Number(input.reference), sku: 'KETTLE-E', quantity: 2, price: 89 });

/** While the line is under way and its answer is lost, somebody adds one like it. */
async function startBesideOne(stage: Stage, at: 'arrival' | 'done') {
  const place = stage.sandbox.hold({ operation: 'orders.addItem', at });
  const order = await stage.start();
  await place.reached;
  const theirs = addAlike(stage);
  place.release();
  return { order, theirs };
}

const NEVER_WORKED = { kind: 'reset-before', operation: 'orders.addItem' } as const;
const WORKED = { kind: 'reset-after', operation: 'orders.addItem' } as const;

/** Of the lines that somebody added, and of ours. */
const itemsOf = (ledger: FlxpointLedger, input: LinesInput) =>
  orderIn(ledger, input).items.filter(({ addedBy }) => addedBy !== 'channel');

/** Lines that somebody else adds alike are not ours. */
const alike: Scenario[] = [
  scenario({
    name: 'alike-by-hand-while-it-waits',
    play: async (stage) => {
      const order = await startWaiting(stage);
      const theirs = addAlike(stage);
      const ours = request(stage, { items: added(stage).map(({ id }) => ({ orderItemId: id })) });
      stage.sandbox.controls.process(ours);
      await tell({ ...stage, order }, shows('processed'));
      // Theirs is another matter.
      stage.sandbox.controls.cancelLine({ orderItemId: theirs });
      return shipped(stage, order);
    },
    ends: { ...completed, personInvolved: false },
    ledger: expectShipped(),
  }),
  scenario({
    name: 'alike-by-hand-and-ours-never-worked',
    faults: [NEVER_WORKED],
    play: async (stage) => {
      const { order, theirs } = await startBesideOne(stage, 'arrival');
      expect((await stage.held(order)).question).toContain('was not added by a call');
      stage.sandbox.controls.cancelLine({ orderItemId: theirs });
      await stage.answer(order, 'retry');
      await waits(order);
      return shipped(stage, order);
    },
    ends: { ...completed, personInvolved: true },
    ledger: expectShipped(),
  }),
  scenario({
    name: 'alike-by-hand-and-accepted',
    faults: [NEVER_WORKED],
    play: async (stage) => {
      const { order, theirs } = await startBesideOne(stage, 'arrival');
      await stage.answer(order, 'accept', { id: String(theirs) });
      await waits(order);
      return shipped(stage, order);
    },
    ends: { ...completed, personInvolved: true },
    ledger: (ledger, input) => {
      expectNone(ledger);
      const [item, ...more] = itemsOf(ledger, input);
      expect(more).toEqual([]);
      expect(item).toMatchObject({ addedBy: 'person', shippedQuantity: 2 });
      expect(taggedAs(orderIn(ledger, input), input.lines[0]?.reference ?? '')).toEqual([item?.id]);
    },
  }),
  scenario({
    name: 'alike-by-hand-and-abandoned',
    faults: [NEVER_WORKED],
    play: async (stage) => {
      const { order } = await startBesideOne(stage, 'arrival');
      await stage.answer(order, 'abandon');
      // It may be ours for all that Flxpoint shows, so it is told.
      await answerLeft(order, 'leave');
      return order;
    },
    ends: leftThere('Conflict'),
    // What a person added is not ours to take back.
    ledger: (ledger, input) => {
      expectNone(ledger);
      expect(itemsOf(ledger, input)).toMatchObject([{ addedBy: 'person', canceledQuantity: 0 }]);
    },
  }),
  scenario({
    name: 'alike-by-hand-beside-ours-and-told-apart',
    faults: [WORKED],
    play: async (stage) => {
      const { order, theirs } = await startBesideOne(stage, 'done');
      expect((await stage.held(order)).question).toContain('may all be line');
      await expect(order.resolve({ hold: 'hold-1', answer: 'accept', id: '1' })).rejects.toThrow('does not show it');
      await stage.answer(order, 'accept', { id: String(added(stage)[0]?.id) });
      await waits(order);
      stage.sandbox.controls.cancelLine({ orderItemId: theirs });
      return shipped(stage, order);
    },
    ends: { ...completed, personInvolved: true },
    ledger: sentOnce,
  }),
  scenario({
    name: 'answered-wrongly',
    faults: [NEVER_WORKED],
    play: async (stage) => {
      const { order, theirs } = await startBesideOne(stage, 'arrival');
      await stage.held(order);
      await expect(order.resolve({ hold: 'hold-7', answer: 'retry' })).rejects.toThrow('hold-7 is not open');
      await expect(order.resolve({ hold: 'hold-1', answer: 'leave' })).rejects.toThrow('not "leave"');
      const channels = there(stage).items.find(({ addedBy }) => addedBy === 'channel');
      const wrong = { hold: 'hold-1', answer: 'accept', id: String(channels?.id) } as const;
      await expect(order.resolve(wrong)).rejects.toThrow('differs in product');
      stage.sandbox.controls.cancelLine({ orderItemId: theirs });
      await stage.answer(order, 'retry');
      await waits(order);
      return shipped(stage, order);
    },
    ends: { ...completed, personInvolved: true },
    ledger: expectShipped(),
  }),
];

const changedMeanwhile: Scenario[] = [
  scenario({
    name: 'lost-and-canceled-at-once',
    faults: [WORKED],
    play: async (stage) => {
      const place = stage.sandbox.hold({ operation: 'orders.addItem', at: 'done' });
      const order = await stage.start();
      await place.reached;
      cancelByHand(stage);
      place.release();
      return order;
    },
    ends: failed('Conflict'),
    ledger: (ledger, input) => {
      expect(addedIn(orderIn(ledger, input))).toMatchObject([{ quantity: 2, canceledQuantity: 2 }]);
      expect(orderIn(ledger, input).tags).toEqual([]);
    },
  }),
  scenario({
    name: 'lost-and-changed-at-once',
    faults: [WORKED],
    play: async (stage) => {
      const place = stage.sandbox.hold({ operation: 'orders.addItem', at: 'done' });
      const order = stage.start();
      await place.reached;
      const orderItemId = added(stage)[0]?.id ?? 0;
      stage.sandbox.controls.editLine({ orderItemId, price: 1 });
      place.release();
      expect((await stage.held(await order)).question).toContain(String(orderItemId));
      stage.sandbox.controls.editLine({ orderItemId, price: 89 });
      await stage.answer(await order, 'retry');
      await waits(await order);
      return shipped(stage, await order);
    },
    ends: { ...completed, personInvolved: true },
    ledger: sentOnce,
  }),
];

const notBegun = rejected<FlxpointAccount>('others-ship', { lines: [] }, expectNone);

/** What stands on the order already, or comes to stand there, and runs that must not begin. */
export const found: Scenario[] = [...again, ...alike, ...changedMeanwhile, ...notBegun];
