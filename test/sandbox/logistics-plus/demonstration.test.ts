import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  type LogisticsPlusSandbox,
  logisticsPlusDemonstration,
  logisticsPlusSeed,
} from '../../../src/sandbox/index.js';
import { api, createOrder, logisticsPlus, newOrder, stopLogisticsPlus } from './wire.js';

let sandbox: LogisticsPlusSandbox;

beforeEach(async () => {
  sandbox = await logisticsPlus();
});
afterEach(stopLogisticsPlus);

test('the connection of a demonstration opens the imitation', async () => {
  const connections = logisticsPlusDemonstration.connections(sandbox.url);
  const { apiKey, slug: organization } = logisticsPlusSeed;
  expect(connections).toEqual({ 'logistics-plus/sandbox': { url: sandbox.url, apiKey, organization } });
});

test('what happened is told of the orders that came since', async () => {
  const { id: old } = await createOrder(sandbox, 'OLD');
  const before = sandbox.ledger();
  const two = {
    orderLines: [
      { productCode: 'MUG-B', quantity: 3 },
      { productCode: 'TEA-1', quantity: 2 },
    ],
  };
  const { id } = await createOrder(sandbox, 'A', two);
  await createOrder(sandbox, 'A');
  await createOrder(sandbox, 'B');
  await api(sandbox, 'POST', '/orders', {});
  await api(sandbox, 'PATCH', `/orders/${id}`, newOrder('A', two));
  sandbox.controls.pick({ reference: 'A' });
  sandbox.controls.finalize({ orderId: id, lines: [{ line: '1', quantity: 1 }] });
  sandbox.controls.cancel({ reference: 'B' });
  sandbox.controls.pick({ orderId: old });
  sandbox.controls.finalize({ orderId: old });
  expect(logisticsPlusDemonstration.happenedBetween(before, sandbox.ledger())).toEqual({
    facts: { created: 3, canceled: 1, shipped: 3, lines: 3, createRequests: 4, amended: 1 },
    requests: 5,
  });
});
