import { setTimeout as pause } from 'node:timers/promises';
import type { WorkflowHandle } from '@temporalio/client';
import { decodeFromPayloadsAtIndex } from '@temporalio/common/lib/internal-non-workflow/index.js';
import { Worker } from '@temporalio/worker';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { Order } from '../../../src/client/order.js';
import { attributes, messages, orderWorkflowId } from '../../../src/workflows/contract.js';
import { expectNoFailedTask } from '../expect-no-failed-task.js';
import { until } from '../serving.js';
import { gated, lostBefore, openShop, refused, type ShopRig } from './shop.js';
import type { ShopResult, ShopSubscription } from './stories.js';

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

/** Long enough that something can come in between, short enough that two dozen are over soon. */
const EVERY_MS = 150;

const subscribe = (change: Partial<ShopSubscription> = {}) =>
  rig.start({ cycles: 3, everyMs: EVERY_MS, ...change }, 'shopSubscription');

const writes = () => rig.shop.calls.filter((call) => /create|remove/.test(call));
const charges = () => writes().filter((call) => call === 'create charge').length;

/** The n-th part of a subscription. */
const partOf = ({ workflowId }: WorkflowHandle, n: number) => {
  const reference = workflowId.slice(workflowId.lastIndexOf('/') + 1);
  const id = orderWorkflowId('shopCycle', { connection: 'shop/corner', reference: `${reference}.${n}` });
  return new Order<ShopResult>(rig.client, rig.client.workflow.getHandle(id), 'shopCycle');
};

type History = Awaited<ReturnType<WorkflowHandle['fetchHistory']>>;

/** The histories of all runs of a workflow, the first one first. */
async function runsOf({ workflowId }: WorkflowHandle): Promise<History[]> {
  const histories: History[] = [];
  for (let runId: string | undefined = (await rig.client.workflow.getHandle(workflowId).describe()).runId; runId; ) {
    const history = await rig.client.workflow.getHandle(workflowId, runId).fetchHistory();
    histories.unshift(history);
    runId = history.events?.[0]?.workflowExecutionStartedEventAttributes?.continuedExecutionRunId || undefined;
  }
  return histories;
}

describe('a story with parts', () => {
  test('has each in a workflow of its own, once, and begins a new history after each', async () => {
    const { order, handle } = await subscribe({ cycles: 24 });
    expect(await order.result()).toMatchObject({ outcome: 'completed', done: 24 });
    expect(charges()).toBe(24);
    const runs = await runsOf(handle);
    // The last one has nothing to go on with.
    expect(runs).toHaveLength(25);
    for (const history of runs) {
      expect(history.events?.length).toBeLessThan(80);
      await Worker.runReplayHistory({ workflowBundle: rig.bundle }, history, handle.workflowId);
    }
    const { happenings, ids = {} } = await order.status();
    const numbers = happenings.map(({ n }) => n);
    expect(numbers).toEqual(numbers.map((_, i) => (numbers[0] ?? 0) + i));
    expect(ids.subscription).toBeDefined();
    await expectNoFailedTask(rig.client, handle.workflowId);
  }, 60_000);

  test('shows what it showed: whoever joins, lists or asks sees one order', async () => {
    const { order, handle } = await subscribe({ cycles: 3, everyMs: 600 });
    const first = await handle.describe();
    let later = first;
    while (later.runId === first.runId) later = await handle.describe();
    for (const key of [attributes.connection, attributes.reference]) {
      expect(later.typedSearchAttributes.get(key)).toBe(first.typedSearchAttributes.get(key));
    }
    expect(later.memo).toMatchObject(first.memo ?? {});
    const [{ events }] = (await runsOf(handle)).slice(-1) as [History];
    const { input } = events?.[0]?.workflowExecutionStartedEventAttributes ?? {};
    const given = await decodeFromPayloadsAtIndex(rig.client.options.loadedDataConverter, 0, input?.payloads);
    expect(given).toMatchObject({ connection: 'shop/corner', cycles: 3 });
    expect((await order.status()).ids?.subscription).toBeDefined();
    await order.result();
  });

  test('loses nothing that comes in, at whatever moment', async () => {
    const { order, handle } = await subscribe({ cycles: 12, everyMs: 100 });
    const end = order.result() as Promise<unknown> as Promise<{ readonly nudges: number }>;
    let over = false;
    void end.finally(() => {
      over = true;
    });
    const answers: Promise<unknown>[] = [];
    for (let i = 1; !over; i++) {
      rig.shop.news = i;
      const state = { settled: false, news: i };
      await handle.signal(messages.told, { state, readAt: Date.now() }).catch(() => undefined);
      // Each is another, or some would be taken for one.
      answers.push(
        handle.executeUpdate('nudge', { args: [{ i }] }).catch((error) => ({ error: error.cause ?? error })),
      );
      // Not in step with anything: each moment of a run is met by some of them.
      await pause(40 + (i % 7) * 30);
      // On a slow machine there would never be a moment with nothing open, in which a run can end.
      if (i % 8 === 0) await Promise.all(answers);
    }
    const { nudges } = await end;
    const all = (await Promise.all(answers)) as { reason?: string; error?: Error }[];
    const done = all.filter(({ error }) => error === undefined);
    expect(done.length).toBeGreaterThan(10);
    // Each was served once, by one run or another.
    expect(new Set(done.map(({ reason }) => reason)).size).toBe(done.length);
    expect(nudges).toBe(done.length);
    // Only the last run has an end that may come between: of a run that goes on as a new one the server says none of these.
    const messagesOf = all.flatMap(({ error }) => (error === undefined ? [] : [error.message]));
    const ended = /the order is completed|already completed|not found|aborted by closing workflow/;
    for (const message of messagesOf) expect(message).toMatch(ended);
    expect(charges()).toBe(12);
    expect((await runsOf(handle)).length).toBeGreaterThan(1);
    await expectNoFailedTask(rig.client, handle.workflowId);
  }, 100_000);

  test('serves its updates while a part is open', async () => {
    const { behaviour, entered, open } = gated();
    rig.shop.plan('create charge', behaviour);
    const { order, handle } = await subscribe({ cycles: 3 });
    await entered;
    expect(await handle.executeUpdate('end', { args: [{}] })).toEqual({ verdict: 'done', reason: 'ended' });
    open();
    expect(await order.result()).toMatchObject({ outcome: 'completed', done: 1 });
  });

  test('names what a part asks a person, and goes on with the answer', async () => {
    rig.shop.plan('create charge', lostBefore, lostBefore);
    const { order, handle } = await subscribe({ cycles: 1 });
    const { part, waitingFor, phase } = await until(order, (status) => status.part?.hold !== undefined);
    expect(phase).toBe('held');
    expect(part?.workflowId).toBe(partOf(handle, 1).workflowId);
    expect(waitingFor).toContain('was sent, its answer was lost');
    const { hold } = await partOf(handle, 1).status();
    expect(hold).toMatchObject(part?.hold ?? {});
    await partOf(handle, 1).resolve({ hold: hold?.id ?? '', answer: 'retry' });
    expect(await order.result()).toMatchObject({ outcome: 'completed', done: 1 });
    expect((await order.status()).part).toBeUndefined();
  });

  test('fails with the cause of its part, and is taken back after it', async () => {
    rig.shop.plan('create charge', refused);
    const { order } = await subscribe();
    await expect(order.result()).rejects.toMatchObject({
      failure: { type: 'Rejected', message: 'the shop says no' },
      outcome: { outcome: 'failed', undone: ['the subscription is gone'], left: [] },
    });
    expect(writes().slice(-2)).toEqual(['remove invoice', 'remove subscription']);
  });

  test('finishes what a part has begun, whatever becomes of the story', async () => {
    const { behaviour, entered, open } = gated();
    rig.shop.plan('create charge', behaviour);
    const { handle } = await subscribe();
    await entered;
    await handle.terminate();
    open();
    expect(await partOf(handle, 1).result()).toMatchObject({ outcome: 'completed' });
  });

  test('uses the id of a part once', async () => {
    const { order, handle } = await subscribe({ everyMs: 1_500 });
    const reference = handle.workflowId.slice(handle.workflowId.lastIndexOf('/') + 1);
    const other = await rig.start({ reference: `${reference}.1` }, 'shopCycle');
    await other.order.result();
    await expect(order.result()).rejects.toMatchObject({ failure: { type: 'Conflict' } });
    expect(charges()).toBe(1);
  });

  test('does not go on as a new run with an undo open', async () => {
    const { handle } = await subscribe({ careless: true });
    const failed = async () =>
      (await handle.fetchHistory()).events?.find((event) => event.workflowTaskFailedEventAttributes)
        ?.workflowTaskFailedEventAttributes?.failure?.message;
    while ((await failed()) === undefined) await pause(50);
    expect(await failed()).toContain('with the undo "the subscription is gone" open');
    await handle.terminate();
  });
});

