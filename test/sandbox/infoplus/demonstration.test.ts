import { afterEach, beforeEach, expect, test } from 'vitest';
import { type InfoplusSandbox, infoplusDemonstration, infoplusSeed } from '../../../src/sandbox/index.js';
import { api, createOrder, infoplus, linesOf, stopInfoplus } from './wire.js';

let sandbox: InfoplusSandbox;

beforeEach(async () => {
  sandbox = await infoplus();
});
afterEach(stopInfoplus);

test('the connection of a demonstration opens the imitation', async () => {
  const { apiKey, lobId: lineOfBusiness, warehouseId: warehouse, carrierId: carrier } = infoplusSeed;
  const { url } = sandbox;
  expect(infoplusDemonstration.connections(url)).toEqual({
    'infoplus/sandbox': { url, apiKey, lineOfBusiness, warehouse, carrier },
  });
  for (const path of [`lineOfBusiness/${lineOfBusiness}`, `warehouse/${warehouse}`, `carrier/${carrier}`]) {
    expect((await api(sandbox, 'GET', `/${path}`)).status).toBe(200);
  }
});

test('what happened is told of the orders that came since', async () => {
  await createOrder(sandbox, 'OLD');
  const before = sandbox.ledger();
  await createOrder(sandbox, 'A', linesOf({ 'MUG-B': 3, 'LAMP-3': 1 }));
  await createOrder(sandbox, 'B');
  await createOrder(sandbox, 'C');
  await api(sandbox, 'POST', '/order', {});
  await api(sandbox, 'PUT', '/order/48212/tag/a');
  await api(sandbox, 'DELETE', '/order/48213');
  sandbox.controls.process({ reference: 'A' });
  const parcels = [{ lines: [{ sku: 'MUG-B', quantity: 1 }] }, {}];
  sandbox.controls.ship({ orderNo: 48212, parcels });
  sandbox.controls.cancel({ reference: 'C' });
  sandbox.controls.process({ reference: 'OLD' });
  sandbox.controls.ship({ reference: 'OLD' });
  expect(infoplusDemonstration.happenedBetween(before, sandbox.ledger())).toEqual({
    facts: {
      ...{ created: 3, backOrders: 1, deleted: 1, cancelled: 1, shipped: 3, parcels: 2, createRequests: 4, changes: 1 },
    },
    requests: 6,
  });
});
