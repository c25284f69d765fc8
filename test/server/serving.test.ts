import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, type TestContext, test } from 'vitest';
import { goesOn, openServing, type Serving, sentSince, until } from './serving-rig.js';

/** What the promise leaves for the other process to go on with a connection, in milliseconds. */
const AFTER_A_CRASH = 15_000;
const AFTER_AN_ORDERLY_STOP = 2_000;

/** Two processes that share an account with a key (used by two connections) and one with OAuth, with more to do than they may. */
async function openShared(context: TestContext) {
  const rig = await openServing(context, { oauth: true });
  const one = await rig.play();
  await Promise.all([rig.pile(rig.rest, 14), rig.pile(rig.xml, 12), rig.pile(rig.oauth, 28)]);
  const names = [rig.rest, rig.xml, rig.oauth];
  await goesOn(one, names, 0);
  const other = await rig.play();
  await Promise.all([rig.busy('key'), rig.busy('oauth')]);
  return { rig, one, other, names };
}

/** Nothing was sent too often: no request above a limit, every renewal of the token was needed, and granted. */
function expectGoodCitizens(rig: Serving, refreshes: number): void {
  const { throttleBreaches, tokenRequests, requests } = rig.sandbox.ledger();
  expect(throttleBreaches).toEqual([]);
  expect(requests.filter(({ status }) => status === 429)).toEqual([]);
  expect(tokenRequests.map(({ granted }) => granted)).toEqual(Array(refreshes).fill(true));
}

describe.concurrent('two processes share the connections; when one', () => {
  test('is killed, the other goes on within 15 s', async (context) => {
    const { rig, one, other, names } = await openShared(context);
    const killed = performance.now();
    one.signal('SIGKILL');
    await one.exited;
    rig.sandbox.controls.expireAccessTokens();
    const took = await goesOn(other, names, killed);
    console.log('killed', took);
    for (const ms of Object.values(took)) expect(ms).toBeLessThan(AFTER_A_CRASH);
    await Promise.all([rig.busy('key'), rig.busy('oauth')]);
    expectGoodCitizens(rig, 1);
  }, 90_000);

  test('is frozen for 30 s, the other goes on within 15 s, and the thawed one sends nothing until it is its turn', async (context) => {
    const { rig, one, other, names } = await openShared(context);
    const frozen = performance.now();
    one.signal('SIGSTOP');
    rig.sandbox.controls.expireAccessTokens();
    const took = await goesOn(other, names, frozen);
    console.log('frozen', took);
    for (const ms of Object.values(took)) expect(ms).toBeLessThan(AFTER_A_CRASH);

    await pause(30_000 - (performance.now() - frozen));
    const thawed = performance.now();
    one.signal('SIGCONT');
    await until('the other process still serves', 10_000, () =>
      names.every((name) => sentSince(other, name, thawed).length >= 8),
    );
    for (const name of names) expect(sentSince(one, name, thawed)).toEqual([]);

    const stopped = performance.now();
    other.signal('SIGTERM');
    const back = await goesOn(one, names, stopped);
    console.log('back', back);
    for (const ms of Object.values(back)) expect(ms).toBeLessThan(AFTER_AN_ORDERLY_STOP);
    expect(await other.exited).toEqual({ code: 0, signal: null });
    expectGoodCitizens(rig, 1);
  }, 120_000);

  test('is stopped, the other goes on within 2 s', async (context) => {
    const { rig, one, other, names } = await openShared(context);
    // The token is being renewed while the process is told to stop.
    const renewal = rig.sandbox.hold({ operation: 'token', at: 'done' });
    rig.sandbox.controls.expireAccessTokens();
    await renewal.reached;
    const stopped = performance.now();
    one.signal('SIGTERM');
    await pause(300);
    renewal.release();
    const took = await goesOn(other, names, stopped);
    console.log('stopped', took);
    for (const ms of Object.values(took)) expect(ms).toBeLessThan(AFTER_AN_ORDERLY_STOP);
    expect(await one.exited).toEqual({ code: 0, signal: null });
    await Promise.all([rig.busy('key'), rig.busy('oauth')]);
    expectGoodCitizens(rig, 1);
  }, 90_000);
});
