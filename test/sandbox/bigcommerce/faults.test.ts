import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  type BigcommerceFault,
  type BigcommerceSandbox,
  bigcommerceOperations,
  bigcommerceSeed,
} from '../../../src/sandbox/index.js';
import { expectStruck, wireFaults } from '../faults.js';
import { api, bigcommerce, content, createOrder, raw, ship, stopBigcommerce, tokenHeaders } from './wire.js';

let sandbox: BigcommerceSandbox;

beforeEach(async () => {
  sandbox = await bigcommerce({ stockDelayMs: 0, archiveAll: true });
});
afterEach(stopBigcommerce);

interface Prepared {
  method: string;
  path: string;
  body?: unknown;
  headers?: Record<string, string>;
}
type Preparation = () => Prepared | Promise<Prepared>;

const [orderId, paidId] = bigcommerceSeed.authorizedOrderIds;
const v2 = `/v2/orders/${orderId}`;
const v3 = `/v3/orders/${orderId}`;
const read =
  (path: string): Preparation =>
  () => ({ method: 'GET', path });

const addressId = async () => (await api(sandbox, 'GET', `${v2}/shipping_addresses`)).body[0].id;
const lineId = async () => (await api(sandbox, 'GET', `${v2}/products`)).body[0].id;
const parcel = async () => (await ship(sandbox, orderId)).body.id;
const marker = { permission_set: 'write', namespace: 'oms', key: 'k', value: 'v' };
const mark = async () => (await api(sandbox, 'POST', `${v3}/metafields`, marker)).body.data.id;
const hook = { scope: 'store/order/created', destination: 'http://127.0.0.1:1/' };
const subscribe = async () => (await api(sandbox, 'POST', '/v3/hooks', hook)).body.data.id;
const adjustment = { items: [{ location_id: 1, sku: 'TOTE-RED', quantity: 3 }] };

/** An order whose card has paid. */
function paid() {
  const { orderId: id } = sandbox.controls.seedOrder({ payment: 'captured' });
  const items = [{ item_type: 'ORDER', item_id: id, amount: 1 }];
  return { id, items, payments: [{ provider_id: 'stripe', amount: 1, offline: false }] };
}

const access = async () => {
  const { id } = await createOrder(sandbox, { status_id: 0 });
  return (await api(sandbox, 'POST', '/v3/payments/access_tokens', { order: { id } })).body.data.id;
};

