import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import type { LogisticsPlusLedger, LogisticsPlusLedgerOrder } from '../../../src/sandbox/index.js';
import { type Course, CROWD_LOOKS_EVERY_MS, testCrowd } from '../crowd.js';
import type { Input, Way } from '../tested.js';
import { amend } from './people.js';
import { ordersUnder, type WarehouseAccount } from './rig.js';
import { logisticsPlus } from './tested.js';

type Going = Way<WarehouseAccount>;

/** Shipments are finalized at any moment of this after they were picked, so that processes die on both sides of it. */
const PICKING_TAKES_MS = 5_000;

/** Each asks a worker that has enough to do. */
const ASK_EVERY_MS = 10 * CROWD_LOOKS_EVERY_MS;

const FIVE_MUGS = [{ externalLineReference: '10', productCode: 'MUG-B', quantity: 5 }];
const shortOfOne = { lines: [{ line: '10', quantity: 1 }, { line: '20' }] };

const shipping =
  (change: { readonly lines?: { line: string; quantity?: number }[] } = {}) =>
  async ({ account, sandbox, input: { reference } }: Going): Promise<void> => {
    sandbox.controls.pick({ reference });
    await account.hint(reference);
    await sleep(Math.random() * PICKING_TAKES_MS);
    sandbox.controls.finalize({ reference, ...change });
    await account.hint(reference);
  };

function theOne(ledger: LogisticsPlusLedger, { reference }: Input): LogisticsPlusLedgerOrder | undefined {
  const made = ordersUnder(ledger, reference);
  expect(made).toHaveLength(1);
  return made[0];
}

const ends =
  (fulfillment: string, more: object = {}): Course<WarehouseAccount>['ends'] =>
  (ledger, input) => ({ outcome: 'completed', fulfillment, orderId: theOne(ledger, input)?.id, ...more });

testCrowd(logisticsPlus, {
  variant: 'WAPI',
  there: ({ orders }) =>
    orders.filter(({ shipments }) => shipments.length > 0).map(({ primaryReference }) => primaryReference),
  courses: [
    { name: 'shipped', play: shipping(), ends: ends('SHIPPED') },
    { name: 'shipped short', play: shipping(shortOfOne), ends: ends('SHIPPED_WITH_DIFFERENCE') },
    {
      name: 'canceled by the warehouse',
      async play({ account, sandbox, order, input: { reference } }) {
        // One that is canceled before its order has seen it is a spent reference to it, and it fails: also right.
        while ((await order.status()).ids?.order === undefined) await sleep(ASK_EVERY_MS);
        sandbox.controls.cancel({ reference });
        await account.hint(reference);
      },
      ends: ends('CANCELED'),
    },
    {
      name: 'amended',
      async play(way) {
        await amend(way, { orderLines: FIVE_MUGS });
        await shipping()(way);
      },
      ends: ends('SHIPPED', { lines: [{ ordered: 5, shipped: 5 }] }),
    },
  ],
});
