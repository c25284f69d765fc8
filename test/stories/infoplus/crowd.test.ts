import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import type { InfoplusLedger, InfoplusLedgerOrder } from '../../../src/sandbox/index.js';
import { type Course, testCrowd } from '../crowd.js';
import type { Input } from '../tested.js';
import { amend, type Going } from './people.js';
import { ordersUnder, type SiteAccount } from './rig.js';
import { infoplus } from './tested.js';

/** Parcels leave at any moment of this after their order was processed, so that processes die on both sides of it. */
const PACKING_TAKES_MS = 5_000;

const FIVE_MUGS = [{ sku: 'MUG-B', orderedQty: 5 }];
const inTwoParcels = { parcels: [{ lines: [{ sku: 'KETTLE-E', quantity: 1 }] }, {}] };

const shipping =
  (change: { readonly parcels?: { lines?: { sku: string; quantity: number }[] }[] } = {}) =>
  async ({ account, sandbox, input: { reference } }: Going): Promise<void> => {
    sandbox.controls.process({ reference });
    await account.hint(reference);
    await sleep(Math.random() * PACKING_TAKES_MS);
    sandbox.controls.ship({ reference, ...change });
    await account.hint(reference);
  };

function theOne(ledger: InfoplusLedger, { reference }: Input): InfoplusLedgerOrder | undefined {
  const made = ordersUnder(ledger, reference);
  expect(made).toHaveLength(1);
  // All begin together, and one of them makes the customer of all.
  expect(ledger.customers.filter(({ customerNo }) => customerNo === made[0]?.customerNo)).toHaveLength(1);
  return made[0];
}

const ends =
  (fulfillment: string, more: object = {}): Course<SiteAccount>['ends'] =>
  (ledger, input) => ({ outcome: 'completed', fulfillment, orderNo: theOne(ledger, input)?.orderNo, ...more });

testCrowd(infoplus, {
  variant: 'v3.0',
  // Each takes nine steps where one of Logistics Plus takes four, and all of them wait for one customer.
  orders: 80,
  // What is Pending, nobody can process.
  there: ({ orders }) =>
    orders.filter(({ status }) => status === 'On Order').map(({ customerOrderNo }) => customerOrderNo ?? ''),
  courses: [
    { name: 'shipped', play: shipping(), ends: ends('SHIPPED') },
    {
      name: 'shipped in two parcels',
      play: shipping(inTwoParcels),
      ends: (ledger, input) => {
        const { orderNo } = theOne(ledger, input) ?? {};
        return { ...ends('SHIPPED')(ledger, input), parcels: [{ orderNo }, { orderNo }] };
      },
    },
    {
      name: 'canceled by the warehouse',
      async play({ account, sandbox, input: { reference } }) {
        sandbox.controls.cancel({ reference });
        await account.hint(reference);
      },
      ends: ends('CANCELED'),
    },
    {
      name: 'amended',
      async play(way) {
        await amend(way, { lineItems: FIVE_MUGS });
        await shipping()(way);
      },
      ends: ends('SHIPPED', { lines: [{ ordered: 5, shipped: 5 }] }),
    },
  ],
});
