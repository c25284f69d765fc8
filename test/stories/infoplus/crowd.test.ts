import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import type { InfoplusLedger, InfoplusLedgerOrder } from '../../../src/sandbox/index.js';
import { type Course, testCrowd } from '../crowd.js';
import type { Input, Way } from '../tested.js';
import { amend } from './people.js';
import { ordersUnder, type SiteAccount } from './rig.js';
import { infoplus } from './tested.js';

type Going = Way<SiteAccount>;

/** Orders are shipped at any moment of this after they were processed, so that processes die on both sides of it. */
const PACKING_TAKES_MS = 5_000;

const FIVE_MUGS = [{ sku: 'MUG-B', orderedQty: 5 }];

/** The mugs and the kettle apart. */
const TWO_PARCELS = [{ lines: [{ sku: 'MUG-B', quantity: 2 }] }, { lines: [{ sku: 'KETTLE-E', quantity: 1 }] }];

const shipping =
  (parcels?: typeof TWO_PARCELS) =>
  async ({ account, sandbox, input: { reference } }: Going): Promise<void> => {
    sandbox.controls.process({ reference });
    await account.hint(reference);
    await sleep(Math.random() * PACKING_TAKES_MS);
    sandbox.controls.ship({ reference, ...(parcels && { parcels }) });
    await account.hint(reference);
  };

/** The one order under the reference, whatever became of it. */
function theOne(ledger: InfoplusLedger, { reference }: Input): InfoplusLedgerOrder | undefined {
  const made = ordersUnder(ledger, reference);
  expect(made).toHaveLength(1);
  return made[0];
}

const ends =
  (fulfillment: string, more: object = {}): Course<SiteAccount>['ends'] =>
  (ledger, input) => ({ outcome: 'completed', fulfillment, orderNo: theOne(ledger, input)?.orderNo, ...more });

testCrowd(infoplus, {
  variant: 'v3.0',
  there: ({ orders }) =>
    orders.filter(({ status }) => status !== 'Pending').map(({ customerOrderNo }) => String(customerOrderNo)),
  courses: [
    { name: 'shipped', play: shipping(), ends: ends('SHIPPED', { parcels: [{}] }) },
    { name: 'shipped in two parcels', play: shipping(TWO_PARCELS), ends: ends('SHIPPED', { parcels: [{}, {}] }) },
    {
      name: 'amended',
      async play(way) {
        await amend(way, { lineItems: FIVE_MUGS });
        await shipping()(way);
      },
      ends: ends('SHIPPED', { lines: [{ ordered: 5, shipped: 5 }] }),
    },
    {
      // Some of them before the run that made them knows it: the answer to the request died with its process.
      name: 'cancelled at the warehouse',
      async play({ account, sandbox, input: { reference } }) {
        sandbox.controls.cancel({ reference });
        await account.hint(reference);
      },
      ends: ends('CANCELED'),
    },
    {
      name: 'cancelled by us',
      play: async ({ order }) => void (await order.cancel()),
      ends: (ledger, input) => {
        expect(theOne(ledger, input)).toMatchObject({ status: 'On Order', deletedAt: expect.any(Number) });
        return { outcome: 'canceled', left: [], cancel: { verdict: 'stopped' } };
      },
    },
  ],
});
