import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { LogisticsPlusFault, LogisticsPlusLedgerOrder } from '../../../src/sandbox/index.js';
import { expectNoFailedTask } from '../expect-no-failed-task.js';
import { until } from '../serving.js';
import { openWarehouses, plainOrder, type Warehouse, type WarehouseOrder, type WarehouseRig, waits } from './rig.js';

/** As many cases run at once (`maxConcurrency`); each has a warehouse to itself. */
const WAREHOUSES = 8;

/** More than our time-out for an answer: 60 s of the sandbox's clock, and what the attempt adds to it. */
const TOO_LATE_MS = 100_000;

/** What can go wrong with a request; all but the last let the write be done in the end. */
const faults: Record<string, Record<string, unknown> & { kind: LogisticsPlusFault['kind'] }> = {
  'refused connections': { kind: 'refuse', ms: 20_000 },
  'reset before the work': { kind: 'reset-before' },
  'done, answer dropped': { kind: 'reset-after' },
  'done, answer after our time-out': { kind: 'late', ms: TOO_LATE_MS },
  'done after our time-out': { kind: 'late-before', ms: TOO_LATE_MS },
  '500 before': { kind: '500-before' },
  '500 after': { kind: '500-after' },
  '503 of a proxy, done': { kind: '503' },
  '503 of a proxy, not done': { kind: '503', worked: false },
  '429 in seconds': { kind: '429', retryAfter: 1 },
  '429 with a date': { kind: '429', retryAfter: 1, form: 'date' },
  '429 without a word': { kind: '429' },
  'HTML, done': { kind: 'html' },
  'HTML, not done': { kind: 'html', worked: false },
  'truncated, done': { kind: 'truncated' },
  'truncated, not done': { kind: 'truncated', worked: false },
  'malformed, done': { kind: 'malformed' },
  'malformed, not done': { kind: 'malformed', worked: false },
  'key refused in the middle': { kind: '401' },
  'slow body': { kind: 'slow-body', ms: TOO_LATE_MS },
  'an answer of 3 MiB': { kind: 'huge', bytes: 3 * 1024 * 1024 },
  'refused for good': { kind: 'business' },
};

let rig: WarehouseRig;
const free: Warehouse[] = [];
const queue: ((warehouse: Warehouse) => void)[] = [];
beforeAll(async () => {
  rig = await openWarehouses(Array(WAREHOUSES).fill({}));
  free.push(...rig.warehouses);
});
afterAll(() => rig.close());

/** Lends a warehouse that nobody else uses meanwhile, fresh from its seed. */
async function lend(use: (warehouse: Warehouse) => Promise<void>): Promise<void> {
  const lent = free.pop() ?? (await new Promise<Warehouse>((take) => queue.push(take)));
  try {
    lent.sandbox.reset();
    await use(lent);
  } finally {
    const next = queue.shift();
    if (next === undefined) free.push(lent);
    else next(lent);
  }
}

/** What is wanted of an order, as the ledger shows it. */
type Wanted = Pick<ReturnType<typeof plainOrder>, 'orderLines' | 'note'>;

/** The one order under the reference; whatever else is there may ship too. */
function theOne({ ledgerOrders }: Warehouse, reference: string): LogisticsPlusLedgerOrder {
  const orders = ledgerOrders(reference);
  expect(orders).toHaveLength(1);
  const [order] = orders;
  if (order === undefined) throw new Error(`no order under ${reference}`);
  return order;
}

function expectExactly(order: LogisticsPlusLedgerOrder, { orderLines, note }: Wanted): void {
  expect(order.status).not.toBe('CAN');
  expect(order.note).toBe(note);
  expect(order.lines).toMatchObject(orderLines);
  expect(order.shipments).toHaveLength(1);
  expect(order.shipments[0]?.lines).toMatchObject(orderLines);
}

/** The warehouse ships it; by its end every look for a double has been taken. */
async function ship(warehouse: Warehouse, order: WarehouseOrder, reference: string, wanted: Wanted): Promise<void> {
  const { controls } = warehouse.sandbox;
  controls.pick({ reference });
  controls.finalize({ reference });
  await rig.client.workflow.signalWithStart('hints', {
    workflowId: `hints/${warehouse.connection}`,
    taskQueue: rig.taskQueue,
    args: [warehouse.connection],
    signal: 'hinted',
    signalArgs: [[reference]],
  });
  expect(await order.result()).toMatchObject({ fulfillment: 'SHIPPED', personInvolved: false });
  expectExactly(theOne(warehouse, reference), wanted);
  expect(warehouse.sandbox.ledger().orders).toHaveLength(1);
  await expectNoFailedTask(rig.client, order.workflowId);
}

function expectFired({ sandbox }: Warehouse, id: number): void {
  expect(sandbox.ledger().faults.find((fault) => fault.id === id)?.fired).toBe(1);
}

describe.concurrent('a create', () => {
  test.each(Object.entries(faults))('%s', (_, fault) =>
    lend(async (warehouse) => {
      const { id } = warehouse.sandbox.faults.add({ ...fault, operation: 'orders.create' } as LogisticsPlusFault);
      const input = warehouse.order();
      const order = await warehouse.start(input);
      const { hold } = await until(order, (now) => {
        return now.phase === 'waiting' || now.hold !== undefined || now.state !== 'running';
      });
      expect(hold).toBeUndefined();
      expectFired(warehouse, id);
      if (fault.kind === 'business') {
        await expect(order.result()).rejects.toMatchObject({ outcome: { outcome: 'failed', left: [] } });
        expect(warehouse.sandbox.ledger().orders).toEqual([]);
        await expectNoFailedTask(rig.client, order.workflowId);
        return;
      }
      expectExactly(theOne(warehouse, input.reference), plainOrder());
      await ship(warehouse, order, input.reference, plainOrder());
    }),
  );
});

describe.concurrent('an amendment', () => {
  const amended: Wanted = {
    orderLines: [
      { externalLineReference: '20', productCode: 'KETTLE-E', quantity: 3 },
      { externalLineReference: '30', productCode: 'TEA-1', quantity: 4 },
    ],
    note: 'AIR - FASTEST',
  };

  test.each(Object.entries(faults))('%s', (_, fault) =>
    lend(async (warehouse) => {
      const input = warehouse.order();
      const { reference } = input;
      const order = await warehouse.start(input);
      await waits(order);
      const { id } = warehouse.sandbox.faults.add({ ...fault, operation: 'orders.update' } as LogisticsPlusFault);
      const asked = order.send('amend', { ...input, ...amended });
      if (fault.kind === 'business') {
        await expect(asked).rejects.toThrow(/Refused by the sandbox/);
        expectFired(warehouse, id);
        expect(theOne(warehouse, reference).patches).toEqual([]);
        await ship(warehouse, order, reference, plainOrder());
        return;
      }
      await asked;
      // The answer may be "pending"; what became of it is told when it is decided.
      const { hold, happenings } = await until(order, (now) => {
        return now.hold !== undefined || now.happenings.some(({ text }) => /^amend( refused)?: /.test(text));
      });
      expect(hold).toBeUndefined();
      expect(happenings.map(({ text }) => text)).toContain('amend: the order and its shipments show it');
      expectFired(warehouse, id);
      const there = theOne(warehouse, reference);
      expectExactly(there, amended);
      // Twice is as good as once, but never anything else.
      expect(there.patches.length).toBeGreaterThan(0);
      for (const { note, lines } of there.patches) expect({ note, orderLines: lines }).toMatchObject(amended);
      await ship(warehouse, order, reference, amended);
    }),
  );
});
