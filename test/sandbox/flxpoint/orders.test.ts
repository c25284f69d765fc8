import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type FlxpointSandbox, flxpointSeed } from '../../../src/sandbox/index.js';
import { addLine, api, flxpoint, kettles, listingOf, orderId, raw, readOrder, stopFlxpoint } from './wire.js';

let sandbox: FlxpointSandbox;

beforeEach(async () => {
  sandbox = await flxpoint();
});
afterEach(stopFlxpoint);

const items = `/orders/${orderId}/items`;
const inLedger = (id: number = orderId) => {
  const found = sandbox.ledger().orders.find((order) => order.id === id);
  if (found === undefined) throw new Error(`no order ${id}`);
  return found;
};
const product = (sku: string) => flxpointSeed.variants.find((variant) => variant.sku === sku)?.productVariantId;

test('the seed: open, paid orders of one mug each', async () => {
  expect(flxpointSeed.orderIds[0]).toBe(5_812_044);
  for (const id of flxpointSeed.orderIds) {
    expect(await readOrder(sandbox, id)).toMatchObject({
      id,
      orderStatus: 'Open',
      paymentStatus: 'Paid',
      channelId: flxpointSeed.channelId,
      totalOrderItems: 1,
      tags: [],
      orderItems: [{ sku: 'MUG-B', quantity: 1, fulfillableQuantity: 1 }],
      fulfillmentRequests: [],
      orderStatusHistory: [{ orderHistoryType: { handle: 'order_submitted' } }],
    });
  }
});

test('a line is added: the answer is the whole order, with the line, the sums and the history new', async () => {
  const before = await readOrder(sandbox);
  const { status, body } = await api(sandbox, 'POST', items, kettles);
  expect(status).toBe(200);
  const [mug, line] = body.orderItems;
  expect(mug).toEqual(before.orderItems[0]);
  expect(line).toMatchObject({
    orderId,
    sku: 'KETTLE-E',
    title: 'Electric kettle',
    quantity: 2,
    price: 89,
    subtotal: 178,
    virtualVariantId: product('KETTLE-E'),
    listingVariantId: kettles.listingVariantId,
    allocatedQuantity: 0,
    allocatedStatus: 'Not Started',
    shippedQuantity: 0,
    canceledQuantity: 0,
    shippingAddress: null,
  });
  expect(body).toMatchObject({ orderTotal: 202.95, totalOrderItems: 2, totalQuantity: 3 });
  expect(body.orderStatusHistory).toHaveLength(2);
  expect(body.orderStatusHistory[1]).toMatchObject({
    fromOrderStatus: 'Open',
    toOrderStatus: 'Open',
    orderHistoryType: { name: 'Order Line Item Added', handle: 'order_line_item_added' },
    orderInteractionType: { handle: 'api' },
  });
  for (const name of ['updatedAt', 'modifiedAt'] as const) {
    expect(Date.parse(body[name])).toBeGreaterThan(Date.parse(before[name]));
  }
  expect(await readOrder(sandbox)).toEqual(body);
  expect(inLedger().items).toMatchObject([{ addedBy: 'channel' }, { id: line.id, addedBy: 'api', quantity: 2 }]);
});

test('nothing is the same twice: the same body makes two lines', async () => {
  const [first, second] = [await addLine(sandbox), await addLine(sandbox)];
  expect(first.id).not.toBe(second.id);
  expect(inLedger().items).toHaveLength(3);
});

test('a line may have its own ship-to, which is completed; the same place is the same address', async () => {
  const shippingAddress = {
    name: 'Dana van Reyes',
    addressLine1: '48 Harbor Rd',
    city: 'Savannah',
    stateCode: 'GA',
    postal: '31401',
    countryCode: 'US',
    email: 'dana@example.com',
  };
  const first = await addLine(sandbox, { shippingAddress });
  expect(first.shippingAddress).toMatchObject({
    ...shippingAddress,
    firstName: 'Dana',
    lastName: 'van Reyes',
    state: 'Georgia',
    country: 'United States',
    redacted: false,
  });
  const again = await addLine(sandbox, { shippingAddress });
  expect(again.shippingAddress.id).toBe(first.shippingAddress.id);
  const other = await addLine(sandbox, { shippingAddress: { state: 'ontario', country: 'Canada' } });
  expect(other.shippingAddress).toMatchObject({ stateCode: null, state: 'ontario', countryCode: 'CA', name: null });
  expect(other.shippingAddress.id).not.toBe(first.shippingAddress.id);
});

test('a product without a listing is named as a product; an absent price is the product’s own', async () => {
  const line = await addLine(sandbox, {
    listingVariantId: undefined,
    productVariantId: product('CUP-1'),
    price: undefined,
  });
  expect(line).toMatchObject({ sku: 'CUP-1', price: 7.5, listingVariantId: null, externalListingId: null });
});

