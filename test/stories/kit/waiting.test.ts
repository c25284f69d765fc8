import { randomUUID } from 'node:crypto';
import type { WorkflowHandle } from '@temporalio/client';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { memoKeys, messages, type Seen, type UpdateAnswer } from '../../../src/workflows/contract.js';
import { fingerprint } from '../../../src/workflows/fingerprint.js';
import { type HintCounts, hintCounts, hinted } from '../../../src/workflows/hints.js';
import { until } from '../serving.js';
import { skipDays } from '../skip-time.js';
import { gated, openShop, type ShopRig } from './shop.js';
import type { ShopState } from './stories.js';

let rig: ShopRig;
beforeAll(async () => {
  rig = await openShop();
});
afterAll(() => rig.close());
beforeEach(() => {
  rig.shop.calls.length = 0;
  rig.shop.settled = false;
  rig.shop.news = 0;
});

/** An order of the shop that waits. */
async function waiting() {
  const { order, handle } = await rig.start({}, 'shopWait');
  await until(order, ({ phase }) => phase === 'waiting');
  const tell = (state: ShopState, readAt = Date.now()) => handle.signal(messages.told, { state, readAt });
  return { order, handle, tell };
}

/** Returns once the order has taken it. */
const startNudge = (handle: WorkflowHandle, much: number) =>
  handle.startUpdate<UpdateAnswer, [{ much: number }]>('nudge', { args: [{ much }], waitForStage: 'ACCEPTED' });

describe('an order that waits', () => {
  test('is told, and does not ask', async () => {
    const { order, tell } = await waiting();
    await tell({ settled: false, news: 1 });
    await until(order, ({ waitingFor }) => waitingFor?.includes('news 1') === true);
    await tell({ settled: true, news: 2 });
    expect(await order.result()).toMatchObject({ outcome: 'completed', news: 2 });
    expect(rig.shop.calls).toEqual(['read']);
  });

  test('keeps the newest of what it is told, whatever comes last', async () => {
    const { order, tell } = await waiting();
    const now = Date.now() + 1_000;
    await tell({ settled: false, news: 2 }, now);
    await tell({ settled: true, news: 1 }, now - 1);
    await tell({ settled: false, news: 3 }, now + 1);
    const { waitingFor } = await until(order, (status) => status.waitingFor?.includes('news 3') === true);
    expect(waitingFor).toContain('to show that it is settled');
    await tell({ settled: true, news: 4 }, now + 2);
    expect(await order.result()).toMatchObject({ news: 4 });
  });

  test('says in its memo what it knows, so that nobody tells it again', async () => {
    const { order, handle, tell } = await waiting();
    const known = async () => ((await handle.describe()).memo?.[memoKeys.seen] as Seen | undefined)?.print;
    expect(await known()).toBe(fingerprint({ settled: false, news: 0 }));
    await tell({ settled: false, news: 7 });
    await until(order, ({ waitingFor }) => waitingFor?.includes('news 7') === true);
    expect(await known()).toBe(fingerprint({ news: 7, settled: false }));
    const { happenings, waitingFor } = await order.status();
    expect(happenings.map(({ text }) => text)).toContain('late: much has happened');
    expect(waitingFor).toContain('much has happened');
    await handle.terminate();
  });

  test('serves updates meanwhile, one by one, and refuses what it refuses to their sender alone', async () => {
    const { order, handle, tell } = await waiting();
    expect(await handle.executeUpdate('nudge', { args: [{ much: 1 }] })).toEqual({
      verdict: 'done',
      reason: 'nudged by 1',
    });
    await expect(handle.executeUpdate('nudge', { args: [{ much: 9 }] })).rejects.toMatchObject({
      cause: { type: 'Rejected', message: 'too much' },
    });
    // It looks once more after each, and sees the same.
    Object.assign(rig.shop, { settled: true, news: 1 });
    await tell({ settled: true, news: 1 });
    await order.result();
    const { happenings } = await order.status();
    expect(happenings.map(({ text }) => text)).toEqual(
      expect.arrayContaining(['nudge: nudged by 1', 'nudge refused: too much']),
    );
  });

  test('serves once what is asked again before it is answered, unless something else came between', async () => {
    const { behaviour, entered, open } = gated();
    rig.shop.plan('read', behaviour);
    const { order, handle } = await rig.start({}, 'shopWait');
    await entered;
    const answers: Promise<string>[] = [];
    for (const much of [1, 1, 2, 1]) {
      const update = await startNudge(handle, much);
      answers.push(update.result().then(({ reason }) => reason));
    }
    open();
    expect(await Promise.all(answers)).toEqual([1, 1, 2, 1].map((much) => `nudged by ${much}`));
    const { happenings } = await order.status();
    expect(happenings.map(({ text }) => text).filter((text) => text.startsWith('nudge'))).toEqual(
      [1, 2, 1].map((much) => `nudge: nudged by ${much}`),
    );
    await order.cancel();
  });

  test('can be canceled', async () => {
    const { order } = await waiting();
    expect(await order.cancel()).toMatchObject({ verdict: 'stopped' });
    await expect(order.result()).rejects.toMatchObject({ outcome: { outcome: 'canceled' } });
  });

  test('looks by itself after 1, 3, 7, 14, 28 and 56 days, asks a person after 90, and is told all the same', async () => {
    const { order, handle, tell } = await waiting();
    // The rig's pace makes the days of the kit shorter.
    await skipDays(rig.client, handle, 3);
    expect(rig.shop.calls).toHaveLength(1 + 6);
    const { events } = await handle.fetchHistory();
    expect(events?.length).toBeLessThan(100);
    await skipDays(rig.client, handle, 2);
    const { hold } = await until(order, (status) => status.hold !== undefined);
    expect(hold?.choices).toEqual(['retry', 'abandon']);
    await tell({ settled: true, news: 1 });
    expect(await order.result()).toMatchObject({ news: 1 });
  });
});

