import type { Client, WorkflowHandle } from '@temporalio/client';
import { expect, test } from 'vitest';
import { Order } from '../../src/client/order.js';

const happening = (n: number) => ({ n, at: '2026-01-15T10:30:00.000Z', text: `thing ${n}` });

/** An order that ends while it is being looked at: the server says so a moment after a question was answered. */
function ending(): Order {
  let ended = false;
  const handle = {
    workflowId: 'keapOrder/keap/acme/EXT-1001',
    query: async () => ({ happenings: [happening(1), ...(ended ? [happening(2)] : [])] }),
    describe: async () => {
      await new Promise((resolve) => setImmediate(resolve));
      ended = true;
      return { status: { name: 'COMPLETED' }, typedSearchAttributes: { get: () => undefined }, memo: {}, raw: {} };
    },
  };
  const client = { withDeadline: (_: number, call: () => unknown) => call() };
  return new Order(client as unknown as Client, handle as unknown as WorkflowHandle, 'keapOrder');
}

test('a follower is told what happened last, even when the order ends while it is being asked', async () => {
  const seen: number[] = [];
  for await (const { n } of ending().follow()) seen.push(n);
  expect(seen).toEqual([1, 2]);
});
