import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { looksIn, ownEvents, skipDays } from '../skip-time.js';
import { tellToTheEnd, waits } from '../watching.js';
import { added, type Going, shipAll } from './people.js';
import { type FlxpointAccount, type FlxpointRig, openFlxpoints } from './rig.js';

async function start(account: FlxpointAccount): Promise<Going> {
  const input = account.order();
  return { account, sandbox: account.sandbox, input, order: await account.start(input) };
}

test('sixty days until a source ships cost six looks and at most a hundred events', async () => {
  // Real waiting times: the days are skipped, not shortened.
  const slow = await openFlxpoints([{}], { pace: 1 });
  try {
    const way = await start(slow.accounts[0] as FlxpointAccount);
    await waits(way.order);
    const handle = slow.client.workflow.getHandle(way.order.workflowId);
    const before = (await ownEvents(handle)).length;
    await skipDays(slow.client, handle, 60, (ms) => way.sandbox.clock.advance(ms));
    shipAll(way);
    await tellToTheEnd(way);
    expect(await way.order.result()).toMatchObject({ outcome: 'completed', lines: [{ shipped: 2 }] });
    const events = await ownEvents(handle);
    expect(events.length - before).toBeLessThanOrEqual(100);
    // Before it adds, when it begins to wait, and six audits.
    expect(looksIn(events)).toBe(2 + 6);
  } finally {
    await slow.close();
  }
});

describe('without a webhook', () => {
  let rig: FlxpointRig;
  beforeAll(async () => {
    rig = await openFlxpoints([
      { options: { updatedFilters: 'and' } },
      { options: { updatedFilters: 'or' } },
      { options: { searchLagMs: 60_000 } },
    ]);
  });
  afterAll(() => rig.close());

  test.concurrent.each([
    ['the filters are taken together', 0],
    ['any of the filters counts', 1],
    ['lists lag by a minute', 2],
  ])(
    'what has changed is found by a round where %s',
    async (_, which) => {
      const way = await start(rig.accounts[which] as FlxpointAccount);
      await waits(way.order);
      shipAll(way);
      expect(await way.order.result()).toMatchObject({ outcome: 'completed', lines: [{ shipped: 2 }] });
      expect(added(way)).toHaveLength(1);
    },
    200_000,
  );
});

/** A round every eighteen seconds. */
const ROUNDS_PACE = 0.02;

/** Longer than the overlap of two questions, in the sandbox's clock. */
const PAST_THE_OVERLAP_MS = 5 * 60_000;

test('a round without changes costs the same for ten and for two hundred orders that wait', {
  timeout: 240_000,
}, async () => {
  const rig = await openFlxpoints([{}, {}], { pace: ROUNDS_PACE });
  try {
    const [few, many] = rig.accounts as [FlxpointAccount, FlxpointAccount];
    const orders = await Promise.all([10, 200].map((n, i) => startMany(i === 0 ? few : many, n)));
    await pause(PAST_THE_OVERLAP_MS * ROUNDS_PACE);
    // Something else changes, so that what is asked from now on begins after the orders' own lines.
    for (const { sandbox } of [few, many]) sandbox.controls.seedOrder();
    const [ofFew, ofMany] = await Promise.all([quietRound(few), quietRound(many)]);
    expect(ofMany).toEqual(ofFew);
    // A page with the newest change and an empty one behind it, then two filters that show nothing.
    expect(ofFew).toBe(4);
    await Promise.all(orders.flat().map(({ order }) => rig.client.workflow.getHandle(order.workflowId).terminate()));
  } finally {
    await rig.close();
  }
});

async function startMany(account: FlxpointAccount, count: number): Promise<Going[]> {
  const ways = await Promise.all(Array.from({ length: count }, () => start(account)));
  for (const { order } of ways) await waits(order);
  return ways;
}

const LOOK_EVERY_MS = 250;

/** Waits for two rounds in a row in which nothing but the lists was asked for, and counts the requests of the second. */
async function quietRound({ sandbox }: FlxpointAccount): Promise<number> {
  for (;;) {
    const { requests } = sandbox.ledger();
    const begins = requests.flatMap(({ path }, i) =>
      path.includes('orderUpdatedAt=') && path.includes('page=1') ? [i] : [],
    );
    const rounds = begins.slice(1).map((end, i) => requests.slice(begins[i], end));
    const quiet = rounds.map((round) => round.every(({ operation }) => operation === 'orders.list'));
    const last = rounds.at(-1);
    if (last !== undefined && quiet.at(-1) === true && quiet.at(-2) === true) return last.length;
    await pause(LOOK_EVERY_MS);
  }
}
