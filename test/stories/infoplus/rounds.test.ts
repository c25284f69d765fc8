import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { attributes } from '../../../src/workflows/contract.js';
import { paced, timing } from '../../../src/workflows/timing.js';
import { openSites, type Site, type SiteOrder, type SiteRig } from './rig.js';

/** Short enough that an hour is over soon, long enough that a step of an order fits into its attempt. */
const PACE = 0.02;
const HOUR_MS = 60 * 60_000;
const ROUNDS = HOUR_MS / timing.round;

/** How many orders wait at each site. */
const FEW = 10;
const MANY = 100;

/** The orders are made, then two rounds pass, then an hour: a minute and a quarter. */
const TIMEOUT_MS = 240_000;

let rig: SiteRig;
let sites: Readonly<Record<'few' | 'many' | 'refused', Site>>;
beforeAll(async () => {
  const options = { searchLagMs: 0, pendingMs: 0 };
  rig = await openSites([{ options }, { options }, { options: { ...options, modifyDateFilter: false } }], {
    pace: PACE,
  });
  const [few, many, refused] = rig.sites;
  if (!few || !many || !refused) throw new Error('too few sites');
  sites = { few, many, refused };
});
afterAll(async () => {
  await rig.close();
});

/** Ten at a time: the server starts more than a hundred a second, but every order makes requests. */
async function wait(site: Site, count: number): Promise<SiteOrder[]> {
  const orders: SiteOrder[] = [];
  while (orders.length < count) {
    const some = Array.from({ length: Math.min(10, count - orders.length) }, () => {
      const { customerNo, customFields, tags, ...order } = site.order();
      return site.start(order);
    });
    orders.push(...(await Promise.all(some)));
  }
  const query = `${attributes.connection.name} = "${site.connection}" AND ${attributes.phase.name} = "waiting"`;
  await expect.poll(async () => (await rig.client.workflow.count(query)).count, { timeout: TIMEOUT_MS }).toBe(count);
  return orders;
}

const requestsOf = ({ sandbox }: Site) => sandbox.ledger().requests;

/** Requests that look at orders in rounds: what has changed, and orders by their references. */
async function inAnHour(site: Site): Promise<string[]> {
  const before = requestsOf(site).length;
  await pause(paced(HOUR_MS, PACE));
  return requestsOf(site)
    .slice(before)
    .map(({ path }) => decodeURIComponent(path));
}

/** The first round reads all, and what was changed last is named once more: two rounds later nothing is new. */
const settled = () => pause(paced(2.5 * timing.round, PACE));

test(
  'many orders that wait need no more requests in an hour without changes than a few',
  async () => {
    await Promise.all([wait(sites.few, FEW), wait(sites.many, MANY), wait(sites.refused, MANY)]);
    await settled();
    const [few, many, refused] = await Promise.all([sites.few, sites.many, sites.refused].map(inAnHour));
    const rounds = (asked: readonly string[] = []) => asked.filter((path) => path.includes('modifyDate gte')).length;
    for (const asked of [few, many]) {
      // One question a round; rounds are a tenth longer or shorter than they should be.
      expect(rounds(asked)).toBeGreaterThanOrEqual(ROUNDS - 1);
      expect(rounds(asked)).toBeLessThanOrEqual(ROUNDS + 1);
      expect(asked?.length).toBe(rounds(asked));
    }
    // Where the question is refused, all are read: many in one question.
    expect(refused?.every((path) => path.includes('customerOrderNo in ('))).toBe(true);
    expect(refused?.length).toBeLessThanOrEqual((ROUNDS + 1) * Math.ceil(MANY / 50));
    expect(refused?.length).toBeGreaterThan(0);
  },
  TIMEOUT_MS,
);