/** A request of each operation that succeeds. */
const requests: Readonly<Record<string, Preparation>> = {
  'orders.create': () => ({ method: 'POST', path: '/v2/orders', body: content }),
  'orders.list': read('/v2/orders'),
  'orders.count': read('/v2/orders/count'),
  'orders.get': read(v2),
  'orders.update': () => ({ method: 'PUT', path: v2, body: { status_id: 11 } }),
  'orders.archive': () => ({ method: 'DELETE', path: v2 }),
  'orders.archiveAll': () => ({ method: 'DELETE', path: '/v2/orders' }),
  'orderProducts.list': read(`${v2}/products`),
  'orderProducts.get': async () => ({ method: 'GET', path: `${v2}/products/${await lineId()}` }),
  'shippingAddresses.list': read(`${v2}/shipping_addresses`),
  'shippingAddresses.get': async () => ({ method: 'GET', path: `${v2}/shipping_addresses/${await addressId()}` }),
  'shippingAddresses.update': async () => ({
    ...{ method: 'PUT', path: `${v2}/shipping_addresses/${await addressId()}`, body: { city: 'Salem' } },
  }),
  'shippingQuotes.list': async () => ({
    ...{ method: 'GET', path: `${v2}/shipping_addresses/${await addressId()}/shipping_quotes` },
  }),
  'orderCoupons.list': read(`${v2}/coupons`),
  'orderMessages.list': read(`${v2}/messages`),
  'orderTaxes.list': read(`${v2}/taxes`),
  'orderFees.list': read(`${v2}/fees`),
  'orderConsignments.get': read(`${v2}/consignments`),
  'shipments.list': read(`${v2}/shipments`),
  'shipments.count': read(`${v2}/shipments/count`),
  'shipments.get': async () => ({ method: 'GET', path: `${v2}/shipments/${await parcel()}` }),
  'shipments.create': async () => {
    const items = [{ order_product_id: await lineId(), quantity: 1 }];
    return { method: 'POST', path: `${v2}/shipments`, body: { order_address_id: await addressId(), items } };
  },
  'shipments.update': async () => ({
    ...{ method: 'PUT', path: `${v2}/shipments/${await parcel()}`, body: { comments: 'x' } },
  }),
  'shipments.delete': async () => ({ method: 'DELETE', path: `${v2}/shipments/${await parcel()}` }),
  'shipments.deleteAll': async () => {
    await parcel();
    return { method: 'DELETE', path: `${v2}/shipments` };
  },
  'orderStatuses.list': read('/v2/order_statuses'),
  'orderStatuses.get': read('/v2/order_statuses/11'),
  'time.get': read('/v2/time'),
  'store.get': read('/v2/store'),
  'payments.capture': () => ({ method: 'POST', path: `${v3}/payment_actions/capture` }),
  'payments.void': () => ({ method: 'POST', path: `${v3}/payment_actions/void` }),
  'transactions.list': read(`${v3}/transactions`),
  'refundQuotes.create': () => {
    const { id, items } = paid();
    return { method: 'POST', path: `/v3/orders/${id}/payment_actions/refund_quotes`, body: { items } };
  },
  'refunds.create': () => {
    const { id, ...body } = paid();
    return { method: 'POST', path: `/v3/orders/${id}/payment_actions/refunds`, body };
  },
  'refunds.ofOrder': read(`${v3}/payment_actions/refunds`),
  'refunds.list': read('/v3/orders/payment_actions/refunds'),
  'refunds.get': async () => {
    const { id, ...body } = paid();
    const made = await api(sandbox, 'POST', `/v3/orders/${id}/payment_actions/refunds`, body);
    return { method: 'GET', path: `/v3/orders/payment_actions/refunds/${made.body.data.id}` };
  },
  'metafields.ofOrder': read(`${v3}/metafields`),
  'metafields.list': read('/v3/orders/metafields'),
  'metafields.get': async () => ({ method: 'GET', path: `${v3}/metafields/${await mark()}` }),
  'metafields.create': () => ({ method: 'POST', path: `${v3}/metafields`, body: marker }),
  'metafields.update': async () => ({ method: 'PUT', path: `${v3}/metafields/${await mark()}`, body: { value: 'w' } }),
  'metafields.delete': async () => ({ method: 'DELETE', path: `${v3}/metafields/${await mark()}` }),
  'metafields.createMany': () => ({
    ...{ method: 'POST', path: '/v3/orders/metafields', body: [{ ...marker, resource_id: orderId }] },
  }),
  'metafields.updateMany': async () => ({
    ...{ method: 'PUT', path: '/v3/orders/metafields', body: [{ id: await mark(), value: 'w' }] },
  }),
  'metafields.deleteMany': async () => ({ method: 'DELETE', path: '/v3/orders/metafields', body: [await mark()] }),
  'paymentMethods.list': read(`/v3/payments/methods?order_id=${paidId}`),
  'paymentAccessTokens.create': async () => {
    const { id } = await createOrder(sandbox, { status_id: 0 });
    return { method: 'POST', path: '/v3/payments/access_tokens', body: { order: { id } } };
  },
  'payments.process': async () => {
    const instrument = { type: 'stored_card', token: bigcommerceSeed.instruments.good };
    return {
      ...{ method: 'POST', path: '/payments', headers: { authorization: `PAT ${await access()}` } },
      body: { payment: { instrument, payment_method_id: 'stripe.card' } },
    };
  },
  'inventoryItems.list': read('/v3/inventory/items'),
  'inventory.adjustRelative': () => ({
    ...{ method: 'POST', path: '/v3/inventory/adjustments/relative', body: adjustment },
  }),
  'inventory.adjustAbsolute': () => ({
    ...{ method: 'PUT', path: '/v3/inventory/adjustments/absolute', body: adjustment },
  }),
  'locations.list': read('/v3/inventory/locations'),
  'inventorySettings.get': read('/v3/settings/inventory'),
  'inventorySettings.update': () => ({
    ...{ method: 'PUT', path: '/v3/settings/inventory', body: { refund_order_stock_adjustment: false } },
  }),
  'catalogVariants.list': read('/v3/catalog/variants'),
  'catalogProducts.list': read('/v3/catalog/products'),
  'catalogProducts.get': read('/v3/catalog/products/111'),
  'productVariants.list': read('/v3/catalog/products/111/variants'),
  'customers.list': read('/v3/customers'),
  'channels.list': read('/v3/channels'),
  'channels.get': read('/v3/channels/1'),
  'hooks.list': read('/v3/hooks'),
  'hooks.create': () => ({ method: 'POST', path: '/v3/hooks', body: hook }),
  'hooks.get': async () => ({ method: 'GET', path: `/v3/hooks/${await subscribe()}` }),
  'hooks.update': async () => ({ method: 'PUT', path: `/v3/hooks/${await subscribe()}`, body: { is_active: false } }),
  'hooks.delete': async () => ({ method: 'DELETE', path: `/v3/hooks/${await subscribe()}` }),
  'hooksAdmin.get': read('/v3/hooks/admin'),
  'hooksAdmin.update': () => ({ method: 'PUT', path: '/v3/hooks/admin', body: { emails: ['ops@example.com'] } }),
};

test('a request of every operation is tried here', () => {
  expect(Object.keys(requests).sort()).toEqual(bigcommerceOperations.map(({ name }) => name).sort());
});

