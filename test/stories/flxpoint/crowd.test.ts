import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import type { FlxpointLedger, FlxpointLedgerOrderItem } from '../../../src/sandbox/index.js';
import { type Course, CROWD_LOOKS_EVERY_MS, testCrowd } from '../crowd.js';
import { acknowledge, added, cancelByHand, type Going, request } from './people.js';
import { addedIn, type FlxpointAccount, type LinesInput, orderIn } from './rig.js';
import { flxpoint } from './tested.js';

/** Shipments are posted at any moment of this after they were asked for, so that processes die on both sides of it. */
const PACKING_TAKES_MS = 5_000;

/** Each asks a worker that has enough to do. */
const ASK_EVERY_MS = 10 * CROWD_LOOKS_EVERY_MS;

/** The line goes to its source, so much of it. */
function toItsSource(way: Going, quantity: number): { fulfillmentRequestId: number } {
  const made = request(way, { items: added(way).map(({ id }) => ({ orderItemId: id, quantity })) });
  acknowledge(way, made);
  return made;
}

/** The source packs what it was asked for, and posts it. */
async function leaves(way: Going, made: { fulfillmentRequestId: number }): Promise<void> {
  await way.account.hint(way.input.reference);
  await sleep(Math.random() * PACKING_TAKES_MS);
  way.sandbox.controls.ship(made);
  await way.account.hint(way.input.reference);
}

/** The line is there once, and tagged. */
function theOne(ledger: FlxpointLedger, input: LinesInput): FlxpointLedgerOrderItem | undefined {
  const items = addedIn(orderIn(ledger, input));
  expect(items).toHaveLength(1);
  return items[0];
}

const ends =
  (shipped: number, canceled: number): Course<FlxpointAccount>['ends'] =>
  (ledger, input) => {
    const item = theOne(ledger, input);
    expect(item).toMatchObject({ shippedQuantity: shipped, canceledQuantity: canceled });
    expect(orderIn(ledger, input).tags).toEqual([`${input.lines[0]?.reference}:${item?.id}`]);
    return { outcome: 'completed', lines: [{ orderItemId: String(item?.id), shipped, canceled }] };
  };

testCrowd(flxpoint, {
  variant: 'others-ship',
  there: ({ orders }) => orders.filter((order) => addedIn(order).length > 0).map(({ id }) => String(id)),
  made: ({ orders }) => orders.flatMap(addedIn),
  courses: [
    { name: 'shipped', play: async (way) => leaves(way, toItsSource(way, 2)), ends: ends(2, 0) },
    {
      name: 'shipped by two sources',
      async play(way) {
        const both = [toItsSource(way, 1), toItsSource(way, 1)];
        await Promise.all(both.map((made) => leaves(way, made)));
      },
      ends: ends(2, 0),
    },
    {
      name: 'canceled by people at Flxpoint',
      async play(way) {
        // One that is canceled before its order has seen it is a spent reference to it, and it fails: also right.
        const [line] = way.input.lines;
        while ((await way.order.status()).ids?.[`line ${line?.reference}`] === undefined) await sleep(ASK_EVERY_MS);
        cancelByHand(way);
        await way.account.hint(way.input.reference);
      },
      ends: ends(0, 2),
    },
    {
      name: 'canceled by us',
      async play(way) {
        toItsSource(way, 2);
        await way.order.cancel();
      },
      ends: (ledger, input) => {
        expect(theOne(ledger, input)).toMatchObject({ shippedQuantity: 0, canceledQuantity: 2 });
        expect(orderIn(ledger, input).tags).toEqual([]);
        return { outcome: 'canceled', left: [], cancel: { verdict: 'stopped' } };
      },
    },
  ],
});
