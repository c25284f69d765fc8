import { execFile, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, onTestFinished, test } from 'vitest';
import { DifferentOrderError, LeftoverError, type Order } from '../../../src/client.js';
import { type KeapOrderResult, keapOrder } from '../../../src/contracts.js';
import { attributes, orderWorkflowId } from '../../../src/workflows/contract.js';
import { expectNoFailedTask } from '../expect-no-failed-task.js';
import { expectNothingLeft, expectOnceAndWhole } from './judge.js';
import { openRig, type Rig, type Shop, until } from './rig.js';

const RUN_SOURCE = fileURLToPath(new URL('../../run-source.mjs', import.meta.url));
const STARTING_PROCESS = fileURLToPath(new URL('./starting-process.ts', import.meta.url));

let rig: Rig;
let shop: Shop;
beforeAll(async () => {
  rig = await openRig([{ transport: 'rest' }]);
  shop = rig.shops[0] as Shop;
});
afterAll(() => rig.close());
beforeEach(() => shop.sandbox.reset());

type Input = ReturnType<Shop['order']>;
const whole = (input: Input) => expectOnceAndWhole(shop.sandbox.ledger(), input as never);
const requests = () => shop.sandbox.ledger().requests.length;
const writes = () => shop.sandbox.ledger().requests.filter(({ kind }) => kind === 'write').length;
const held = (order: Order<KeapOrderResult>) => until(order, ({ hold }) => hold !== undefined);

/** A process of its own that is connected and waits for the word to start the order. */
async function startingProcess(input: Input, times: number) {
  const args = [STARTING_PROCESS, inject('temporalAddress'), rig.taskQueue, JSON.stringify(input), String(times)];
  const child = spawn(process.execPath, [RUN_SOURCE, ...args], { stdio: ['pipe', 'pipe', 'inherit'] });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  expect((await lines.next()).value).toBe('ready');
  return {
    go: () => child.stdin.write('go\n'),
    starts: async () => JSON.parse((await lines.next()).value ?? '[]') as { how: string; orderId: string }[],
  };
}

describe('the same order', () => {
  test('started many times at once from two processes is one order', async () => {
    const input = shop.order();
    const processes = await Promise.all([startingProcess(input, 3), startingProcess(input, 3)]);
    for (const each of processes) each.go();
    const starts = (await Promise.all(processes.map((each) => each.starts()))).flat();
    expect(starts).toHaveLength(6);
    expect(starts.filter(({ how }) => how === 'started')).toHaveLength(1);
    expect(new Set(starts.map(({ orderId }) => orderId)).size).toBe(1);
    whole(input);
  });

  test('started again while it runs is joined', async () => {
    const input = shop.order();
    const paying = shop.sandbox.hold({ operation: 'orderPayments.create' });
    const first = await rig.waybill.start(keapOrder, input);
    await paying.reached;
    const second = await rig.waybill.start(keapOrder, input);
    paying.release();
    expect([first.how, second.how]).toEqual(['started', 'joined']);
    expect(await second.result()).toEqual(await first.result());
    whole(input);
  });

  test('started again after it was completed gives the first result, and nothing is sent', async () => {
    const input = shop.order();
    const first = await (await rig.waybill.start(keapOrder, input)).result();
    const before = requests();
    const again = await rig.waybill.start(keapOrder, input);
    expect(again.how).toBe('finished');
    expect(await again.result()).toEqual(first);
    expect(requests()).toBe(before);
  });

  test('is the same whatever the case of its reference and the order of its members', async () => {
    const input = shop.order({ reference: `Case-${randomUUID().slice(0, 8)}` });
    const first = await rig.waybill.start(keapOrder, input);
    const result = await first.result();
    const members = Object.entries(input).toReversed();
    for (const reference of [input.reference.toLowerCase(), input.reference.toUpperCase()]) {
      const again = await rig.waybill.start(keapOrder, { ...Object.fromEntries(members), reference });
      expect(again).toMatchObject({ how: 'finished', workflowId: first.workflowId });
      expect(await again.result()).toEqual(result);
    }
    whole(input);
  });

  test('may run again after a failure that left nothing', async () => {
    const input = shop.order();
    shop.sandbox.faults.add({ kind: 'business', operation: 'orderPayments.create' });
    const first = await rig.waybill.start(keapOrder, input);
    await expect(first.result()).rejects.toMatchObject({ failure: { type: 'Rejected' }, outcome: { left: [] } });
    expectNothingLeft(shop.sandbox.ledger());
    const again = await Promise.all([rig.waybill.start(keapOrder, input), rig.waybill.start(keapOrder, input)]);
    expect(again.map(({ how }) => how).toSorted()).toEqual(['joined', 'started']);
    expect(await again[0].result()).toMatchObject({ outcome: 'completed' });
    whole(input);
  });

  test('may run again after it was canceled', async () => {
    const input = shop.order({ startAt: new Date(Date.now() + 3_600_000).toISOString() });
    const first = await rig.waybill.start(keapOrder, input);
    expect(await first.cancel()).toMatchObject({ verdict: 'stopped' });
    await expect(first.result()).rejects.toMatchObject({ outcome: { outcome: 'canceled' } });
    const { startAt: _, ...now } = input;
    const again = await rig.waybill.start(keapOrder, now);
    expect(again.how).toBe('started');
    await again.result();
    whole(input);
  });
});