describe('hints', () => {
  async function openHints() {
    const name = 'shop/corner';
    const workflowId = `hints/${randomUUID()}`;
    const start = (hints: readonly string[]) =>
      rig.client.workflow.signalWithStart('hints', {
        workflowId,
        taskQueue: rig.taskQueue,
        args: [name],
        signal: hinted,
        signalArgs: [hints],
      });
    const handle = rig.client.workflow.getHandle(workflowId);
    const counts = async (isTrue: (counts: HintCounts) => boolean): Promise<HintCounts> => {
      for (;;) {
        const now = await handle.query(hintCounts);
        if (isTrue(now)) return now;
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    };
    return { start, handle, counts };
  }

  test('are looked at each, and one that waits already is not looked at twice', async () => {
    const { start, handle, counts } = await openHints();
    rig.shop.looked.length = 0;
    const { behaviour, entered, open } = gated();
    rig.shop.plan('look at A', behaviour);
    await start(['A']);
    await entered;
    await start(['A']);
    await start(['A', 'B']);
    open();
    const seen = await counts(({ told, joined }) => told + joined === 4);
    expect(seen).toMatchObject({ received: 4, joined: 1, told: 3, failed: 0 });
    expect([...rig.shop.looked].sort()).toEqual(['A', 'A', 'B']);
    await handle.terminate();
  });

  test('outlive the history that they fill: none is lost', async () => {
    const { start, handle, counts } = await openHints();
    const wanted = new Set(['first']);
    rig.shop.looked.length = 0;
    await start(['first']);
    const { runId: firstRun } = await handle.describe();
    // As fast as they are looked at, with one batch ahead. A history suggests the next run at about four thousand events.
    for (let batch = 0; (await handle.describe()).runId === firstRun; batch++) {
      const names = Array.from({ length: 60 }, (_, i) => `${batch}-${i}`);
      for (const name of names) wanted.add(name);
      await start(names);
      await counts(({ told }) => told >= wanted.size - 2 * names.length);
    }
    const { received } = await counts(({ told }) => told >= wanted.size);
    expect(received).toBe(wanted.size);
    expect(new Set(rig.shop.looked)).toEqual(wanted);
    await handle.terminate();
  });
});
