import { expect } from 'vitest';
import type { InfoplusLedger } from '../../../../src/sandbox/index.js';
import type { Input } from '../../tested.js';
import { expectShipped } from '../judge.js';
import { tellToTheEnd } from '../people.js';
import {
  completed,
  expectStatuses,
  type Scenario,
  scenario,
  shipped,
  startProcessed,
  startWaiting,
} from '../scenario.js';

/** Between the first look for tracking numbers and the second, five minutes later. */
const SHIPMENTS_LATE_MS = 2 * 60_000;

/** The shipments were searched for again. */
function searchedAgain(ledger: InfoplusLedger, input: Input): void {
  expectShipped()(ledger, input);
  expect(ledger.requests.filter(({ operation }) => operation === 'shipment.search').length).toBeGreaterThan(1);
}

/** Parcels that are shown late, not at all, or do not count. */
export const tracked: Scenario[] = [
  scenario({
    name: 'tracking-shown-later',
    account: { behaviour: { shipmentLagMs: SHIPMENTS_LATE_MS } },
    play: async (stage) => shipped(stage, await startWaiting(stage)),
    ends: { ...completed, parcels: [{ trackingNo: expect.any(String) }], withoutTracking: [] },
    ledger: searchedAgain,
  }),
  scenario({
    name: 'voided-parcel',
    play: async (stage) => {
      const order = await startProcessed(stage);
      const { controls } = stage.sandbox;
      const { reference } = stage.input;
      controls.ship({
        reference,
        parcels: [{ trackingNo: 'VOID-1', lines: [{ sku: 'KETTLE-E', quantity: 1 }] }, { trackingNo: 'GOOD-1' }],
      });
      controls.voidShipment({ trackingNo: 'VOID-1' });
      await tellToTheEnd({ ...stage, order });
      return order;
    },
    ends: { ...completed, parcels: [{ trackingNo: 'GOOD-1' }], trackingNos: ['GOOD-1'] },
    ledger: expectStatuses('Shipped'),
  }),
];