describe('an order with other content under the same reference', () => {
  const change = (input: Input) => ({
    ...input,
    reference: input.reference.toLowerCase(),
    total: '29.95',
    lines: [
      { sku: 'MUG-B', quantity: 1, unitPrice: '24.95', name: 'Blue mug' },
      { kind: 'shipping', quantity: 1, unitPrice: '5.00', name: 'Standard shipping' },
    ],
  });

  test('is refused while the first one runs, with the fields that differ', async () => {
    const input = shop.order();
    const paying = shop.sandbox.hold({ operation: 'orderPayments.create' });
    const first = await rig.waybill.start(keapOrder, input);
    await paying.reached;
    const before = requests();
    const error = await rig.waybill.start(keapOrder, change(input)).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(DifferentOrderError);
    expect(error).toMatchObject({ workflowId: first.workflowId, fields: ['total', 'lines[0].quantity'] });
    expect(requests()).toBe(before);
    paying.release();
    await first.result();
    whole(input);
  });

  test('is refused after the first one was completed, and nothing is sent', async () => {
    const input = shop.order();
    await (await rig.waybill.start(keapOrder, input)).result();
    const before = requests();
    await expect(rig.waybill.start(keapOrder, change(input))).rejects.toMatchObject({
      name: 'DifferentOrderError',
      fields: ['total', 'lines[0].quantity'],
    });
    expect(requests()).toBe(before);
    whole(input);
  });
});

