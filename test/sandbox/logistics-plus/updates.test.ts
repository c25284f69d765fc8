import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { LogisticsPlusSandbox } from '../../../src/sandbox/index.js';
import { api, createOrder, logisticsPlus, newOrder, search, stopLogisticsPlus } from './wire.js';

let sandbox: LogisticsPlusSandbox;
let id: string;
const reference = 'SHOP-1';

beforeEach(async () => {
  sandbox = await logisticsPlus();
  ({ id } = await createOrder(sandbox));
});
afterEach(stopLogisticsPlus);

const fourMugs = {
  secondaryReference: 'WEB-1-R1',
  orderLines: [{ externalLineReference: '010', productCode: 'MUG-B', quantity: 4, quantityUnit: 'UNT' }],
};
const patch = (change: object) => api(sandbox, 'PATCH', `/orders/${id}`, newOrder(reference, change));
const only = () => {
  const [order, ...others] = sandbox.ledger().orders;
  if (order === undefined || others.length > 0) throw new Error('not one order');
  return order;
};

test('the answer has the order new and its shipment and date old; the shipment follows', async () => {
  sandbox.clock.advance(60_000);
  const [before] = await search(sandbox);
  const { status, body } = await patch(fourMugs);
  expect(status).toBe(200);
  const old = {
    dateLastUpdated: before.shipments[0].dateLastUpdated,
    secondaryReference: 'WEB-1',
    shipmentLines: [{ quantity: 2 }],
  };
  const changed = { id, dateLastUpdated: before.dateLastUpdated, secondaryReference: 'WEB-1-R1' };
  expect(body.data).toMatchObject({ ...changed, orderLines: [{ quantity: 4 }], shipments: [old] });
  expect(await search(sandbox)).toMatchObject([{ ...changed, shipments: [old] }]);
  expect(only()).toMatchObject({
    patches: [{ followedAt: null, secondaryReference: 'WEB-1-R1', lines: [{ quantity: 4 }] }],
  });

  sandbox.clock.advance(3_000);
  const [after] = await search(sandbox);
  expect(after.shipments).toMatchObject([{ secondaryReference: 'WEB-1-R1', shipmentLines: [{ quantity: 4 }] }]);
  expect(Date.parse(after.dateLastUpdated)).toBeGreaterThan(Date.parse(before.dateLastUpdated));
  expect(only().patches[0]?.followedAt).not.toBe(null);
});

test('a PATCH replaces the whole order: what it leaves out is gone', async () => {
  const { body } = await patch({
    secondaryReference: undefined,
    note: undefined,
    additionalReferences: undefined,
    orderLines: [{ productCode: 'TEA-1', quantity: 1 }],
  });
  expect(body.data).not.toHaveProperty('note');
  expect(body.data).not.toHaveProperty('secondaryReference');
  expect(body.data.additionalReferences).toEqual([]);
  expect(body.data.orderLines).toMatchObject([{ lineNumber: '1', productCode: 'TEA-1' }]);
  sandbox.clock.advance(3_000);
  expect(only().shipments[0]?.lines).toMatchObject([{ productCode: 'TEA-1', quantity: 1 }]);
});

test('the same PATCH again changes nothing more', async () => {
  await patch(fourMugs);
  await patch(fourMugs);
  sandbox.clock.advance(3_000);
  expect(only().shipments).toMatchObject([{ lines: [{ quantity: 4 }] }]);
  expect(sandbox.ledger().orders).toHaveLength(1);
});

describe.each([400, 409, 422] as const)('refused with %i', (patchRefusal) => {
  beforeEach(() => sandbox.controls.settings({ patchRefusal }));

  test.each([
    ['another warehouse', { warehouseCode: 'CLW' }],
    ['another reference', { primaryReference: 'SHOP-2' }],
  ])('%s', async (_, change) => {
    expect((await patch(change)).status).toBe(patchRefusal);
    expect(only()).toMatchObject({ warehouseCode: 'LAW', primaryReference: reference, patches: [] });
  });

  test.each(['PIC', 'FIN', 'CAN', 'QCK'])('a shipment in %s', async (status) => {
    sandbox.controls.setShipmentStatus({ reference, status });
    expect((await patch(fourMugs)).status).toBe(patchRefusal);
    expect(only()).toMatchObject({ patches: [], lines: [{ quantity: 2 }] });
  });

  test('one shipment of two in PIC', async () => {
    const [made] = sandbox.controls.split({ reference, lines: [{ line: '010', quantity: 1 }] });
    sandbox.controls.pick({ reference, shipmentId: made?.shipmentId });
    expect((await patch(fourMugs)).status).toBe(patchRefusal);
  });
});

test.each([
  ['unknown product', { orderLines: [{ productCode: 'NO', quantity: 1 }] }],
  ['rate group with the transportDetail of a search', { rateGroup: 'ECO', transportDetail: {} }],
])('the rules of creation apply: %s', async (_, change) => {
  sandbox.controls.settings({ patchRefusal: 409 });
  expect((await patch(change)).status).toBe(400);
});

test('a held order can be changed', async () => {
  sandbox.controls.hold({ reference });
  expect((await patch(fourMugs)).status).toBe(200);
  sandbox.clock.advance(3_000);
  expect(only().shipments).toMatchObject([{ status: 'HEL', lines: [{ quantity: 4 }] }]);
});

test('what is picked before the change has arrived is picked as it was', async () => {
  await patch(fourMugs);
  sandbox.controls.pick({ reference });
  sandbox.clock.advance(3_000);
  sandbox.controls.finalize({ reference });
  expect(only()).toMatchObject({
    lines: [{ quantity: 4 }],
    shipments: [{ status: 'FIN', secondaryReference: 'WEB-1', lines: [{ quantity: 2 }] }],
    patches: [{ followedAt: null }],
  });
});

test('a shipment that comes late comes with the change', async () => {
  sandbox.controls.settings({ shipmentDelayMs: 10_000 });
  ({ id } = await createOrder(sandbox, 'LATE'));
  await api(sandbox, 'PATCH', `/orders/${id}`, newOrder('LATE', fourMugs));
  sandbox.clock.advance(10_000);
  expect(await search(sandbox, 'LATE')).toMatchObject([{ shipments: [{ shipmentLines: [{ quantity: 4 }] }] }]);
});

test('of several shipments the first takes up what a change adds or takes away', async () => {
  sandbox.controls.split({ reference, lines: [{ line: '1', quantity: 1 }] });
  const quantities = () => only().shipments.map(({ lines }) => lines.map(({ quantity }) => quantity));
  expect(quantities()).toEqual([[1], [1]]);
  await patch(fourMugs);
  sandbox.clock.advance(3_000);
  expect(quantities()).toEqual([[3], [1]]);
});
