import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { FreeShops } from './free-shops.js';
import { openRig, type Rig } from './rig.js';
import { play } from './scenario.js';
import { fullName, scenarios } from './scenarios.js';

/** As many scenarios of one transport as may run at a time; most of them wait most of the time. */
const SHOPS = 4;

let rig: Rig;
let shops: FreeShops;
beforeAll(async () => {
  const wanted = (['rest', 'xml-rpc'] as const).flatMap((transport) => Array(SHOPS).fill({ transport }));
  // Every workflow task then replays its order from the beginning.
  rig = await openRig(wanted);
  shops = new FreeShops(rig.shops);
});
afterAll(() => rig.close());

test('each scenario has a name of its own', () => {
  const names = scenarios.map(fullName);
  expect(new Set(names).size).toBe(names.length);
  expect(names).not.toContainEqual(expect.stringMatching(/[^a-z0-9-]/));
});

describe.concurrent('with the workflow cache off', () => {
  test.each(scenarios.map((scenario) => ({ name: fullName(scenario), scenario })))('$name', ({ scenario }) =>
    shops.lend(scenario.transport, async (shop) => {
      await play(scenario, rig, shop);
    }),
  );
});
