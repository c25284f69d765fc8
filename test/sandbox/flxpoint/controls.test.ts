import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type FlxpointSandbox, flxpointSeed } from '../../../src/sandbox/index.js';
import { control } from '../http.js';
import {
  addLine,
  api,
  flxpoint,
  kettles,
  listingOf,
  orderId,
  readLine,
  readOrder,
  sentLine,
  stopFlxpoint,
} from './wire.js';

let sandbox: FlxpointSandbox;

beforeEach(async () => {
  sandbox = await flxpoint();
});
afterEach(stopFlxpoint);

const order = (id: number = orderId) => {
  const found = sandbox.ledger().orders.find((each) => each.id === id);
  if (found === undefined) throw new Error(`no order ${id}`);
  return found;
};
const request = (id: number) => {
  const found = sandbox
    .ledger()
    .orders.flatMap(({ fulfillmentRequests }) => fulfillmentRequests)
    .find((each) => each.id === id);
  if (found === undefined) throw new Error(`no request ${id}`);
  return found;
};
const types = () => order().history.map(({ type, interaction }) => `${type} ${interaction}`);

test('an order comes in as it is told', async () => {
  const made = sandbox.controls.seedOrder({
    orderNumber: 'WEB-9',
    referenceNumber: 'r-9',
    channelId: flxpointSeed.otherChannelId,
    orderStatus: 'Draft',
    paymentStatus: 'Authorized',
    orderedAt: Date.parse('2026-04-20T14:02:11Z'),
    lines: [{ sku: 'TEA-1', quantity: 3, price: 8, shippingAddress: { name: 'Dana' } }, { sku: 'POT-2' }],
    shippingAddress: { name: 'Dana Reyes', countryCode: 'CA' },
    tags: ['vip'],
  });
  expect(made).toMatchObject({
    orderNumber: 'WEB-9',
    orderStatus: 'Draft',
    orderItemIds: [expect.any(Number), expect.any(Number)],
  });
  expect(await readOrder(sandbox, made.orderId)).toMatchObject({
    orderNumber: 'WEB-9',
    referenceNumber: 'r-9',
    channelId: flxpointSeed.otherChannelId,
    paymentStatus: 'Authorized',
    orderedAt: '2026-04-20T14:02:11Z',
    orderTotal: 63,
    tags: ['vip'],
    shippingAddress: { name: 'Dana Reyes', country: 'Canada' },
    orderItems: [
      { sku: 'TEA-1', shippingAddress: { name: 'Dana' } },
      { sku: 'POT-2', price: 39 },
    ],
  });
});

test('without more it is open and paid; one with a SKU that is not managed is not', async () => {
  expect(order(sandbox.controls.seedOrder().orderId)).toMatchObject({ orderStatus: 'Open', paymentStatus: 'Paid' });
  const unmanaged = sandbox.controls.seedOrder({ lines: [{ sku: flxpointSeed.skus.unmanaged }] });
  expect(unmanaged.orderStatus).toBe('Not Managed');
  expect((await readOrder(sandbox, unmanaged.orderId)).orderItems).toMatchObject([{ virtualVariantId: null }]);
  sandbox.controls.setOrderStatus({ orderId: unmanaged.orderId, orderStatus: 'Open' });
  expect(() => sandbox.controls.generateFulfillmentRequest({ orderId: unmanaged.orderId })).toThrow('not managed');
});

test('statuses of order and payment, by people and by the channel', async () => {
  sandbox.controls.setOrderStatus({ orderId, orderStatus: 'On Hold', note: 'same address twice' });
  sandbox.controls.setPaymentStatus({ orderId, paymentStatus: 'Declined' });
  expect(order()).toMatchObject({ orderStatus: 'On Hold', paymentStatus: 'Declined' });
  expect(types().slice(1)).toEqual(['status_changed user', 'payment_status_changed channel_integration']);
});