describe('an order whose contract lets a completed reference run again', () => {
  const keapOrderAgain = { ...keapOrder, again: true as const };
  /** Other content that Keap does not see: what is there is found finished. */
  const later = (input: Input) => ({ ...input, startAt: '2026-01-15T10:30:00Z' });
  const start = (input: unknown) => rig.waybill.start(keapOrderAgain, input);

  test('runs again with other content; with the same content each has the result of its own run', async () => {
    const input = shop.order();
    const first = await start(input);
    const { orderId } = await first.result();
    const second = await start(later(input));
    expect(second.how).toBe('started');
    expect(second.workflowId).toBe(first.workflowId);
    expect(await second.result()).toMatchObject({ orderId, outcome: 'completed' });
    const before = requests();
    const handle = rig.client.workflow.getHandle(first.workflowId);
    const { runId } = await handle.describe();
    for (const content of [input, later(input)]) {
      const again = await start(content);
      expect(again.how).toBe('finished');
      expect(await again.result()).toMatchObject({ orderId });
    }
    expect(requests()).toBe(before);
    expect((await handle.describe()).runId).toBe(runId);
    whole(input);
  });

  test('is its own run to who started it, whatever runs after it', async () => {
    const input = shop.order();
    const first = await start(input);
    await first.result();
    const startAt = new Date(Date.now() + 3_600_000).toISOString();
    const second = await start({ ...input, startAt });
    expect((await second.status()).state).toBe('running');
    expect((await first.status()).state).toBe('completed');
    expect((await start(input)).how).toBe('finished');
    expect(await second.cancel()).toMatchObject({ verdict: 'stopped' });
    await expect(second.result()).rejects.toMatchObject({ outcome: { outcome: 'canceled' } });
    expect((await start(input)).how).toBe('finished');
    whole(input);
  });

  test('is joined while it runs, and refused with other content', async () => {
    const input = shop.order();
    await (await start(input)).result();
    const startAt = new Date(Date.now() + 3_600_000).toISOString();
    const starts = await Promise.all([1, 2, 3].map(() => start({ ...input, startAt })));
    expect(starts.map(({ how }) => how).toSorted()).toEqual(['joined', 'joined', 'started']);
    await expect(start(later(input))).rejects.toMatchObject({ name: 'DifferentOrderError', fields: ['startAt'] });
    await starts[0]?.cancel();
    whole(input);
  });

  test("compares with what Temporal's own client has started", async () => {
    const input = shop.order();
    await (await startRaw(workflowIdOf(input), input)).result();
    expect((await start(input)).how).toBe('finished');
    const again = await start(later(input));
    expect(again.how).toBe('started');
    expect(await again.result()).toMatchObject({ outcome: 'completed' });
    whole(input);
  });
});

describe('an earlier run that left something', () => {
  test('keeps the order from being started, unless it is asked for; then what is there is adopted', async () => {
    const input = shop.order();
    const first = await rig.waybill.start(keapOrder, input);
    // Refused for good after the money moved, and given up: over REST the payment stays.
    const paid = shop.sandbox.hold({ operation: 'orderPayments.create', at: 'done' });
    await paid.reached;
    shop.sandbox.faults.add({ kind: 'business', operation: 'orders.get' });
    paid.release();
    await held(first);
    await first.resolve({ hold: 'hold-1', answer: 'abandon' });
    await until(first, ({ hold }) => hold?.id === 'hold-2');
    await first.resolve({ hold: 'hold-2', answer: 'leave' });
    await expect(first.result()).rejects.toMatchObject({ outcome: { left: [{ amount: '54.90' }, {}] } });

    const before = requests();
    const error = await rig.waybill.start(keapOrder, input).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(LeftoverError);
    expect((error as LeftoverError).outcome?.left.map(({ what }) => what)).toEqual([
      'the payment is reversed',
      'the unpaid order is gone',
    ]);
    expect(requests()).toBe(before);

    const [written, again] = [writes(), await rig.waybill.start(keapOrder, input, { again: true })];
    expect(again.how).toBe('started');
    expect(await again.result()).toMatchObject({ outcome: 'completed', paid: '54.90' });
    expect(writes()).toBe(written);
    whole(input);
  });

  test('by being terminated: nobody knows what it left, until the next run has looked', async () => {
    const input = shop.order();
    const paid = shop.sandbox.hold({ operation: 'orderPayments.create', at: 'done' });
    const first = await rig.waybill.start(keapOrder, input);
    await paid.reached;
    await rig.client.workflow.getHandle(first.workflowId).terminate('by the test');
    paid.release();
    await expect(first.result()).rejects.toMatchObject({ outcome: undefined, failure: undefined });
    await expect(rig.waybill.start(keapOrder, input)).rejects.toThrow(/it was terminated/);
    const again = await rig.waybill.start(keapOrder, input, { again: true });
    expect(await again.result()).toMatchObject({ outcome: 'completed' });
    whole(input);
  });
});

/** The order as its parsed form stands in no client of ours: what somebody types into the UI or sends from elsewhere. */
const workflowIdOf = (input: { readonly reference: string; readonly connection?: unknown }) =>
  orderWorkflowId(keapOrder.name, { connection: String(input.connection), reference: input.reference });