test.each([
  ['no quantity', { quantity: undefined }],
  ['quantity 0', { quantity: 0 }],
  ['half a quantity', { quantity: 1.5 }],
  ['a quantity as text', { quantity: '2' }],
  ['a price as text', { price: '89.00' }],
  ['no variant', { listingVariantId: undefined }],
  ['both variants', { productVariantId: 915_502 }],
  ['an unknown listing', { listingVariantId: 1 }],
  ['an unknown product', { listingVariantId: undefined, productVariantId: 1 }],
  ['a listing of another channel', { listingVariantId: (kettles.listingVariantId ?? 0) + 1_000 }],
  ['a SKU that is not managed', { listingVariantId: listingOf('LAMP-X') }],
  ['an address that is none', { shippingAddress: { email: 'nobody' } }],
])('a line with %s is a 400 and changes nothing', async (_, change) => {
  const before = inLedger();
  expect((await api(sandbox, 'POST', items, { ...kettles, ...change })).status).toBe(400);
  expect(inLedger()).toEqual(before);
});

test('no such order is 404, and a body that is no JSON 400', async () => {
  expect((await api(sandbox, 'POST', '/orders/1/items', kettles)).status).toBe(404);
  expect((await api(sandbox, 'GET', '/orders/1')).status).toBe(404);
  expect((await api(sandbox, 'GET', '/orders/WEB-20931')).status).toBe(400);
  expect((await raw(sandbox, 'POST', items, JSON.stringify(kettles).slice(1))).status).toBe(400);
  expect((await raw(sandbox, 'POST', items)).status).toBe(400);
  const plain = { 'content-type': 'text/plain', 'x-api-token': flxpointSeed.tokens.account };
  expect((await raw(sandbox, 'POST', items, JSON.stringify(kettles), plain)).status).toBe(400);
});

test.each(['Draft', 'On Hold', 'No Shipping Method', 'Not Managed', 'Failed', 'Closed', 'Canceled'] as const)(
  'an order in %s takes no line',
  async (orderStatus) => {
    sandbox.controls.setOrderStatus({ orderId, orderStatus });
    const { status, body } = await api(sandbox, 'POST', items, kettles);
    expect([status, body.error]).toEqual([400, expect.stringContaining(`not ${orderStatus}`)]);
    expect(() => sandbox.controls.addLineByHand({ orderId, sku: 'TEA-1' })).toThrow('Open');
    expect(inLedger().items).toHaveLength(1);
  },
);

describe('status', () => {
  const set = (query: string) => api(sandbox, 'PATCH', `/orders/${orderId}/status?${query}`);

  test('it is in the query, the answer is 201 and empty, and each call leaves its record', async () => {
    const answer = await set('status=On%20Hold&updateNote=wait%20for%20it');
    expect([answer.status, answer.text]).toEqual([201, '']);
    await set('status=On%20Hold');
    const { orderStatus, orderStatusHistory } = await readOrder(sandbox);
    expect(orderStatus).toBe('On Hold');
    expect(orderStatusHistory.slice(1)).toMatchObject([
      { fromOrderStatus: 'Open', toOrderStatus: 'On Hold', note: 'wait for it' },
      { fromOrderStatus: 'On Hold', toOrderStatus: 'On Hold', note: null },
    ]);
  });

  test('code that is in use sees 200', async () => {
    sandbox.controls.settings({ statusAnswer: 200 });
    expect((await set('status=Closed')).status).toBe(200);
  });

  test('a canceled order has the time, keeps its requests, and may be opened again', async () => {
    const { fulfillmentRequestId } = sandbox.controls.generateFulfillmentRequest({ orderId });
    await set('status=Canceled');
    const canceled = await readOrder(sandbox);
    expect(canceled.canceledAt).toEqual(expect.any(String));
    expect(canceled.fulfillmentRequests).toMatchObject([
      { id: fulfillmentRequestId, fulfillmentRequestStatus: { handle: 'unprocessed' } },
    ]);
    await set('status=Open');
    expect(await readOrder(sandbox)).toMatchObject({ orderStatus: 'Open', canceledAt: null });
  });

  test.each(['', 'status=', 'status=Draft', 'status=open', 'status=Nonsense'])('"%s" is a 400', async (query) => {
    expect((await set(query)).status).toBe(400);
    expect(inLedger().history).toHaveLength(1);
  });
});

test('tags are a set; the answer is what they are', async () => {
  const set = async (body: object) => (await api(sandbox, 'PATCH', `/orders/${orderId}/tags`, body)).body;
  expect(await set({ add: ['vip', 'a'] })).toEqual(['vip', 'a']);
  expect(await set({ add: ['a', 'b'], remove: ['vip', 'nobody'] })).toEqual(['a', 'b']);
  expect(await set({})).toEqual(['a', 'b']);
  expect((await readOrder(sandbox)).tags).toEqual(['a', 'b']);
  expect(inLedger().tags).toEqual(['a', 'b']);
  expect((await api(sandbox, 'PATCH', '/orders/1/tags', { add: ['a'] })).status).toBe(404);
});