describe('lines', () => {
  test('a person adds one, as the API does', async () => {
    const id = sandbox.controls.addLineByHand({ orderId, sku: 'KETTLE-E', quantity: 2, price: 89 });
    expect(await readLine(sandbox, id)).toMatchObject({ sku: 'KETTLE-E', quantity: 2, price: 89 });
    expect(order().items).toMatchObject([{}, { id, addedBy: 'person' }]);
    expect(types().at(-1)).toBe('order_line_item_added user');
    expect(() => sandbox.controls.addLineByHand({ orderId, sku: 'NO' })).toThrow('no variant NO');
  });

  test('a person cancels one, while the order is Open or On Hold and no request has it', async () => {
    const { id: orderItemId } = await addLine(sandbox, { quantity: 3 });
    sandbox.controls.cancelLine({ orderItemId, quantity: 1 });
    expect(await readLine(sandbox, orderItemId)).toMatchObject({
      quantity: 3,
      canceledQuantity: 1,
      fulfillableQuantity: 2,
    });
    const { fulfillmentRequestId } = sandbox.controls.generateFulfillmentRequest({
      orderId,
      items: [{ orderItemId, quantity: 1 }],
    });
    expect(() => sandbox.controls.cancelLine({ orderItemId })).toThrow('2 cannot be canceled');
    sandbox.controls.voidFulfillmentRequest({ fulfillmentRequestId, reason: 'not wanted' });
    sandbox.controls.setOrderStatus({ orderId, orderStatus: 'On Hold' });
    sandbox.controls.cancelLine({ orderItemId });
    expect(await readLine(sandbox, orderItemId)).toMatchObject({ canceledQuantity: 3, fulfillableQuantity: 0 });
    expect(types().at(-1)).toBe('order_line_item_canceled user');
    expect(() => sandbox.controls.cancelLine({ orderItemId })).toThrow('cannot be canceled');
    sandbox.controls.setOrderStatus({ orderId, orderStatus: 'Closed' });
    expect(() => sandbox.controls.cancelLine({ orderItemId })).toThrow('not Closed');
  });

  test('a person changes one, or puts an alternative in its place', async () => {
    const { id: orderItemId } = await addLine(sandbox, { listingVariantId: listingOf('MUG-B') });
    sandbox.controls.editLine({ orderItemId, quantity: 3, price: 20 });
    expect(await readLine(sandbox, orderItemId)).toMatchObject({
      quantity: 3,
      subtotal: 60,
      usingProductAlternative: false,
    });
    sandbox.controls.editLine({ orderItemId, sku: flxpointSeed.skus.alternative });
    expect(await readLine(sandbox, orderItemId)).toMatchObject({
      sku: 'MUG-R',
      listingVariantId: listingOf('MUG-R'),
      quantity: 3,
      usingProductAlternative: true,
    });
    expect(types().at(-1)).toBe('order_line_item_replaced user');
    sandbox.controls.generateFulfillmentRequest({ orderId, items: [{ orderItemId, quantity: 2 }] });
    expect(() => sandbox.controls.editLine({ orderItemId, quantity: 1 })).toThrow('2 are canceled or in');
    sandbox.controls.setOrderStatus({ orderId, orderStatus: 'On Hold' });
    expect(() => sandbox.controls.editLine({ orderItemId, quantity: 5 })).toThrow('not On Hold');
  });

  test('nobody has such a line', () => {
    expect(() => sandbox.controls.cancelLine({ orderItemId: 1 })).toThrow('no order item 1');
    expect(() => sandbox.controls.editLine({ orderItemId: 1 })).toThrow('no order item 1');
  });
});

test('after the retention period addresses are masked, those of lines and requests too', async () => {
  const shippingAddress = { name: 'Dana Reyes', addressLine1: '48 Harbor Rd', stateCode: 'GA', countryCode: 'US' };
  await addLine(sandbox, { shippingAddress });
  sandbox.controls.generateFulfillmentRequest({ orderId });
  sandbox.controls.redactAddresses({ orderId });
  const read = await readOrder(sandbox);
  const masked = {
    name: '**** ****',
    firstName: '****',
    addressLine1: '****',
    country: 'United States',
    redacted: true,
  };
  expect(read).toMatchObject({
    shippingAddress: masked,
    billingAddress: masked,
    piiRetentionPolicyApplied: true,
    orderItems: [{}, { shippingAddress: { ...masked, state: 'Georgia' } }],
    fulfillmentRequests: [{ shippingAddress: masked }],
  });
  expect(JSON.stringify(read)).not.toMatch(/Dana|Harbor/);
  // Another line to the same place has it in full again.
  expect((await addLine(sandbox, { shippingAddress })).shippingAddress).toMatchObject({
    redacted: false,
    firstName: 'Dana',
  });
});

