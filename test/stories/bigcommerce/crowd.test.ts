import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import type { BigcommerceLedger } from '../../../src/sandbox/index.js';
import { type Course, testCrowd } from '../crowd.js';
import { expectShipped } from './judge.js';
import { FIRST, type Going, pay, REST, send } from './people.js';
import { type BigcommerceAccount, orderIn, type ShopInput } from './rig.js';
import { bigcommerce } from './tested.js';

/** Parcels leave at any moment of this after the payment, so that processes die on both sides of it. */
const PACKING_TAKES_MS = 5_000;

const WRONG = '1ZWRONG';

/** Paid outside, and then these leave. */
const shipping =
  (...parcels: readonly Parameters<typeof send<'ship'>>[2][]) =>
  async (way: Going): Promise<void> => {
    await pay(way);
    for (const parcel of parcels) {
      await sleep((Math.random() * PACKING_TAKES_MS) / parcels.length);
      await send(way, 'ship', parcel);
    }
  };

const shipped =
  (...numbers: readonly string[]): Course<BigcommerceAccount>['ends'] =>
  (ledger, input) => {
    expectShipped(2, ...numbers)(ledger, input);
    return { outcome: 'completed', statusId: 2, orderId: String(orderIn(ledger, input).id), personInvolved: false };
  };

/** Each look is a message to its order, of which there are eighty. */
const LOOK_EVERY_MS = 10_000;

/** Others sell the same product meanwhile: whether the stock of one is back is then a person's to say. */
async function seeToStock({ order }: Going): Promise<void> {
  for (;;) {
    const { state, hold } = await order.status();
    if (state !== 'running') return;
    if (hold?.facts.some((fact) => fact.includes('it has not come back as expected, and moves')) === true) {
      // What is told of the order meanwhile ends the hold, and it asks anew.
      await order.resolve({ hold: hold.id, answer: 'done' }).catch(() => undefined);
    }
    await sleep(LOOK_EVERY_MS);
  }
}

/** It ends without goods; what all of them hold of the stock is not looked at for each. */
const cancelled =
  (end: object) =>
  (ledger: BigcommerceLedger, input: ShopInput): Record<string, unknown> => {
    expect(orderIn(ledger, input)).toMatchObject({ statusId: 5, shipments: [], holdsStock: false });
    return { ...end, left: [] };
  };

testCrowd(bigcommerce, {
  variant: 'store',
  there: ({ orders }) => orders.map(({ externalOrderId }) => externalOrderId),
  made: ({ orders }) => orders.filter(({ externalOrderId }) => externalOrderId.startsWith('K-')),
  courses: [
    { name: 'shipped', play: shipping(REST), ends: shipped('1ZREST') },
    { name: 'shipped in two parcels', play: shipping(FIRST, REST), ends: shipped('1ZFIRST', '1ZREST') },
    {
      name: 'shipped, and its number corrected',
      play: shipping(
        { ...FIRST, tracking_number: WRONG },
        { tracking_number: FIRST.tracking_number, corrects: WRONG },
        REST,
      ),
      // The mail of the first parcel has the number that was wrong.
      ends: (ledger, input) => {
        const { id, shipments } = orderIn(ledger, input);
        expect(shipments.map(({ trackingNumber }) => trackingNumber)).toEqual(['1ZFIRST', '1ZREST']);
        const mails = ledger.mails.filter(({ kind, orderId }) => kind === 'shipment' && orderId === id);
        expect(mails.map(({ trackingNumber }) => trackingNumber)).toEqual([WRONG, '1ZREST']);
        return { outcome: 'completed', statusId: 2, orderId: String(id), personInvolved: false };
      },
    },
    {
      name: 'cancelled by us',
      async play(way) {
        await way.order.cancel();
        await seeToStock(way);
      },
      ends: cancelled({ outcome: 'canceled', cancel: { verdict: 'stopped' } }),
    },
    {
      name: 'cancelled in the store',
      async play(way) {
        const { account, sandbox, input, order } = way;
        // Cancelled before its order has seen it, it would be somebody else's to it.
        while ((await order.status()).ids?.order === undefined) await sleep(PACKING_TAKES_MS);
        sandbox.controls.cancel({ orderId: orderIn(sandbox.ledger(), input).id });
        await account.hint(input.reference);
        await seeToStock(way);
      },
      ends: cancelled({ outcome: 'failed', failure: 'Conflict' }),
    },
  ],
});