/** Starts it as Temporal's own client does, whatever the arguments are. */
const startRaw = (workflowId: string, ...args: unknown[]) =>
  rig.client.workflow.start('keapOrder', { workflowId, taskQueue: rig.taskQueue, args });

/** It ends at once as `Rejected`, says why, and nothing was sent. */
async function expectRejected(workflowId: string, says: RegExp): Promise<void> {
  const handle = rig.client.workflow.getHandle(workflowId);
  await expect(handle.result()).rejects.toMatchObject({
    cause: { type: 'Rejected', message: expect.stringMatching(says) },
  });
  const { status, memo, historyLength } = await handle.describe();
  expect(status.name).toBe('FAILED');
  expect(memo?.['waybill.outcome']).toMatchObject({ outcome: 'failed', undone: [], left: [] });
  // Started, one task, the check of the input, its failure: anything repeated would make it longer.
  expect(historyLength).toBeLessThan(15);
  await expectNoFailedTask(rig.client, workflowId);
  expect(shop.sandbox.ledger().requests).toEqual([]);
}

const anyId = () => `keapOrder/${shop.connection}/RAW-${randomUUID().slice(0, 8).toUpperCase()}`;

describe("an order that Temporal's own client starts", () => {
  const MIB = 1024 * 1024;
  const notOrders: Record<string, readonly unknown[]> = {
    'no input at all': [],
    null: [null],
    'a text': ['an order, please'],
    'a number': [42],
    'a truth value': [true],
    'a list': [[{ reference: 'X' }]],
    'an empty object': [{}],
    'bytes that are no JSON': [new Uint8Array([0, 255, 254])],
    'a text of 1 MiB': ['x'.repeat(MIB)],
    'a member name of 1 MiB': [{ ['x'.repeat(MIB)]: 1 }],
    'a hundred thousand members': [Object.fromEntries(Array.from({ length: 100_000 }, (_, i) => [`m${i}`, 1]))],
    'a hundred thousand wrong lines': [{ lines: Array.from({ length: 100_000 }, () => ({})) }],
  };

  test.each(Object.entries(notOrders))('with %s is rejected', async (_, args) => {
    const workflowId = anyId();
    await startRaw(workflowId, ...args);
    await expectRejected(workflowId, /the order cannot be read/);
  });

  const wrong: Record<string, readonly [change: Record<string, unknown>, says: RegExp]> = {
    'an unknown member': [{ colour: 'blue' }, /colour: is not a field/],
    'a total that does not match': [{ total: '1.00' }, /total: 1\.00 is not the sum of the lines, 54\.90/],
    'no lines': [{ lines: [] }, /lines: expected at least one line/],
    'money as a number': [{ total: 54.9 }, /total: write it as a string/],
    'notes of 1 MiB': [{ notes: 'x'.repeat(MIB) }, /notes: expected text of 1 to 1000 characters/],
    'what the transport cannot carry': [{ flow: 'place-order' }, /flow: place-order exists on XML-RPC only/],
  };

  test.each(Object.entries(wrong))('with %s is rejected, and the field is named', async (_, [change, says]) => {
    const input = shop.order(change);
    await startRaw(workflowIdOf(input), input);
    await expectRejected(workflowIdOf(input), says);
  });

  test('with lines that are right each, and too much together, is rejected', async () => {
    const line = { sku: 'MUG-B', quantity: 1, unitPrice: '1.00', name: 'x'.repeat(100), description: 'x'.repeat(400) };
    const lines = Array.from({ length: 450 }, () => line);
    const input = shop.order({ lines, total: '450.00' });
    await startRaw(workflowIdOf(input), input);
    await expectRejected(workflowIdOf(input), /the input: has \d+ characters as JSON/);
  });

  test.each([
    ['in lower case', (id: string) => id.toLowerCase()],
    ['without the connection', (id: string) => id.replace(/\/.*\//, '/')],
    ['of another order', (id: string) => `${id}-2`],
    ['of no order', () => `by-hand-${randomUUID()}`],
  ])('under a workflow id %s is rejected, with the id that it must have', async (_, change) => {
    const input = shop.order();
    const workflowId = change(workflowIdOf(input));
    await startRaw(workflowId, input);
    await expectRejected(workflowId, new RegExp(`must run as workflow ${workflowIdOf(input)}\n`));
  });

  test('for a connection that nobody has configured is rejected, with those that there are', async () => {
    const input = shop.order({ connection: 'keap/nobody' });
    await startRaw(workflowIdOf(input), input);
    await expectRejected(workflowIdOf(input), new RegExp(`keap/nobody is not configured\n.*${shop.connection}`));
  });

  test('rightly is carried out, and gets its search attributes', async () => {
    const input = shop.order();
    const handle = await startRaw(workflowIdOf(input), input);
    expect(await handle.result()).toMatchObject({ outcome: 'completed', paid: '54.90' });
    const { typedSearchAttributes } = await handle.describe();
    expect(typedSearchAttributes.get(attributes.connection)).toBe(shop.connection);
    expect(typedSearchAttributes.get(attributes.reference)).toBe(input.reference.toUpperCase());
    expect(typedSearchAttributes.get(attributes.phase)).toBe('completed');
    whole(input);
  });

  test('is the same order for our client, which compares with what was started', async () => {
    const input = shop.order();
    const paying = shop.sandbox.hold({ operation: 'orderPayments.create' });
    const handle = await startRaw(workflowIdOf(input), input);
    await paying.reached;
    expect((await rig.waybill.start(keapOrder, input)).how).toBe('joined');
    await expect(rig.waybill.start(keapOrder, { ...input, notes: 'Ring twice' })).rejects.toMatchObject({
      fields: ['notes'],
    });
    paying.release();
    await handle.result();
    const again = await rig.waybill.start(keapOrder, input);
    expect(again.how).toBe('finished');
    whole(input);
  });

  test('and that was rejected may be started rightly', async () => {
    const input = shop.order();
    await startRaw(workflowIdOf(input), { ...input, colour: 'blue' });
    await expectRejected(workflowIdOf(input), /colour/);
    const again = await rig.waybill.start(keapOrder, input);
    expect(again.how).toBe('started');
    await again.result();
    whole(input);
  });
});

describe('the Temporal CLI', () => {
  const run = promisify(execFile);

  async function startByHand(workflowId: string, input: unknown): Promise<void> {
    const folder = await mkdtemp(join(tmpdir(), 'waybill-test-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    const file = join(folder, 'order.json');
    await writeFile(file, JSON.stringify(input));
    const where = ['--address', inject('temporalAddress'), '--namespace', 'default', '--task-queue', rig.taskQueue];
    const what = ['--type', 'keapOrder', '--workflow-id', workflowId, '--input-file', file];
    // Whatever configuration of Temporal's the machine has is not part of the test.
    const env = { HOME: folder, PATH: process.env.PATH ?? '' };
    await run(inject('temporalExecutable'), ['workflow', 'start', ...where, ...what], { env });
  }

  test('starts an order that is carried out', async () => {
    const input = shop.order();
    await startByHand(workflowIdOf(input), input);
    const result = await rig.client.workflow.getHandle(workflowIdOf(input)).result();
    expect(result).toMatchObject({ outcome: 'completed', reference: input.reference });
    whole(input);
  });

  test('is refused a bad order and a wrong workflow id, and nothing is sent', async () => {
    const input = shop.order();
    await startByHand(workflowIdOf(input), { ...input, total: '1.00' });
    await expectRejected(workflowIdOf(input), /total/);
    await startByHand('my-order', input);
    await expectRejected('my-order', /must run as workflow/);
  });
});

test('a process that is told to start ends when its standard input does', async () => {
  const child = spawn(process.execPath, [RUN_SOURCE, STARTING_PROCESS, inject('temporalAddress'), 'none', '{}', '1']);
  child.stdin.end();
  expect(await once(child, 'exit')).toEqual([1, null]);
});