describe('requests', () => {
  const steps = ['release', 'process', 'acknowledge', 'resend'] as const;
  const moveTo: Readonly<Record<string, readonly string[]>> = {
    unprocessed: ['release', 'process'],
    processing: ['process', 'acknowledge', 'failProcessing'],
    processed: ['acknowledge', 'failProcessing'],
    acknowledged: [],
    processing_error: ['resend'],
    additional_info_required: ['resend'],
    po_number_exceeds_max_length: ['resend'],
    duplicate: ['resend'],
    canceled: [],
    voided: [],
    transferred: [],
    cross_docked: [],
  };
  const after = { release: 'processing', process: 'processed', acknowledge: 'acknowledged', resend: 'processing' };

  test.each(Object.entries(moveTo))('from %s only %j', async (handle, allowed) => {
    for (const step of [...steps, 'failProcessing'] as const) {
      const { fulfillmentRequestId } = await sentLine(sandbox);
      sandbox.controls.setHandle({ fulfillmentRequestId, handle });
      const run = () =>
        step === 'failProcessing'
          ? sandbox.controls.failProcessing({ fulfillmentRequestId, error: 'Refused by the source' })
          : sandbox.controls[step]({ fulfillmentRequestId });
      if (!allowed.includes(step)) {
        expect(run).toThrow('it cannot be');
        expect(request(fulfillmentRequestId).handle).toBe(handle);
      } else if (step === 'failProcessing') {
        expect(run()).toMatchObject({ fulfillmentRequestId, handle: 'processing_error' });
        expect(request(fulfillmentRequestId).processingErrorReason).toBe('Refused by the source');
      } else {
        expect(run()).toMatchObject({ orderId, fulfillmentRequestId, handle: after[step] });
      }
    }
  });

  test('canceled by the source: the line is free, or gone for good', async () => {
    const filled = await sentLine(sandbox);
    sandbox.controls.cancelFulfillmentRequest({ ...filledId(filled), reason: 'out of stock' });
    expect(request(filled.fulfillmentRequestId)).toMatchObject({ handle: 'canceled', cancelReason: 'out of stock' });
    expect(await readLine(sandbox, filled.orderItemId)).toMatchObject({ canceledQuantity: 0, fulfillableQuantity: 2 });
    const killed = await sentLine(sandbox);
    sandbox.controls.cancelFulfillmentRequest({ ...filledId(killed), killOrFillType: 'kill' });
    expect(await readLine(sandbox, killed.orderItemId)).toMatchObject({ canceledQuantity: 2, fulfillableQuantity: 0 });
  });
  const filledId = ({ fulfillmentRequestId }: { fulfillmentRequestId: number }) => ({ fulfillmentRequestId });

  test('withdrawn by the account', async () => {
    const { fulfillmentRequestId, orderItemId, path } = await sentLine(sandbox);
    sandbox.controls.voidFulfillmentRequest({ fulfillmentRequestId, reason: 'wrong source' });
    expect((await api(sandbox, 'GET', path)).body).toMatchObject({
      voidedAt: expect.any(String),
      voidedReason: 'wrong source',
      fulfillmentRequestStatus: { handle: 'voided' },
      fulfillmentRequestItems: [{ voidedQuantity: 2 }],
    });
    expect(await readLine(sandbox, orderItemId)).toMatchObject({ fulfillableQuantity: 2 });
    expect(() => sandbox.controls.voidFulfillmentRequest({ fulfillmentRequestId })).toThrow('Voided already');
  });

  test.each(['cross_docked', 'transferred'] as const)('%s: another document has its lines', async (handle) => {
    const { fulfillmentRequestId, orderItemId, path } = await sentLine(sandbox);
    const into = sandbox.controls.crossDock({ fulfillmentRequestId, sourceId: flxpointSeed.otherSourceId, handle });
    expect(into).toMatchObject({ orderId, handle: 'unprocessed' });
    expect((await api(sandbox, 'GET', path)).body).toMatchObject({
      fulfillmentRequestStatus: { handle },
      crossDockPurchaseOrderId: into.fulfillmentRequestId,
    });
    expect(await readLine(sandbox, orderItemId)).toMatchObject({ allocatedQuantity: 2 });
    sandbox.controls.process({ fulfillmentRequestId: into.fulfillmentRequestId });
    sandbox.controls.ship({ fulfillmentRequestId: into.fulfillmentRequestId });
    expect(await readLine(sandbox, orderItemId)).toMatchObject({ shippedQuantity: 2, shippedStatus: 'Completed' });
    expect(() => sandbox.controls.crossDock({ fulfillmentRequestId })).toThrow('cannot be merged');
  });

  test('a handle that nobody knows, with its words', async () => {
    const { fulfillmentRequestId, path } = await sentLine(sandbox);
    sandbox.controls.setHandle({ fulfillmentRequestId, handle: 'on_the_moon', error: 'lost in space' });
    expect((await api(sandbox, 'GET', path)).body).toMatchObject({
      fulfillmentRequestStatus: { name: 'on_the_moon', handle: 'on_the_moon' },
      processingErrorReason: 'lost in space',
    });
  });

  test('shipped in part and in full, with tracking numbers of their own, and invoiced', async () => {
    const { fulfillmentRequestId, orderItemId } = await sentLine(sandbox);
    const first = sandbox.controls.ship({
      fulfillmentRequestId,
      items: [{ orderItemId, quantity: 1 }],
      trackingNumber: 'A',
    });
    const second = sandbox.controls.ship({ fulfillmentRequestId });
    const { shipments, invoices } = request(fulfillmentRequestId);
    expect(shipments).toMatchObject([
      { id: first, trackingNumber: 'A', carrier: 'UPS', items: [{ orderItemId, quantity: 1 }] },
      { id: second, trackingNumber: expect.stringMatching(/^1Z/), items: [{ quantity: 1 }] },
    ]);
    expect(invoices).toHaveLength(2);
    const invoice = sandbox.controls.invoice({ fulfillmentRequestId, invoiceNumber: 'I-1', status: 'unpaid' });
    expect(request(fulfillmentRequestId).invoices[2]).toMatchObject({
      id: invoice,
      invoiceNumber: 'I-1',
      status: 'unpaid',
    });
    expect(() => sandbox.controls.ship({ fulfillmentRequestId, trackingNumber: 'A' })).toThrow('already');
    expect(order().items.at(-1)).toMatchObject({ id: orderItemId, shippedQuantity: 2 });
  });

  test('a return is counted', async () => {
    const { orderItemId } = await sentLine(sandbox);
    const id = sandbox.controls.return({ orderId, items: [{ orderItemId, returnQuantity: 1 }] });
    expect(order()).toMatchObject({ returns: [{ id, status: 'open' }] });
    expect(order().items.at(-1)).toMatchObject({ returnedQuantity: 1 });
  });
});

