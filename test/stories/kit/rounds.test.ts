import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runningOrders } from '../../../src/activities/open-orders.js';
import type { Changes } from '../../../src/activities/platform.js';
import { afterRound, goOn, type Position } from '../../../src/activities/rounds.js';
import { openShop, PACE, type ShopRig } from './shop.js';

const connection = `shop/${randomUUID().slice(0, 8)}`;
let rig: ShopRig;
beforeAll(async () => {
  rig = await openShop(connection);
  rig.shop.settled = false;
});
afterAll(() => rig.close());

/** An order that waits, as its reference and its handle. */
async function waiting(reference: string) {
  const { order, handle } = await rig.start({ reference }, 'shopWait');
  while ((await order.status()).phase !== 'waiting') await pause(50);
  return { reference, order, handle };
}

/** Until Temporal lists so many. */
async function listed(count: number): Promise<void> {
  for (;;) {
    const all: string[] = [];
    for await (const { reference } of runningOrders(rig.client, connection)) all.push(reference);
    if (all.length === count) return;
    await pause(50);
  }
}

test('orders that wait are told what a round has read; one that begins later is found when it is named', async () => {
  const first = [await waiting('Shop-A'), await waiting('Shop-B'), await waiting('Shop-C')];
  await listed(3);
  const asked: string[] = [];
  const named: string[] = [];
  const news = new Map<string, number>();
  const changes: Changes = {
    hintOf: (reference) => reference,
    look: async () => [],
    batch: {
      size: 2,
      look: async (hints) => {
        asked.push(hints.join(' '));
        return hints.map((reference) => {
          return { story: 'shopWait', reference, state: { settled: false, news: news.get(reference) ?? 0 } };
        });
      },
    },
    feed: async (cursor = '0') => {
      asked.push(`feed from ${cursor}`);
      return { hints: named.splice(0), cursor: String(Number(cursor) + 1), more: false };
    },
  };
  const work = { client: rig.client, connection, changes, pace: PACE, log: { info: () => {}, warn: () => {} } };
  const round = async (from: Position): Promise<Position> => {
    let at = from;
    for await (at of goOn(work, at));
    return afterRound(at, Date.now());
  };

  news.set('Shop-B', 1);
  const at = await round({ from: Date.now() });
  expect(asked).toEqual(['feed from 0', 'Shop-C Shop-B', 'Shop-A']);
  const shows = async ({ order }: (typeof first)[number], text: string) => {
    while (!(await order.status()).waitingFor?.includes(text)) await pause(50);
  };
  await shows(first[1] as (typeof first)[number], 'news 1');

  const later = await waiting('Shop-D');
  await listed(4);
  asked.length = 0;
  news.set('Shop-D', 2);
  named.push('SHOP-D', 'somebody-else');
  await round(at);
  expect(asked).toEqual(['feed from 1', 'Shop-D']);
  await shows(later, 'news 2');
  for (const { handle } of [...first, later]) await handle.terminate();
});
