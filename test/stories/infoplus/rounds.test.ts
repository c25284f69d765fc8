import { afterAll, beforeAll, expect, test } from 'vitest';
import { attributes } from '../../../src/workflows/contract.js';
import { timing } from '../../../src/workflows/timing.js';
import { openSites, type Site, type SiteOrder, type SiteRig } from './rig.js';

/** Short enough that an hour is over soon, long enough that a step of an order fits into its attempt. */
const PACE = 0.02;
const HOUR_MS = 60 * 60_000;
const ROUNDS = HOUR_MS / timing.round;

/** How many orders wait at each site. */
const FEW = 10;
const MANY = 100;

/** The orders are made, then three rounds pass, then those of an hour: two minutes when nothing else is to be done. */
const TIMEOUT_MS = 400_000;

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

type Asked = () => string[];

const requestsOf = ({ sandbox }: Site) => sandbox.ledger().requests;

/** In a round a site is asked once what has changed, however many orders wait there. */
const roundsIn = (asked: readonly string[]) => asked.filter((path) => path.includes('modifyDate gte')).length;

/** What a site is asked from here on, as often as it is looked. */
function asking(site: Site): () => string[] {
  const before = requestsOf(site).length;
  return () =>
    requestsOf(site)
      .slice(before)
      .map(({ path }) => decodeURIComponent(path));
}

/** Until both sites that can be asked have made so many rounds: a busy machine takes longer for them than a clock. */
const rounds = (few: Asked, many: Asked, count: number) =>
  expect
    .poll(() => Math.min(roundsIn(few()), roundsIn(many())), { timeout: TIMEOUT_MS, interval: 500 })
    .toBeGreaterThanOrEqual(count);

/** The first round reads all, and what was changed last is named once more: after these nothing is new. */
const SETTLED_AFTER = 3;

test(
  'many orders that wait need no more requests in an hour without changes than a few',
  async () => {
    await Promise.all([wait(sites.few, FEW), wait(sites.many, MANY), wait(sites.refused, MANY)]);
    await rounds(asking(sites.few), asking(sites.many), SETTLED_AFTER);
    const [few, many, refused] = [sites.few, sites.many, sites.refused].map(asking) as [Asked, Asked, Asked];
    await rounds(few, many, ROUNDS);
    // All that they are asked is what has changed.
    for (const asked of [few(), many()]) expect(asked.length).toBe(roundsIn(asked));
    // Where the question is refused, all are read: many in one question.
    const all = refused();
    expect(all.every((path) => path.includes('customerOrderNo in ('))).toBe(true);
    expect(all.length).toBeGreaterThan(0);
    expect(all.length).toBeLessThanOrEqual((ROUNDS + 1) * Math.ceil(MANY / 50));
  },
  TIMEOUT_MS,
);
