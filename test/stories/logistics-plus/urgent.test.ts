import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openWarehouses, type WarehouseRig, waits } from './rig.js';

/** Enough that they would keep the account busy for four minutes. */
const QUEUED = 500;

/** In real time, at the real limit: what is measured is who goes first. */
let rig: WarehouseRig;
beforeAll(async () => {
  rig = await openWarehouses(
    [{ options: { throttle: { perSecond: 2 } }, settings: { limits: [{ limit: 2, perMs: 1_000 }] } }],
    { pace: 1 },
  );
});
afterAll(() => rig.close());

test('a cancel overtakes five hundred reads that wait, and the limit is kept', async () => {
  const [warehouse] = rig.warehouses;
  if (warehouse === undefined) throw new Error('no warehouse');
  const { sandbox } = warehouse;
  const input = warehouse.order();
  const order = await warehouse.start(input);
  await waits(order);
  const others = await Promise.all(
    Array.from({ length: QUEUED }, () =>
      warehouse.start({ ...warehouse.order(), reference: `Q-${randomUUID().slice(0, 8)}` }),
    ),
  );
  const ours = () => sandbox.ledger().requests.filter(({ path }) => path.includes(input.reference));
  const before = ours().length;
  const asked = sandbox.clock.now();
  const answer = await order.cancel();
  expect(answer.verdict).toBe('pending');
  const [read] = ours().slice(before);
  expect(read).toBeDefined();
  expect((read?.time ?? Number.POSITIVE_INFINITY) - asked).toBeLessThan(3_000);
  // They still waited: what came first was the cancel, not the end of the queue.
  expect(sandbox.ledger().requests.length).toBeLessThan(QUEUED / 2);
  expect(sandbox.ledger().throttleBreaches).toEqual([]);
  await Promise.all(others.map((each) => rig.client.workflow.getHandle(each.workflowId).terminate()));
  await rig.client.workflow.getHandle(order.workflowId).terminate();
});
