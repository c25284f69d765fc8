import { afterEach, beforeEach, expect, test } from 'vitest';
import { type BigcommerceSandbox, bigcommerceDemonstration } from '../../../src/sandbox/index.js';
import { api, bigcommerce, createOrder, ship, stopBigcommerce } from './wire.js';

let sandbox: BigcommerceSandbox;

beforeEach(async () => {
  sandbox = await bigcommerce();
});
afterEach(stopBigcommerce);

test('what happened is told of the orders that came to be since, and of the parcels and the money of all', async () => {
  const old = await createOrder(sandbox, { status_id: 11 });
  const before = sandbox.ledger();
  const first = await createOrder(sandbox, { status_id: 11 });
  await ship(sandbox, first.id);
  const second = await createOrder(sandbox);
  await api(sandbox, 'PUT', `/v2/orders/${second.id}`, { status_id: 5 });
  await api(sandbox, 'DELETE', `/v2/orders/${second.id}`);
  await ship(sandbox, old.id);
  const { orderId } = sandbox.controls.seedOrder({ payment: 'captured', shipping: 0 });
  sandbox.controls.refund({ orderId, amount: 4.95 });
  await api(sandbox, 'POST', '/v2/orders', {});
  const { facts, requests } = bigcommerceDemonstration.happenedBetween(before, sandbox.ledger());
  expect(facts).toEqual({
    ...{ created: 2, ended: 1, archived: 1, shipped: 6, parcels: 2, createRequests: 3 },
    ...{ captureRequests: 0, taken: '24.95', refunded: '4.95' },
  });
  expect(requests).toBe(11);
});

test('its connection opens the seeded store', () => {
  expect(bigcommerceDemonstration.connections(sandbox.url)).toEqual({
    'bigcommerce/sandbox': expect.objectContaining({
      url: sandbox.url,
      paymentsUrl: sandbox.url,
      storeHash: 'sandbox1',
    }),
  });
});
