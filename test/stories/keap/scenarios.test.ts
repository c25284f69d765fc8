import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { expectReplays } from '../expect-replays.js';
import { FreeShops } from './free-shops.js';
import { openRig, type Rig } from './rig.js';
import { play } from './scenario.js';
import { fullName, scenarios } from './scenarios.js';

/** As many scenarios of one transport as may run at a time. Without a cache the worker runs one task at a time. */
const SHOPS = 2;

/** One of each kind: all of them run when they are recorded. */
const withoutCache = [
  'happy-xml-rpc',
  'starts-later-rest',
  'line-lost-and-sent-again-xml-rpc',
  'refused-at-second-line-xml-rpc',
  'undo-refused-and-left-rest',
  'held-and-answered-wrongly-rest',
  'held-and-corrected-xml-rpc',
  'canceled-by-button-before-its-start-rest',
  'canceled-by-update-before-payment-rest',
  'canceled-by-update-after-payment-rest',
  'canceled-by-button-after-payment-xml-rpc',
  'found-half-made-xml-rpc',
];

let rig: Rig;
let shops: FreeShops;
beforeAll(async () => {
  const wanted = (['rest', 'xml-rpc'] as const).flatMap((transport) => Array(SHOPS).fill({ transport }));
  rig = await openRig(wanted, { maxCachedOrders: 0 });
  shops = new FreeShops(rig.shops);
});
afterAll(() => rig.close());

test('each scenario has a name of its own, fit for a file', () => {
  const names = scenarios.map(fullName);
  expect(new Set(names).size).toBe(names.length);
  expect(names.filter((name) => !/^[a-z0-9-]+$/.test(name))).toEqual([]);
  expect(names).toEqual(expect.arrayContaining(withoutCache));
});

// Every workflow task then replays its order from the beginning.
describe.concurrent('with the workflow cache off, and replayed', () => {
  const chosen = scenarios.filter((scenario) => withoutCache.includes(fullName(scenario)));
  test.each(chosen.map((scenario) => ({ name: fullName(scenario), scenario })))('$name', ({ scenario }) =>
    shops.lend(scenario.transport, async (shop) => {
      await expectReplays(rig.client, await play(scenario, rig, shop));
    }),
  );
});
