import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from '@temporalio/worker';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { messages } from '../../../src/workflows/contract.js';
import { waits } from '../watching.js';
import { openShop, type ShopRig } from './shop.js';

let rig: ShopRig;
beforeAll(async () => {
  rig = await openShop('shop/queried');
});
afterAll(() => rig.close());

/** Time for a request to be at the server. Later it would come with a workflow task of its own, and prove nothing. */
const ARRIVES_MS = 500;

const LATER_MS = 60_000;

test('an order that is asked how it stands with the very task that brings an update goes the same way when replayed', async () => {
  rig.shop.settled = false;
  const { order, handle } = await rig.start({}, 'shopWait');
  await waits(order);
  /** Read later than anything the order reads itself meanwhile. */
  const tell = (news: number, settled = false) =>
    handle.signal(messages.told, { state: { news, settled }, readAt: Date.now() + news * LATER_MS });
  const answers: Promise<unknown>[] = [];
  await rig.away(async () => {
    await tell(1);
    answers.push(handle.executeUpdate('nudge', { args: [{ much: 2 }] }));
    await sleep(ARRIVES_MS);
    answers.push(order.status());
    await sleep(ARRIVES_MS);
  });
  expect(await Promise.all(answers)).toMatchObject([{ verdict: 'done', reason: 'nudged by 2' }, { state: 'running' }]);
  await tell(2, true);
  expect(await order.result()).toMatchObject({ outcome: 'completed', news: 2 });
  await Worker.runReplayHistory({ workflowBundle: rig.bundle }, await handle.fetchHistory());
});

test('an order that is asked while no worker is there, and then told something, goes the same way when replayed', async () => {
  rig.shop.settled = false;
  const { order, handle } = await rig.start({}, 'shopWait');
  await waits(order);
  const answers: Promise<unknown>[] = [];
  await rig.away(async () => {
    // Asked by two at a time; the worker is back within the client's patience.
    answers.push(order.status(), order.status());
    await sleep(ARRIVES_MS);
    await handle.signal(messages.told, { state: { news: 1, settled: false }, readAt: Date.now() + LATER_MS });
    answers.push(handle.executeUpdate('nudge', { args: [{ much: 2 }] }));
    await sleep(ARRIVES_MS);
  });
  const [one, other, nudged] = await Promise.all(answers);
  expect([one, other]).toMatchObject([{ phase: 'waiting' }, { phase: 'waiting' }]);
  expect(nudged).toMatchObject({ verdict: 'done', reason: 'nudged by 2' });
  await handle.signal(messages.told, { state: { news: 2, settled: true }, readAt: Date.now() + 2 * LATER_MS });
  expect(await order.result()).toMatchObject({ outcome: 'completed', news: 2 });
  const history = await handle.fetchHistory();
  await Worker.runReplayHistory({ workflowBundle: rig.bundle }, history);
});
