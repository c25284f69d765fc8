import { expect } from 'vitest';
import { RefusedError } from '../../../../src/client.js';
import { amendment, shippedAsAmended, shippedUnchanged } from '../amendment.js';
import { expectShipped } from '../judge.js';
import { amend, reaches, waits } from '../people.js';
import type { WarehouseOrder } from '../rig.js';
import {
  canceledThere,
  completed,
  expectStatuses,
  failed,
  refusal,
  type Scenario,
  type Stage,
  scenario,
  shipped,
  startWaiting,
} from '../scenario.js';
import { SHIPMENT_DELAY_MS } from './ordered.js';

/** Shipments follow the order long after anybody looks for it. */
const FOLLOWS_MS = 24 * 60 * 60_000;
const SLOW_TO_FOLLOW = { behaviour: { shipmentFollowsMs: FOLLOWS_MS } };

const amendedOnce = { ...completed, amendments: 1 };

/** Asks for the amendment, and has the order shipped. */
const amendAndShip = async (stage: Stage): Promise<WarehouseOrder> => {
  const order = await startWaiting(stage);
  await amend({ ...stage, order }, amendment);
  return shipped(stage, order);
};

/** An amendment that is refused, with these words: at once, or told when it is decided. */
async function refusedWith(stage: Stage, order: WarehouseOrder, change: object, words: RegExp): Promise<void> {
  try {
    expect(await order.send('amend', { ...stage.input, ...change })).toMatchObject({ verdict: 'pending' });
  } catch (error) {
    if (!(error instanceof RefusedError)) throw error;
    expect(error.message).toMatch(words);
    return;
  }
  await reaches(order, ({ happenings }) => happenings.some(({ text }) => text.startsWith('amend refused: ')));
  const { happenings } = await order.status();
  expect(happenings.map(({ text }) => text)).toContainEqual(expect.stringMatching(words));
}

/** Asks for an amendment whose shipments do not follow, until a person is asked. */
async function startUnshown(stage: Stage): Promise<WarehouseOrder> {
  const order = await startWaiting(stage);
  expect(await order.send('amend', { ...stage.input, ...amendment })).toMatchObject({ verdict: 'pending' });
  const { choices, facts } = await stage.held(order);
  expect(choices).toEqual(['retry', 'abandon']);
  expect(facts.join('; ')).toContain('the shipments do not show it yet');
  return order;
}

/** Orders that are to be otherwise while they wait, and what the warehouse makes of it. */
export const amended: Scenario[] = [
  scenario({ name: 'amended', play: amendAndShip, ends: amendedOnce, ledger: shippedAsAmended }),
  scenario({
    name: 'amended-twice-alike',
    play: async (stage) => {
      const order = await startWaiting(stage);
      await amend({ ...stage, order }, amendment);
      await amend({ ...stage, order }, amendment);
      return shipped(stage, order);
    },
    ends: amendedOnce,
    ledger: shippedAsAmended,
  }),
  scenario({
    name: 'amended-before-its-shipment',
    account: { behaviour: { shipmentDelayMs: SHIPMENT_DELAY_MS } },
    play: async (stage) => {
      const order = await stage.start();
      await reaches(order, ({ ids }) => ids?.order !== undefined);
      await amend({ ...stage, order }, amendment);
      await waits(order);
      return shipped(stage, order);
    },
    ends: amendedOnce,
    ledger: shippedAsAmended,
  }),
  scenario({
    name: 'amendment-lost',
    faults: [{ kind: 'reset-after', operation: 'orders.update' }],
    play: amendAndShip,
    ends: amendedOnce,
    ledger: shippedAsAmended,
  }),
  scenario({
    name: 'amendment-answered-unreadably',
    faults: [{ kind: 'malformed', operation: 'orders.update' }],
    play: amendAndShip,
    ends: amendedOnce,
    ledger: shippedAsAmended,
  }),
  scenario({
    name: 'amendment-too-late',
    play: async (stage) => {
      const order = await startWaiting(stage);
      const { reference } = stage.input;
      stage.sandbox.controls.pick({ reference });
      await refusedWith(stage, order, amendment, /too late: shipment \w+ is PIC/);
      stage.sandbox.controls.finalize({ reference });
      await stage.account.hint(reference);
      return order;
    },
    ends: { ...completed, amendments: 0 },
    ledger: shippedUnchanged,
  }),
  scenario({
    name: 'amendment-overtaken-by-the-warehouse',
    play: async (stage) => {
      const order = await startWaiting(stage);
      const { reference } = stage.input;
      const place = stage.sandbox.hold({ operation: 'orders.update' });
      const refused = refusedWith(stage, order, amendment, /too late: shipment \w+ is PIC/);
      await place.reached;
      stage.sandbox.controls.pick({ reference });
      place.release();
      await refused;
      stage.sandbox.controls.finalize({ reference });
      await stage.account.hint(reference);
      return order;
    },
    ends: { ...completed, amendments: 0 },
    ledger: shippedUnchanged,
  }),
  scenario({
    name: 'amendment-refused',
    faults: [refusal('orders.update')],
    play: async (stage) => {
      const order = await startWaiting(stage);
      await refusedWith(stage, order, amendment, /Refused by the sandbox/);
      return shipped(stage, order);
    },
    ends: { ...completed, amendments: 0 },
    ledger: shippedUnchanged,
  }),
  scenario({
    name: 'amendment-that-cannot-be',
    play: async (stage) => {
      const order = await startWaiting(stage);
      await refusedWith(stage, order, {}, /changes nothing/);
      await refusedWith(stage, order, { warehouseCode: 'CLW' }, /warehouseCode/);
      return shipped(stage, order);
    },
    ends: { ...completed, amendments: 0 },
    ledger: shippedUnchanged,
  }),
  scenario({
    name: 'amendment-not-shown-and-retried',
    account: SLOW_TO_FOLLOW,
    play: async (stage) => {
      const order = await startUnshown(stage);
      stage.sandbox.clock.advance(FOLLOWS_MS);
      await stage.answer(order, 'retry');
      await waits(order);
      return shipped(stage, order);
    },
    ends: { ...amendedOnce, personInvolved: true },
    ledger: expectShipped(amendment),
  }),
  scenario({
    name: 'amendment-not-shown-and-abandoned',
    account: SLOW_TO_FOLLOW,
    play: async (stage) => {
      const order = await startUnshown(stage);
      await stage.answer(order, 'abandon');
      return canceledThere(stage, order);
    },
    ends: failed('Conflict'),
    ledger: expectStatuses('CAN'),
  }),
];