describe.each(['update', 'button'] as const)('a cancel by %s of a story with parts', (by) => {
  const cancel = ({ order, handle }: Awaited<ReturnType<typeof subscribe>>) =>
    by === 'update' ? order.cancel() : handle.cancel();

  test('reaches the part, and what it stops is taken back in both', async () => {
    const { behaviour, entered, open } = gated();
    rig.shop.plan('create invoice', behaviour);
    const going = await subscribe();
    await entered;
    const asked = cancel(going);
    await until(partOf(going.handle, 1), ({ happenings }) =>
      happenings.some(({ text }) => text === 'cancel asked for'),
    );
    open();
    await asked;
    await expect(going.order.result()).rejects.toMatchObject({
      outcome: { outcome: 'canceled', cancel: { verdict: 'stopped' }, undone: ['the subscription is gone'] },
    });
    await expect(partOf(going.handle, 1).result()).rejects.toMatchObject({ outcome: { outcome: 'canceled' } });
    expect(charges()).toBe(0);
    expect((await going.handle.describe()).status.name).toBe('CANCELLED');
  });

  test('ends a part that is held', async () => {
    rig.shop.plan('create charge', lostBefore, lostBefore);
    const going = await subscribe();
    await until(going.order, ({ part }) => part?.hold !== undefined);
    await cancel(going);
    await expect(going.order.result()).rejects.toMatchObject({ outcome: { cancel: { verdict: 'stopped' } } });
  });

  test('too late for the part is answered by what stands', async () => {
    const { behaviour, entered, open } = gated();
    rig.shop.plan('create charge', behaviour);
    const going = await subscribe();
    await entered;
    const asked = cancel(going);
    await until(going.order, ({ happenings }) => happenings.some(({ text }) => text === 'cancel asked for'));
    open();
    await asked;
    expect(await going.order.result()).toMatchObject({
      outcome: 'partly',
      done: 1,
      cancel: { verdict: 'partly', reason: 'it has ended; 1 charges stand' },
    });
    expect(charges()).toBe(1);
    expect(writes().at(-1)).toBe('remove subscription');
  });

  test('between two parts of a later run', async () => {
    const going = await subscribe({ everyMs: 700 });
    while (charges() < 2) await pause(20);
    await pause(200);
    await cancel(going);
    expect(await going.order.result()).toMatchObject({ outcome: 'partly', done: 2 });
    expect(charges()).toBe(2);
  });
});