test('the ledger is the same over HTTP, and what it gives is a copy', async () => {
  await sentLine(sandbox);
  const { body } = await control(sandbox, 'GET', '/ledger');
  expect({ ...body, now: 0 }).toEqual({ ...sandbox.ledger(), now: 0 });
  for (const item of order().items) item.quantity = 99;
  expect(order().items.map(({ quantity }) => quantity)).toEqual([1, 2]);
});

test('controls over HTTP say why not, and are no request of the platform', async () => {
  const held = await control(sandbox, 'POST', '/controls/setOrderStatus', { orderId, orderStatus: 'On Hold' });
  expect(held).toMatchObject({ status: 200, body: { result: { orderStatus: 'On Hold' } } });
  const refused = await control(sandbox, 'POST', '/controls/generateFulfillmentRequest', { orderId });
  expect(refused).toMatchObject({ status: 400, body: { error: expect.stringContaining('On Hold') } });
  const { body } = await control(sandbox, 'GET', '/operations');
  expect(body).toContainEqual({ name: 'orders.addItem', kind: 'write' });
  expect(body).toContainEqual({ name: 'fulfillmentRequests.takeProcessing', kind: 'write' });
  expect(sandbox.ledger().requests).toEqual([]);
});

test.each([
  ['seedOrder', { channelId: 1 }],
  ['seedOrder', { lines: [] }],
  ['seedOrder', { lines: [{ sku: 'NO' }] }],
  ['setOrderStatus', { orderId, orderStatus: 'open' }],
  ['setOrderStatus', { orderId: 1, orderStatus: 'Open' }],
  ['generateFulfillmentRequest', { orderId, sourceId: 1 }],
  ['generateFulfillmentRequest', { orderId, items: [{ orderItemId: 1 }] }],
  ['process', { fulfillmentRequestId: 1 }],
  ['settings', { throttle: { poolSize: 0 } }],
  ['settings', { unknownSetting: 1 }],
  ['webhook', { url: 'http://127.0.0.1:1/' }],
])('%s %o is refused', async (name, input) => {
  expect((await control(sandbox, 'POST', `/controls/${name}`, input)).status).toBe(400);
});

test('an option that cannot be is refused at the start', async () => {
  await expect(flxpoint({ searchLagMs: 60_001 })).rejects.toThrow('searchLagMs');
});

test('a reset goes back to the seed and keeps settings and clock', async () => {
  await sentLine(sandbox);
  sandbox.controls.seedOrder();
  sandbox.controls.settings({ statusAnswer: 200 });
  sandbox.clock.advance(86_400_000);
  const { now } = sandbox.ledger();
  await control(sandbox, 'POST', '/reset');
  const ledger = sandbox.ledger();
  expect(ledger).toMatchObject({ requests: [], faults: [], throttleBreaches: [], paceBreaches: [], webhooks: [] });
  expect(ledger.orders.map(({ id, items }) => [id, items.length])).toEqual(flxpointSeed.orderIds.map((id) => [id, 1]));
  expect(ledger.now).toBeGreaterThanOrEqual(now);
  expect((await api(sandbox, 'POST', `/orders/${orderId}/items`, kettles)).status).toBe(200);
  expect((await api(sandbox, 'PATCH', `/orders/${orderId}/status?status=Open`)).status).toBe(200);
});
