import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, type TestContext, test } from 'vitest';
import { BY_THE_MINUTE, goesOn, openServing, type Player, type Serving, sentSince, until } from './serving-rig.js';

/** What the promise leaves for the other process to go on with a connection, in milliseconds. */
const AFTER_A_CRASH = 15_000;
const AFTER_AN_ORDERLY_STOP = 2_000;

/** A machine that others load too may slow one hand-over, or two; a hand-over that waits for a lease is slow each time. */
const HAND_OVERS = 3;

/** Requests that had left before the 429 was there may arrive this long after it, in milliseconds. */
const ON_THEIR_WAY = 250;

/** Two processes that share an account with a key (used by two connections) and one with OAuth, with more to do than they may. */
async function openShared(context: TestContext) {
  const rig = await openServing(context, { oauth: true });
  const one = await rig.play();
  await Promise.all([rig.pile(rig.rest, 10), rig.pile(rig.xml, 8), rig.pile(rig.oauth, 15)]);
  const names = [rig.rest, rig.xml, rig.oauth];
  await goesOn(one, names, 0);
  const other = await rig.play();
  await Promise.all([rig.busy('key'), rig.busy('oauth')]);
  return { rig, one, other, names };
}

/** In milliseconds, until each account went on; which of its two connections is first is for the limit to say. */
async function slowest(rig: Serving, player: Player, since: number): Promise<number> {
  const [rest = 0, xml = 0, oauth = 0] = await goesOn(player, [rig.rest, rig.xml, rig.oauth], since);
  return Math.max(Math.min(rest, xml), oauth);
}

/**
 * One process is told to stop, and the other goes on in time.
 *
 * @param meanwhile what happens as it stops
 * @returns how many hand-overs it took to see one in time
 */
async function expectHandOver(
  rig: Serving,
  owner: Player,
  next: Player,
  meanwhile: (stop: () => void) => Promise<void> = async (stop) => stop(),
): Promise<number> {
  for (let handOver = 1; ; handOver++) {
    let stopped = 0;
    await meanwhile(() => {
      stopped = performance.now();
      owner.signal('SIGTERM');
    });
    const took = await slowest(rig, next, stopped);
    expect(await owner.exited).toEqual({ code: 0, signal: null });
    if (took < AFTER_AN_ORDERLY_STOP) return handOver;
    if (handOver === HAND_OVERS) expect(took).toBeLessThan(AFTER_AN_ORDERLY_STOP);
    owner = next;
    await Promise.all([rig.pile(rig.rest, 5), rig.pile(rig.xml, 4), rig.pile(rig.oauth, 8)]);
    next = await rig.play();
    await Promise.all([rig.busy('key'), rig.busy('oauth')]);
  }
}

/** Nothing was sent too often: no request above a limit, every renewal of the token was needed, and granted. */
function expectGoodCitizens(rig: Serving, refreshes: number): void {
  const { throttleBreaches, tokenRequests, requests } = rig.sandbox.ledger();
  expect(throttleBreaches).toEqual([]);
  expect(requests.filter(({ status }) => status === 429)).toEqual([]);
  expect(tokenRequests.map(({ granted }) => granted)).toEqual(Array(refreshes).fill(true));
}

