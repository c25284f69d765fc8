import type { WorkflowHandle } from '@temporalio/client';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Order } from '../../../src/client/order.js';
import { memoKeys, messages, type Seen } from '../../../src/workflows/contract.js';
import { fingerprint } from '../../../src/workflows/fingerprint.js';
import { until } from '../serving.js';
import { gated, openShop, type ShopRig } from './shop.js';
import type { ShopResult, ShopState } from './stories.js';

let rig: ShopRig;
beforeAll(async () => {
  rig = await openShop();
});
afterAll(() => rig.close());
beforeEach(() => {
  rig.shop.settled = false;
  rig.shop.news = 0;
});

/** An order of the shop that waits, and has seen nothing yet but that there is no news. */
async function waiting() {
  const { order, handle } = await rig.start({}, 'shopWait');
  await until(order, ({ phase }) => phase === 'waiting');
  const tell = (state: ShopState, readAt: number) => handle.signal(messages.told, { state, readAt });
  return { order, handle, tell };
}

/** Served once everything before it is: the order has looked by itself then. */
const nudge = (handle: WorkflowHandle) => handle.executeUpdate('nudge', { args: [{ much: 1 }] });

/** The last thing that happens to the order, whatever it was told before: it ends. */
async function ended(order: Order<ShopResult>, tell: (state: ShopState, readAt: number) => Promise<void>) {
  await tell({ settled: true, news: 9 }, Date.now() + 60_000);
  expect(await order.result()).toMatchObject({ news: 9 });
}

/** What the order has said of the news, and the states that it has put into its memo, in turn. */
async function seen(order: Order<ShopResult>, handle: WorkflowHandle) {
  const { happenings } = await order.status();
  const { events } = await handle.fetchHistory();
  const remembered = (events ?? []).flatMap(({ workflowPropertiesModifiedEventAttributes: of }) => {
    const payload = of?.upsertedMemo?.fields?.[memoKeys.seen];
    return payload === undefined ? [] : [(JSON.parse(Buffer.from(payload.data ?? []).toString()) as Seen).print];
  });
  return {
    said: happenings.flatMap(({ text }) => /^news (\d)/.exec(text)?.[1] ?? []).join(),
    remembered,
  };
}

const print = (news: number, settled = false) => fingerprint({ news, settled });

test('what an order is told twice changes nothing the second time, read later or not', async () => {
  const { order, handle, tell } = await waiting();
  const now = Date.now() + 1_000;
  await tell({ settled: false, news: 2 }, now);
  await tell({ settled: false, news: 2 }, now);
  await tell({ settled: false, news: 2 }, now + 500);
  rig.shop.news = 2;
  await nudge(handle);
  await tell({ settled: false, news: 2 }, now + 2_000);
  await ended(order, tell);
  expect(await seen(order, handle)).toEqual({ said: '0,2', remembered: [print(0), print(2), print(9, true)] });
});

test('what was read before something that it was told already changes nothing', async () => {
  const { order, handle, tell } = await waiting();
  const now = Date.now() + 1_000;
  await tell({ settled: false, news: 3 }, now);
  await until(order, ({ waitingFor }) => waitingFor?.includes('news 3') === true);
  // The platform is as it was told, when the order looks.
  rig.shop.news = 3;
  await tell({ settled: true, news: 1 }, now - 1);
  await nudge(handle);
  await tell({ settled: true, news: 2 }, now - 2);
  await ended(order, tell);
  expect(await seen(order, handle)).toEqual({ said: '0,3', remembered: [print(0), print(3), print(9, true)] });
});

test('what was read before the order has looked by itself changes nothing', async () => {
  const { order, handle, tell } = await waiting();
  const before = Date.now();
  rig.shop.news = 4;
  await nudge(handle);
  await until(order, ({ waitingFor }) => waitingFor?.includes('news 4') === true);
  await tell({ settled: false, news: 1 }, before - 1);
  await ended(order, tell);
  expect(await seen(order, handle)).toEqual({ said: '0,4', remembered: [print(0), print(4), print(9, true)] });
});

test('what it is told while it looks counts by when each was read', async () => {
  const { order, handle, tell } = await waiting();
  const look = async (news: number, tells: () => Promise<void>) => {
    rig.shop.news = news;
    const { behaviour, entered, open } = gated();
    // Read at the beginning, answered in the end.
    rig.shop.plan('read', behaviour);
    const nudged = nudge(handle);
    await entered;
    await tells();
    open();
    await nudged;
    await until(order, ({ step }) => step === undefined);
  };
  const before = Date.now() - 1;
  await look(1, () => tell({ settled: false, news: 5 }, before));
  await until(order, ({ waitingFor }) => waitingFor?.includes('news 1') === true);
  await look(2, () => tell({ settled: false, news: 3 }, Date.now() + 30_000));
  await until(order, ({ waitingFor }) => waitingFor?.includes('news 3') === true);
  await ended(order, tell);
  expect((await seen(order, handle)).said).toMatch(/^0,1,(2,)?3$/);
});
