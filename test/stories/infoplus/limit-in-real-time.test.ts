import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { countBreaches } from '../../../bench/limiter.js';
import { Waybill } from '../../../src/client.js';
import { infoplusOrder } from '../../../src/contracts.js';
import { infoplusSeed, startSandbox } from '../../../src/sandbox/index.js';
import { workerProcesses } from '../worker-processes.js';
import { waits } from './people.js';
import { plainOrder, settingsFor } from './rig.js';

/** What Infoplus lets through: of one key, and of the whole site. */
const OF_A_KEY = { limit: 3, perMs: 1_000 };
const OF_THE_SITE = { limit: 10, perMs: 1_000 };

/** Four keys may ask twelve times a second: more than the site lets through. */
const CONNECTIONS = 4;

/** For each connection: enough that there is always something to ask for, to the end of the test. */
const QUEUED = 150;

/** The site is used like this for so long before the process that serves it stops. */
const USED_MS = 20_000;

/** The worker takes up six hundred orders that were started at once. */
const BEGUN_WITHIN_MS = 60_000;

/** What may come between a cancel and its first request: three seconds of the site. */
const AHEAD = 3 * OF_THE_SITE.limit;

/** A process that dies is missed after its lease; the next one begins with what the last has told. */
const TAKEN_OVER_WITHIN_MS = 30_000;

/** In real time, with the limits that both sides have by themselves, and in processes of their own. */
async function open() {
  const id = randomUUID().slice(0, 8);
  const keys = Array.from({ length: CONNECTIONS }, (_, i) => `${infoplusSeed.apiKey}-${id}-${i}`);
  const { infoplus: sandbox, stop } = await startSandbox({ only: ['infoplus'], infoplus: { apiKeys: keys } });
  const names = keys.map((_, i) => `infoplus/limit-${id}-${i}`);
  const connections = Object.fromEntries(names.map((name, i) => [name, settingsFor(sandbox.url, keys[i] ?? '')]));
  const processes = await workerProcesses({ connections, pace: 1 });
  onTestFinished(async () => {
    await processes.close();
    await stop();
  });
  const { client, taskQueue, next: nextWorker } = processes;
  const waybill = new Waybill(client, taskQueue);
  return {
    sandbox,
    client,
    names,
    nextWorker,
    async start(connection = '') {
      const reference = `L-${randomUUID().slice(0, 8)}`;
      return { reference, order: await waybill.start(infoplusOrder, { ...plainOrder(), connection, reference }) };
    },
  };
}

test('three a second of a key and ten of the site are kept over a hand-over and a crash, and a cancel overtakes', {
  timeout: 240_000,
}, async () => {
  const { sandbox, client, names, nextWorker, start } = await open();
  const first = await nextWorker();
  const early = await start(names[0]);
  await waits(early.order);
  const others = await Promise.all(
    names.flatMap((name) => Array.from({ length: QUEUED }, () => start(name).then(({ order }) => order))),
  );
  const times = (of?: string) =>
    sandbox
      .ledger()
      .requests.filter(({ credential }) => of === undefined || credential === of)
      .map(({ time }) => time);

  const started = sandbox.clock.now();
  const keysSince = (since: number) =>
    new Set(
      sandbox
        .ledger()
        .requests.filter(({ time }) => time >= since)
        .map(({ credential }) => credential),
    ).size;
  await expect.poll(() => keysSince(started), { timeout: BEGUN_WITHIN_MS }).toBe(CONNECTIONS);

  await pause(USED_MS);

  const before = times().length;
  await early.order.cancel();
  const since = sandbox.ledger().requests.slice(before);
  const ahead = since.findIndex(({ path }) => path.includes(early.reference.toUpperCase()));
  expect(ahead).toBeGreaterThanOrEqual(0);
  expect(ahead).toBeLessThan(AHEAD);
  await expect(early.order.result()).rejects.toMatchObject({ outcome: { outcome: 'canceled', left: [] } });

  /** The next process asks, and is kept busy for a while. */
  const takenOver = async (since: number) => {
    const begun = () => times().filter((time) => time > since + OF_THE_SITE.perMs).length;
    await expect.poll(begun, { timeout: TAKEN_OVER_WITHIN_MS }).toBeGreaterThan(3 * OF_THE_SITE.limit);
  };
  const second = await nextWorker();
  first.signal('SIGTERM');
  expect(await first.exited).toEqual({ code: 0, signal: null });
  await takenOver(sandbox.clock.now());
  await nextWorker();
  await second.kill();
  await takenOver(sandbox.clock.now());

  const { requests, throttleBreaches } = sandbox.ledger();
  expect(throttleBreaches).toEqual([]);
  expect(countBreaches(times(), [OF_THE_SITE])).toBe(0);
  const credentials = new Set(requests.map(({ credential }) => credential ?? ''));
  expect(credentials.size).toBe(CONNECTIONS);
  for (const each of credentials) expect(countBreaches(times(each), [OF_A_KEY])).toBe(0);
  // There was always more to ask for.
  expect(sandbox.ledger().orders.length).toBeLessThan(others.length);
  await Promise.all(others.map(({ workflowId }) => client.workflow.getHandle(workflowId).terminate()));
});
