import { afterEach, beforeEach, expect, test } from 'vitest';
import { type LogisticsPlusSandbox, logisticsPlusSeed } from '../../../src/sandbox/index.js';
import { control } from '../http.js';
import { api, createOrder, logisticsPlus, newOrder, search, stopLogisticsPlus } from './wire.js';

let sandbox: LogisticsPlusSandbox;

beforeEach(async () => {
  sandbox = await logisticsPlus();
});
afterEach(stopLogisticsPlus);

test('the ledger has all of an order, over HTTP as in process', async () => {
  const wanted = newOrder();
  const { id } = await createOrder(sandbox, 'SHOP-1', { forwardingData: { incoTerm: 'PPD' }, rateGroup: 'ECO' });
  await api(sandbox, 'PATCH', `/orders/${id}`, newOrder('SHOP-1', { note: 'later' }));
  const { body } = await control(sandbox, 'GET', '/ledger');
  expect({ ...body, now: 0 }).toEqual({ ...sandbox.ledger(), now: 0 });
  const shipTo = {
    address: { ...wanted.shipToAddress.address, isResidential: false },
    contact: wanted.shipToAddress.contact,
  };
  const lines = [{ lineNumber: '1', ...wanted.orderLines[0] }];
  const asked = { secondaryReference: 'WEB-1', shipTo, lines, requiredShipDate: Date.parse(wanted.requiredShipDate) };
  expect(body.orders).toMatchObject([
    {
      ...asked,
      id,
      organization: logisticsPlusSeed.slug,
      warehouseCode: 'LAW',
      primaryReference: 'SHOP-1',
      status: 'PRS',
      note: 'later',
      additionalReferences: [{ key: 'ORD', value: 'SHOP-1' }],
      transportDetail: null,
      rateGroup: null,
      forwardingData: null,
      shipments: [
        { ...asked, wmsId: expect.stringMatching(/^W\d{8}$/), status: 'ENT', pickedAt: null, departure: null },
      ],
      patches: [{ ...asked, note: 'later', followedAt: null }],
    },
  ]);
  expect(body.requests.map(({ operation }: { operation: string }) => operation)).toEqual([
    'orders.create',
    'orders.update',
  ]);
});

test('what the ledger gives is a copy', async () => {
  await createOrder(sandbox);
  const [order] = sandbox.ledger().orders;
  for (const line of order?.lines ?? []) line.quantity = 99;
  expect(sandbox.ledger().orders[0]?.lines[0]?.quantity).toBe(2);
});

test('what has left is in the ledger of its shipment', async () => {
  await createOrder(sandbox);
  await control(sandbox, 'POST', '/controls/pick', { reference: 'SHOP-1' });
  await control(sandbox, 'POST', '/controls/finalize', { reference: 'SHOP-1', lines: [{ line: '1', quantity: 1 }] });
  const [order] = sandbox.ledger().orders;
  expect(order?.lines).toMatchObject([{ quantity: 2 }]);
  expect(order?.shipments).toMatchObject([
    {
      status: 'FIN',
      lines: [{ quantity: 1, sublines: [{ quantity: 1 }] }],
      pickedAt: expect.any(Number),
      departure: {
        shippedAt: expect.any(Number),
        tracking: { carrierCode: 'FX' },
        packages: [{ packageReference: 'SHOP-1-001', packedLines: [{ quantity: 1 }] }],
        additionalReferences: [{ key: 'ORD', value: 'SHOP-1' }],
      },
    },
  ]);
});

test('a reset goes back to the seed and keeps settings and clock', async () => {
  await createOrder(sandbox);
  sandbox.controls.seedProduct({ productCode: 'CUP-1' });
  sandbox.controls.settings({ duplicates: 'refuse' });
  sandbox.clock.advance(86_400_000);
  const { now } = sandbox.ledger();
  await control(sandbox, 'POST', '/reset');
  const ledger = sandbox.ledger();
  expect(ledger).toMatchObject({ orders: [], requests: [], faults: [], throttleBreaches: [] });
  expect(ledger.products.map(({ productCode }) => productCode)).toEqual(
    logisticsPlusSeed.products.map(({ productCode }) => productCode),
  );
  expect(ledger.now).toBeGreaterThanOrEqual(now);
  await createOrder(sandbox);
  expect((await api(sandbox, 'POST', '/orders', newOrder())).status).toBe(400);
});

test('operations, and what people do at the sandbox is no request of the platform', async () => {
  const { body } = await control(sandbox, 'GET', '/operations');
  expect(body).toContainEqual({ name: 'orders.update', kind: 'write' });
  expect(sandbox.ledger().requests).toEqual([]);
});

test.each([
  ['settings', { throttle: { perSecond: 0 } }],
  ['settings', { patchRefusal: 404 }],
  ['settings', { unknownSetting: 1 }],
  ['webhook', { lossShare: 2 }],
  ['webhook', { url: 'nowhere' }],
])('%s %o is refused', async (name, input) => {
  expect((await control(sandbox, 'POST', `/controls/${name}`, input)).status).toBe(400);
});

test('an option that cannot be is refused at the start', async () => {
  await expect(logisticsPlus({ searchLagMs: 60_001 })).rejects.toThrow('searchLagMs');
});

test('more keys work with every organization, and each has its own limit', async () => {
  await stopLogisticsPlus();
  sandbox = await logisticsPlus({ apiKeys: ['another'], throttle: { perSecond: 1 }, clockSpeed: 0.001 });
  const ask = async (key: string) => {
    const headers = { 'x-api-key': key, 'organization-slug': logisticsPlusSeed.otherSlug };
    return (await api(sandbox, 'GET', '/orders', undefined, headers)).status;
  };
  const { apiKey } = logisticsPlusSeed;
  expect([await ask('another'), await ask(apiKey), await ask('another')]).toEqual([200, 200, 429]);
  expect(sandbox.ledger().requests.map(({ credential }) => credential)).toEqual(['key-2', 'key-1', 'key-2']);
});

test('nothing is hidden from a search by default but what is fresh', async () => {
  await stopLogisticsPlus();
  sandbox = await logisticsPlus({ searchLagMs: 250 });
  await createOrder(sandbox);
  expect(await search(sandbox)).toEqual([]);
  sandbox.clock.advance(250);
  expect(await search(sandbox)).toHaveLength(1);
});