describe('the list', () => {
  const list = async (query = '') => (await api(sandbox, 'GET', `/orders${query}`)).body;
  const ids = async (query: string) => (await list(query)).map(({ id }: { id: number }) => id);
  const later = () => {
    sandbox.clock.advance(10_000);
    return encodeURIComponent(new Date(sandbox.clock.now()).toISOString());
  };

  test('it is a bare array without nested parts; tags come when asked for; unknown parameters are ignored', async () => {
    const orders = await list('?limit=1&startDate=2020-01-01&orderNumber=none');
    expect(orders.map(({ id }: { id: number }) => id)).toEqual(flxpointSeed.orderIds);
    expect(orders[0]).not.toHaveProperty('orderItems');
    expect(orders[0]).not.toHaveProperty('tags');
    expect((await list('?includeTags=true'))[0].tags).toEqual([]);
  });

  test('pages start at 1, end with an empty one, and have 50 at most', async () => {
    for (let i = 0; i < 45; i += 1) sandbox.controls.seedOrder();
    expect(await list('?pageSize=1000')).toHaveLength(50);
    expect(await list('?page=2&pageSize=1000')).toHaveLength(3);
    expect(await list('?page=3')).toEqual([]);
    expect(await ids('?page=2&pageSize=3')).toEqual(flxpointSeed.orderIds.slice(3, 6));
    for (const bad of ['?page=0', '?pageSize=0', '?page=x', '?orderUpdatedAt=yesterday', '?includeTags=yes']) {
      expect((await api(sandbox, 'GET', `/orders${bad}`)).status).toBe(400);
    }
  });

  test('by status and by the time of ordering', async () => {
    sandbox.controls.setOrderStatus({ orderId, orderStatus: 'On Hold' });
    expect(await ids('?status=On%20Hold')).toEqual([orderId]);
    const since = later();
    sandbox.clock.advance(1_000);
    const { orderId: made } = sandbox.controls.seedOrder();
    expect(await ids(`?orderedAfter=${since}`)).toEqual([made]);
  });

  test('what was updated: order, requests and shipments each by itself, together all or any of them', async () => {
    const [, second, third] = flxpointSeed.orderIds;
    const { fulfillmentRequestId } = sandbox.controls.generateFulfillmentRequest({ orderId: second });
    sandbox.controls.process({ fulfillmentRequestId });
    const since = later();
    sandbox.clock.advance(1_000);
    await addLine(sandbox);
    expect(await ids(`?orderUpdatedAt=${since}`)).toEqual([orderId]);
    expect(await ids(`?fulfillmentRequestsUpdatedAt=${since}`)).toEqual([]);
    sandbox.controls.generateFulfillmentRequest({ orderId: third });
    sandbox.controls.ship({ fulfillmentRequestId });
    expect(await ids(`?orderUpdatedAt=${since}`)).toEqual([orderId]);
    expect(await ids(`?fulfillmentRequestsUpdatedAt=${since}`)).toEqual([second, third]);
    expect(await ids(`?shipmentsUpdatedAt=${since}`)).toEqual([second]);
    const all = `?orderUpdatedAt=${since}&fulfillmentRequestsUpdatedAt=${since}&shipmentsUpdatedAt=${since}`;
    expect(await ids(all)).toEqual([]);
    sandbox.controls.settings({ updatedFilters: 'or' });
    expect(await ids(all)).toEqual([orderId, second, third]);
  });

  test('it may lag: what is new is not there and what has changed looks as before, but not by its id', async () => {
    sandbox.controls.settings({ searchLagMs: 5_000 });
    const { orderId: made } = sandbox.controls.seedOrder();
    sandbox.controls.setOrderStatus({ orderId, orderStatus: 'Closed' });
    expect(await ids('')).toEqual(flxpointSeed.orderIds);
    expect((await list())[0].orderStatus).toBe('Open');
    expect((await readOrder(sandbox)).orderStatus).toBe('Closed');
    expect((await readOrder(sandbox, made)).id).toBe(made);
    sandbox.clock.advance(5_000);
    expect(await ids('')).toContain(made);
    expect((await list())[0].orderStatus).toBe('Closed');
  });
});

test('two changes never have the same modifiedAt, however fast they come', async () => {
  sandbox.clock.setSpeed(0.001);
  const seen = new Set<string>();
  for (let i = 0; i < 5; i += 1) {
    sandbox.controls.setOrderStatus({ orderId, orderStatus: 'Open' });
    seen.add((await readOrder(sandbox)).modifiedAt);
  }
  expect(seen.size).toBe(5);
});
