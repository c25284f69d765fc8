import { expect } from 'vitest';
import type { LogisticsPlusLedger } from '../../../../src/sandbox/index.js';
import { orderedPaths } from '../../paths/ordered.js';
import type { Input } from '../../tested.js';
import { expectShipped, theOne } from '../judge.js';
import { reaches, shows, tell } from '../people.js';
import { completed, hint, type Scenario, scenario, shipped, startWaiting, warehouse } from '../scenario.js';

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
  ...orderedPaths(warehouse),
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
];
