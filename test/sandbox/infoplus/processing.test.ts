import { afterEach, beforeEach, expect, test } from 'vitest';
import type { InfoplusSandbox } from '../../../src/sandbox/index.js';
import { api, createOrder, getOrder, infoplus, linesOf, query, stopInfoplus } from './wire.js';

let sandbox: InfoplusSandbox;

beforeEach(async () => {
  sandbox = await infoplus();
});
afterEach(stopInfoplus);

const run = (orderNoList: unknown, fulfillmentPlanId: unknown = 7, shipDate: unknown = '2026-03-03') =>
  api(sandbox, 'POST', '/order/runFulfillmentPlan', { orderNoList, fulfillmentPlanId, shipDate });

test('a run gives one outcome for each order, and a failure comes within a success', async () => {
  for (const name of ['A', 'B', 'C', 'D', 'E']) await createOrder(sandbox, name);
  sandbox.controls.holdOrder({ reference: 'B' });
  sandbox.controls.cancel({ reference: 'C' });
  await createOrder(sandbox, 'F', linesOf({ 'LAMP-3': 1 }));
  await createOrder(sandbox, 'G', { warehouseId: 1_001 });
  const { status, body } = await run([48211, 48212, 48213, '48214', 7, 48216, 48217]);
  expect(status).toBe(200);
  const failed = (id: number, problem: string) => ({
    ...{ id, status: 'Error', entity: null, messageList: [expect.stringContaining(problem)] },
  });
  const success = (orderNo: number) => ({
    ...{ id: orderNo, status: 'Success', entity: { orderNo, processNo: 3120 }, messageList: [] },
  });
  expect(body).toEqual([
    success(48211),
    failed(48212, 'is held'),
    failed(48213, 'is Cancelled'),
    success(48214),
    failed(7, 'Could not find an Order with id 7.'),
    failed(48216, 'nothing of it is in stock'),
    failed(48217, 'is not in the warehouse of plan 7'),
  ]);
  const statuses = sandbox.ledger().orders.map((order) => order.status);
  const expected = ['Processed', 'On Order', 'Cancelled', 'Processed', 'On Order', 'Back Order', 'On Order'];
  expect(statuses).toEqual(expected);
  expect(await getOrder(sandbox, 48211)).toMatchObject({ fulfillmentProcessId: 3120 });
});

test('what is processed is not processed again', async () => {
  await createOrder(sandbox);
  expect((await run([48211, 48211])).body).toMatchObject([{ status: 'Success' }]);
  expect((await run([48211])).body).toMatchObject([{ status: 'Error' }]);
});

test('orders of one run share the stock', async () => {
  sandbox.controls.seedItem({ sku: 'VASE-1', onHand: 3 });
  for (const name of ['A', 'B']) await createOrder(sandbox, name, linesOf({ 'VASE-1': 2, 'MUG-B': 1 }));
  await run([48211, 48212]);
  expect(
    sandbox.ledger().orders.map(({ orderNo, lines }) => [orderNo, lines[0]?.orderedQty, lines[0]?.allowedQty]),
  ).toEqual([
    ['48211', 2, 2],
    ['48212', 2, 1],
    ['48212.001', 1, 0],
  ]);
});

test('a plan may ship at once', async () => {
  await createOrder(sandbox);
  expect((await run([48211], 8)).body).toMatchObject([{ status: 'Success' }]);
  expect(await getOrder(sandbox, 48211)).toMatchObject({ status: 'Shipped', shipDate: '2026-03-03T00:00:00Z' });
  expect(sandbox.ledger().shipments).toMatchObject([{ orderNo: '48211' }]);
});

test.each([
  ['no orders', [[], 7, '2026-03-03']],
  ['no list', [48211, 7, '2026-03-03']],
  ['no number', [['x'], 7, '2026-03-03']],
  ['an unknown plan', [[48211], 99, '2026-03-03']],
  ['no date', [[48211], 7, null]],
  ['a date that is none', [[48211], 7, 'soon']],
] as const)('%s is 400', async (_, [orders, plan, date]) => {
  await createOrder(sandbox);
  expect((await run(orders, plan, date)).status).toBe(400);
  expect(sandbox.ledger().orders).toMatchObject([{ status: 'On Order' }]);
});

