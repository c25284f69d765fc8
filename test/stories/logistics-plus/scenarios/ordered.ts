import { expect } from 'vitest';
import type { LogisticsPlusLedger } from '../../../../src/sandbox/index.js';
import type { Input } from '../../tested.js';
import { expectCanceled, expectShipped, theOne } from '../judge.js';
import { reaches, shows, tell, waits } from '../people.js';
import { completed, hint, type Scenario, scenario, shipped, startWaiting } from '../scenario.js';

/** Long enough that the order has to wait, short enough for a test. */
const SOON_MS = 1_500;

/** Long enough that the order is seen without shipments first, and within the minutes in which it is looked for. */
export const SHIPMENT_DELAY_MS = 90_000;

function shippedShort(ledger: LogisticsPlusLedger, input: Input): void {
  const { status, shipments } = theOne(ledger, input);
  expect(status).toBe('FIN');
  expect(shipments).toMatchObject([{ lines: [{ quantity: 1 }, { quantity: 1 }] }]);
}

function shippedInPart(ledger: LogisticsPlusLedger, input: Input): void {
  const { shipments } = theOne(ledger, input);
  expect(shipments.map(({ status }) => status).sort()).toEqual(['CAN', 'FIN']);
}

/** Orders that go their way, whatever the warehouse makes of them. */
export const ordered: Scenario[] = [
  scenario({
    name: 'happy',
    play: async (stage) => shipped(stage, await startWaiting(stage)),
    ends: { ...completed, amendments: 0, personInvolved: false },
    ledger: expectShipped(),
  }),
  scenario({
    name: 'shipped-short',
    play: async (stage) => {
      const order = await startWaiting(stage);
      const { reference } = stage.input;
      stage.sandbox.controls.pick({ reference });
      stage.sandbox.controls.finalize({ reference, lines: [{ line: '10', quantity: 1 }] });
      await hint(stage);
      return order;
    },
    ends: { ...completed, fulfillment: 'SHIPPED_WITH_DIFFERENCE' },
    ledger: shippedShort,
  }),
  scenario({
    name: 'canceled-in-part-by-the-warehouse',
    play: async (stage) => {
      const order = await startWaiting(stage);
      const { reference } = stage.input;
      const { controls } = stage.sandbox;
      const [parcel] = controls.split({ reference, lines: [{ line: '10', quantity: 1 }] });
      controls.cancel({ reference, shipmentId: parcel?.shipmentId });
      await tell({ ...stage, order }, shows('CAN'));
      return shipped(stage, order);
    },
    ends: { ...completed, fulfillment: 'PARTLY_CANCELED' },
    ledger: shippedInPart,
  }),
  scenario({
    name: 'canceled-by-the-warehouse',
    play: async (stage) => {
      const order = await startWaiting(stage);
      stage.sandbox.controls.cancel({ reference: stage.input.reference });
      await hint(stage);
      return order;
    },
    ends: { ...completed, fulfillment: 'CANCELED' },
    ledger: expectCanceled(),
  }),
  scenario({
    name: 'with-a-shipment-that-comes-later',
    account: { behaviour: { shipmentDelayMs: SHIPMENT_DELAY_MS } },
    play: async (stage) => {
      const order = await stage.start();
      await reaches(order, shows('no shipment yet'));
      await reaches(order, shows('ENT'));
      return shipped(stage, order);
    },
    ends: completed,
    ledger: expectShipped(),
  }),
  scenario({
    name: 'with-an-unknown-status',
    play: async (stage) => {
      const order = await startWaiting(stage);
      const { reference } = stage.input;
      stage.sandbox.controls.setShipmentStatus({ reference, status: 'QQQ' });
      await tell({ ...stage, order }, shows('unknown status QQQ'));
      stage.sandbox.controls.setShipmentStatus({ reference, status: 'ENT' });
      return shipped(stage, order);
    },
    ends: completed,
    ledger: expectShipped(),
  }),
  scenario({
    name: 'starts-later',
    order: () => ({ startAt: new Date(Date.now() + SOON_MS).toISOString() }),
    play: async (stage) => shipped(stage, await startWaiting(stage)),
    ends: completed,
    ledger: expectShipped(),
  }),
  scenario({
    name: 'started-without-our-client',
    play: async (stage) => {
      const order = await stage.startBare();
      await waits(order);
      return shipped(stage, order);
    },
    ends: completed,
    ledger: expectShipped(),
  }),
];
