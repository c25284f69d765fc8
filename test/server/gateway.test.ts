import { expect, test } from 'vitest';
import { openGateways } from './gateway-rig.js';
import { until } from './serving-rig.js';

/** Alone it is a matter of moments; beside other tests on two cores it may be many of them. */
const SOON_MS = 20_000;
/** No sender waits longer than this for an answer. */
const AT_MOST_MS = 10_000;
const hint = (id: number) => `order.edit:${id}`;

test.concurrent('what is accepted is in the history, and nothing else is', async (context) => {
  const { connection, play, send, hints, started } = await openGateways(context);
  const gateway = await play();
  expect(await send(gateway, 1)).toBe(200);
  expect(await started()).toEqual({ workflow: 'hints', taskQueue: 'nobody', input: [connection] });
  expect(await send(gateway, [2, 3])).toBe(200);
  expect(await send(gateway, 4, 'the-secret-of-nobody')).toBe(401);
  expect(await send(gateway, [])).toBe(200);
  expect(await hints()).toEqual([1, 2, 3].map(hint));
});

test.concurrent('more hints than one signal carries are all kept', async (context) => {
  const { play, send, hints } = await openGateways(context);
  const ids = Array.from({ length: 2_500 }, (_, i) => i + 1);
  expect(await send(await play(), ids)).toBe(200);
  expect(await hints()).toEqual(ids.map(hint));
});

test.concurrent('while Temporal cannot be reached: 503 and not ready, soon well again; what was sent again lands once', async (context) => {
  const { door, play, send, hints } = await openGateways(context);
  const gateway = await play();
  const ready = async () => (await fetch(`${gateway.url}/ready`)).status;
  expect([await ready(), await send(gateway, 1)]).toEqual([200, 200]);
  await door.shut();
  const started = performance.now();
  expect(await send(gateway, 2)).toBe(503);
  expect(performance.now() - started).toBeLessThan(AT_MOST_MS);
  expect(await ready()).toBe(503);
  expect((await fetch(`${gateway.url}/health`)).status).toBe(200);
  await door.open();
  await until('it is ready', SOON_MS, async () => (await ready()) === 200);
  expect(await send(gateway, 2)).toBe(200);
  expect(await hints()).toEqual([1, 2].map(hint));
});

test.concurrent('a gateway that is started before Temporal is there serves as soon as it is', async (context) => {
  const { door, play, send, hints } = await openGateways(context);
  await door.shut();
  const gateway = await play();
  expect(await send(gateway, 1)).toBe(503);
  await door.open();
  await until('it accepts', SOON_MS, async () => (await send(gateway, 1)) === 200);
  expect(await hints()).toEqual([hint(1)]);
});

test.concurrent('Temporal that is reached and does not answer: 503 within seconds', async (context) => {
  const { door, play, send, hints } = await openGateways(context);
  const gateway = await play();
  expect(await send(gateway, 1)).toBe(200);
  door.hold('there');
  const started = performance.now();
  expect(await send(gateway, 2)).toBe(503);
  expect(performance.now() - started).toBeLessThan(AT_MOST_MS);
  expect(await hints()).toEqual([hint(1)]);
});

test.concurrent('killed after the verification and before it is durable: nothing is acknowledged; sent again it lands once', async (context) => {
  const { door, play, send, hints } = await openGateways(context);
  const gateway = await play();
  expect(await send(gateway, 1)).toBe(200);
  door.hold('there');
  const forged = send(gateway, 666, 'the-secret-of-nobody');
  const sent = send(gateway, 2);
  await until('it is on its way to Temporal', SOON_MS, () => door.held().includes(hint(2)));
  gateway.signal('SIGKILL');
  expect([await forged, await sent]).toEqual([401, undefined]);
  // What was on its way is lost.
  await door.shut();
  await door.open();
  const next = await play();
  expect(await hints()).toEqual([hint(1)]);
  expect(await send(next, 2)).toBe(200);
  expect(await hints()).toEqual([1, 2].map(hint));
});

test.concurrent('killed when it is durable and before the answer: it is kept; sent again it is there twice, which is one hint', async (context) => {
  const { door, play, send, hints } = await openGateways(context);
  const gateway = await play();
  expect(await send(gateway, 1)).toBe(200);
  door.hold('back');
  const forged = send(gateway, 666, 'the-secret-of-nobody');
  const sent = send(gateway, 2);
  await until('it is durable', SOON_MS, async () => (await hints()).includes(hint(2)));
  gateway.signal('SIGKILL');
  expect([await forged, await sent]).toEqual([401, undefined]);
  door.release();
  expect(await send(await play(), 2)).toBe(200);
  expect(await hints()).toEqual([1, 2, 2].map(hint));
});

test.concurrent('a crowd of webhooks, gateways killed among them, all sent until accepted: each is kept, no forged one is', async (context) => {
  const { play, send, hints } = await openGateways(context);
  let gateway = await play();
  const until200 = async (id: number) => {
    for (;;) {
      const status = await send(gateway, id);
      if (status === 200) return;
      // Between two gateways: a sender waits for a moment, then tries again.
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  };
  const ids = Array.from({ length: 200 }, (_, i) => i + 1);
  const forged = (id: number) => send(gateway, 10_000 + id, 'the-secret-of-nobody');
  const sending = ids.map(async (id, i) => {
    await new Promise((resolve) => setTimeout(resolve, i * 10));
    await Promise.all([forged(id), until200(id)]);
  });
  for (let death = 0; death < 2; death += 1) {
    await until('some are kept', SOON_MS, async () => (await hints()).length > death * 50);
    gateway.signal('SIGKILL');
    await gateway.exited;
    gateway = await play();
  }
  await Promise.all(sending);
  const kept = await hints();
  expect([...new Set(kept)].sort()).toEqual(ids.map(hint).sort());
});

// Not beside the others: it has to be done before the gateway gives Temporal up.
test('SIGTERM: what is under way is answered, nothing new is accepted, exit code 0', async (context) => {
  const { door, play, send, hints } = await openGateways(context);
  const gateway = await play();
  expect(await send(gateway, 1)).toBe(200);
  door.hold('back');
  const sent = send(gateway, 2);
  await until('it is durable', SOON_MS, async () => (await hints()).includes(hint(2)));
  gateway.signal('SIGTERM');
  const listens = () =>
    fetch(`${gateway.url}/health`).then(
      () => true,
      () => false,
    );
  await until('it accepts nothing more', SOON_MS, async () => !(await listens()));
  expect(await send(gateway, 3)).toBeUndefined();
  door.release();
  expect(await sent).toBe(200);
  expect(await gateway.exited).toEqual({ code: 0, signal: null });
  expect(await hints()).toEqual([1, 2].map(hint));
});