test('a process tells how far it is', async () => {
  await createOrder(sandbox, 'A', linesOf({ 'MUG-B': 2, 'TEA-1': 1 }));
  await createOrder(sandbox, 'B');
  await run([48211, 48212]);
  sandbox.controls.ship({ reference: 'A' });
  const filter = 'processNo eq 3120';
  const processes = async () => (await api(sandbox, 'GET', `/fulfillmentProcess/search${query({ filter })}`)).body;
  expect(await processes()).toMatchObject([
    {
      ...{ id: 3120, status: 'In Progress', fulfillmentPlanId: 7, shipDate: '2026-03-03T00:00:00Z' },
      ...{
        numberOfOrders: 2,
        numberOfSKUs: 2,
        totalOrdersToShip: 2,
        shippedOrders: 1,
        totalPicks: 3,
        completedPicks: 2,
      },
    },
  ]);
  sandbox.controls.ship({ reference: 'B' });
  expect(await processes()).toMatchObject([{ status: 'Completed', shippedOrders: 2, completedPicks: 3 }]);
});

const external = (change: object = {}) => ({
  ...{ orderId: 48211, lobId: 10_000, carrierId: 1, parcelAccountId: 4, trackingNo: 'EXT123', weightLbs: 2.4 },
  ...change,
});

test('a shipment made outside: recorded, executed, then among the order’s parcels', async () => {
  await createOrder(sandbox);
  const { status, body: made } = await api(sandbox, 'POST', '/externalShipment', external({ shipDate: '2026-03-03' }));
  expect([status, made]).toMatchObject([201, { orderId: 48211, trackingNo: 'EXT123', status: 'New' }]);
  expect((await api(sandbox, 'GET', '/shipment/search')).body).toEqual([]);
  const execute = (idList: unknown) => api(sandbox, 'POST', '/externalShipment/executeExternalShipment', { idList });
  expect((await execute([made.id, 7])).body).toMatchObject([
    { id: made.id, status: 'Success' },
    { id: 7, status: 'Error' },
  ]);
  expect((await execute([made.id])).body).toMatchObject([{ status: 'Error' }]);
  expect((await execute([])).status).toBe(400);
  const { body } = await api(sandbox, 'GET', `/externalShipment/search${query({ filter: 'orderId eq 48211' })}`);
  expect(body).toMatchObject([{ id: made.id, status: 'Executed' }]);
  expect((await api(sandbox, 'GET', `/externalShipment/${made.id}`)).body).toEqual(body[0]);
  expect((await api(sandbox, 'GET', '/shipment/search')).body).toMatchObject([
    { orderNo: 48211, trackingNo: 'EXT123', weightLbs: 2.4, shipDate: '2026-03-03T00:00:00Z' },
  ]);
  expect((await api(sandbox, 'DELETE', `/externalShipment/${made.id}`)).status).toBe(400);
});

test('one that is not executed can be deleted, and one that lacks something is 400', async () => {
  await createOrder(sandbox);
  const { body } = await api(sandbox, 'POST', '/externalShipment', external());
  expect((await api(sandbox, 'DELETE', `/externalShipment/${body.id}`)).status).toBe(200);
  expect((await api(sandbox, 'GET', `/externalShipment/${body.id}`)).status).toBe(404);
  for (const name of ['orderId', 'carrierId', 'parcelAccountId', 'trackingNo', 'lobId']) {
    expect((await api(sandbox, 'POST', '/externalShipment', external({ [name]: undefined }))).status).toBe(400);
  }
  for (const change of [{ orderId: 7 }, { lobId: 10_001 }]) {
    expect((await api(sandbox, 'POST', '/externalShipment', external(change))).status).toBe(400);
  }
});