/** All that the platform holds, without its clock, its log and what goes on by itself. */
function holdings(): unknown {
  const { now, requests: log, faults, throttleBreaches, webhooks, ...rest } = sandbox.ledger();
  return rest;
}

function send({ method, path, body, headers = tokenHeaders() }: Prepared) {
  const text = body === undefined ? undefined : JSON.stringify(body);
  return raw(sandbox, method, `/stores/${bigcommerceSeed.storeHash}${path}`, text, headers);
}

/** What a failure says, in the form of its version. */
function said({ body }: { body: unknown }): string {
  const [failure] = [body].flat() as { status: number; message?: string; title?: string }[];
  expect(failure?.status).toBeGreaterThanOrEqual(400);
  return failure?.message ?? failure?.title ?? '';
}

test.each(bigcommerceOperations)('$name under every fault', async ({ name: operation, kind }) => {
  for (const fault of wireFaults) {
    const [struck, more, status, done] = fault;
    sandbox.reset();
    const request = await requests[operation]?.();
    if (request === undefined) throw new Error(`no request of ${operation}`);
    const before = holdings();
    sandbox.faults.add({ kind: struck, operation, ...more } as BigcommerceFault);
    await expectStruck(() => send(request), fault, said);
    const last = sandbox.ledger().requests.at(-1);
    expect(last).toMatchObject({ operation, kind, fault: struck, status, worked: done });
    expect(sandbox.ledger().faults).toMatchObject([{ fired: 1 }]);
    if (kind === 'write' && done) expect(holdings()).not.toEqual(before);
    else expect(holdings()).toEqual(before);
  }
});

test('every version has errors of its own', async () => {
  for (const [operation, path] of [
    ['orders.list', '/v2/orders'],
    ['hooks.list', '/v3/hooks'],
  ] as const) {
    sandbox.faults.add({ kind: '500-before', operation });
    const { body } = await api(sandbox, 'GET', path);
    if (path === '/v2/orders') expect(body).toEqual([{ status: 500, message: expect.any(String) }]);
    else expect(body).toEqual({ ...{ status: 500, title: expect.any(String), type: expect.any(String) }, errors: {} });
  }
});

test('a lost answer, and then the same order again: two of them', async () => {
  sandbox.faults.add({ kind: 'reset-after', operation: 'orders.create' });
  await expect(createOrder(sandbox)).rejects.toThrow('fetch failed');
  await createOrder(sandbox);
  const made = sandbox.ledger().orders.filter(({ externalOrderId }) => externalOrderId === content.external_order_id);
  expect(made).toHaveLength(2);
});

test('an answer may come long after its work', async () => {
  sandbox.faults.add({ kind: 'late', operation: 'write', ms: 120_000 });
  const order = createOrder(sandbox);
  await sandbox.whenWorked('orders.create');
  expect(sandbox.ledger().orders.at(-1)?.externalOrderId).toBe(content.external_order_id);
  sandbox.clock.advance(120_000);
  expect((await order).status_id).toBe(7);
});

test('a suspended store, a locked record, and what stands behind the platform', async () => {
  const operation = 'payments.capture';
  const capture = () => api(sandbox, 'POST', `${v3}/payment_actions/capture`);
  sandbox.faults.add({ kind: 'suspended', operation: '*' });
  const suspended = await api(sandbox, 'GET', '/v2/orders');
  expect([suspended.status, suspended.body[0].message]).toEqual([
    503,
    expect.stringMatching(/^The store is suspended/),
  ]);
  for (const [fault, status, done] of [
    [{ kind: 'locked', operation }, 423, 'authorized'],
    [{ kind: 'gateway', operation }, 502, 'authorized'],
    [{ kind: 'gateway', operation, status: 503 }, 503, 'authorized'],
    [{ kind: 'gateway', operation, status: 504 }, 504, 'capture pending'],
  ] as const) {
    sandbox.faults.add(fault);
    expect((await capture()).body).toMatchObject({ status });
    expect(sandbox.ledger().orders[0]?.paymentStatus).toBe(done);
  }
});

test('the taxes of a refund may not be worked out', async () => {
  sandbox.faults.add({ kind: 'tax-service', operation: '*' });
  const { id, ...body } = paid();
  const refund = () => api(sandbox, 'POST', `/v3/orders/${id}/payment_actions/refunds`, body);
  const away = await refund();
  expect(away.body.data).toMatchObject([{ status: 503, error: 'Tax service gone away' }]);
  expect(sandbox.ledger().requests.at(-1)).toMatchObject({ status: 503, fault: 'tax-service' });
  expect(sandbox.ledger().orders.at(-1)?.refunds).toEqual([]);
  expect((await refund()).status).toBe(201);
});

test('what nobody documented can be hit too', async () => {
  sandbox.faults.add({ kind: '500-before', operation: 'unknown' });
  expect((await api(sandbox, 'GET', '/v2/carriers')).status).toBe(500);
  expect((await api(sandbox, 'GET', '/v2/carriers')).status).toBe(404);
});