describe.concurrent('a connection', () => {
  test('goes on as its workflow starts a new history, 15 s after a SIGKILL of its process, 2 s after a SIGTERM', async (context) => {
    const { rig, one, other } = await openShared(context);
    await rig.renew(rig.rest);
    await rig.busy('key');
    const killed = performance.now();
    one.signal('SIGKILL');
    await one.exited;
    rig.sandbox.controls.expireAccessTokens();
    expect(await slowest(rig, other, killed)).toBeLessThan(AFTER_A_CRASH);

    const third = await rig.play();
    await Promise.all([rig.busy('key'), rig.busy('oauth')]);
    const renewals = await expectHandOver(rig, other, third, async (stop) => {
      // The token is being renewed while the process is told to stop.
      const renewal = rig.sandbox.hold({ operation: 'token', at: 'done' });
      rig.sandbox.controls.expireAccessTokens();
      await renewal.reached;
      stop();
      await pause(300);
      renewal.release();
    });

    await Promise.all([rig.busy('key'), rig.busy('oauth')]);
    expectGoodCitizens(rig, 1 + renewals);
  }, 120_000);

  test('goes on 15 s after its process froze, and the thawed one sends nothing until it is its turn', async (context) => {
    const { rig, one, other, names } = await openShared(context);
    const frozen = performance.now();
    one.signal('SIGSTOP');
    rig.sandbox.controls.expireAccessTokens();
    expect(await slowest(rig, other, frozen)).toBeLessThan(AFTER_A_CRASH);

    await pause(30_000 - (performance.now() - frozen));
    const thawed = performance.now();
    one.signal('SIGCONT');
    await until('the other process still serves', 10_000, () =>
      names.every((name) => sentSince(other, name, thawed).length >= 8),
    );
    for (const name of names) expect(sentSince(one, name, thawed)).toEqual([]);

    await expectHandOver(rig, other, one);
    expectGoodCitizens(rig, 1);
  }, 120_000);

  test('whose account was answered 429 is left alone until the time is up, whoever serves it by then', async (context) => {
    const rig = await openServing(context);
    const [first, second] = [await rig.play(), await rig.play()];
    await Promise.all([rig.pile(rig.rest, 8), rig.pile(rig.xml, 8)]);
    const server = (await rig.serverOf([first, second])) ?? first;
    const other = server === first ? second : first;

    await expectSilence(rig, 3, async () => undefined);
    await expectSilence(rig, 6, async () => server.signal('SIGTERM'));
    expect(await server.exited).toEqual({ code: 0, signal: null });
    const third = await rig.play();
    await rig.busy('key');
    await expectSilence(rig, 12, async () => {
      await rig.beaten(rig.rest, 'pausedUntil');
      other.signal('SIGKILL');
    });
    await goesOn(third, [rig.rest, rig.xml], 0);
    expect(rig.sandbox.ledger().throttleBreaches).toEqual([]);
  }, 90_000);

  test('whose limit is used up at a hand-over is not asked for more', async (context) => {
    const rig = await openServing(context, { byTheMinute: true });
    const [first, second] = [await rig.play(), await rig.play()];
    await rig.pile(rig.rest, 10);
    const server = await rig.serverOf([first, second]);
    await until('the limit is used up', 20_000, () => rig.requests('key').length >= BY_THE_MINUTE.limit);
    server?.signal('SIGTERM');
    const refused = () => rig.sandbox.ledger().throttleBreaches.length > 0;
    await until(
      'the next minute is used up',
      40_000,
      () => refused() || rig.requests('key').length >= 2 * BY_THE_MINUTE.limit,
    );
    expectGoodCitizens(rig, 0);
  }, 90_000);

  test('control: one that asks too often is seen', async (context) => {
    const rig = await openServing(context);
    await rig.play({ twiceTheLimit: true });
    await rig.pile(rig.rest, 12);
    await until('the sandbox refuses', 30_000, () => rig.sandbox.ledger().throttleBreaches.length > 0);
  }, 60_000);
});

/** Lets one request be answered 429 for so many seconds; what happens then must not make anybody ask earlier. */
async function expectSilence(rig: Serving, seconds: number, happens: () => Promise<unknown>): Promise<void> {
  const { sandbox } = rig;
  const answered = () => sandbox.ledger().requests.findLast(({ fault }) => fault === '429');
  const before = answered()?.id;
  sandbox.faults.add({ kind: '429', operation: ['read', 'write'], retryAfter: seconds });
  await until('a request is answered 429', 20_000, () => answered()?.id !== before);
  const { time = 0 } = answered() ?? {};
  await happens();
  const later = () => rig.requests('key').filter((request) => request.time > time + ON_THEIR_WAY);
  await until('the account is served again', 40_000, () => later().length > 0);
  expect(later().filter((request) => request.time < time + seconds * 1_000)).toEqual([]);
}
