import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  type FlxpointFault,
  type FlxpointSandbox,
  flxpointOperations,
  flxpointSeed,
} from '../../../src/sandbox/index.js';
import { expectStruck, wireFaults } from '../faults.js';
import { addLine, api, flxpoint, kettles, orderId, raw, sentLine, stopFlxpoint } from './wire.js';

let sandbox: FlxpointSandbox;

beforeEach(async () => {
  sandbox = await flxpoint();
});
afterEach(stopFlxpoint);

interface Prepared {
  method: string;
  path: string;
  body?: object;
}
type Preparation = () => Prepared | Promise<Prepared>;

const { channelId, sourceId } = flxpointSeed;
const read =
  (path: string): Preparation =>
  () => ({ method: 'GET', path });
const ofRequest =
  (method: string, below: string, body?: object): Preparation =>
  async () => ({ method, path: `${(await sentLine(sandbox)).path}${below}`, ...(body && { body }) });

/** A line that has shipped, with its shipment and invoice. */
async function shipped() {
  const line = await sentLine(sandbox);
  const shipmentId = sandbox.controls.ship({ fulfillmentRequestId: line.fulfillmentRequestId });
  const request = sandbox.ledger().orders[0]?.fulfillmentRequests[0];
  return { ...line, shipmentId, shipment: request?.shipments[0], invoiceId: request?.invoices[0]?.id };
}

function returned() {
  sandbox.controls.return({ orderId, items: [{ sku: 'MUG-B', returnQuantity: 1 }] });
  const made = sandbox.ledger().orders[0]?.returns[0];
  return { returnId: made?.id, returnItemId: made?.items[0]?.id };
}

async function askedBack() {
  const { returnId, returnItemId } = returned();
  const items = [{ returnItemId, quantity: 1 }];
  const body = { returnId, sourceId, rmaNumber: 'RMA-1', returnToAddress: { name: 'Dana' }, items };
  return { body, make: async () => (await api(sandbox, 'POST', '/rma', body)).body };
}

const subscription = { webhookUrl: 'http://127.0.0.1:1/', subscribedEvents: ['OrderImportedEvent'] };
const subscribe = async () => (await api(sandbox, 'POST', '/webhhok/configurations', subscription)).body.id;

/** A request of each operation that succeeds. */
const requests: Readonly<Record<string, Preparation>> = {
  'orders.addItem': () => ({ method: 'POST', path: `/orders/${orderId}/items`, body: kettles }),
  'orders.get': read(`/orders/${orderId}`),
  'orders.list': read('/orders'),
  'orders.setStatus': () => ({ method: 'PATCH', path: `/orders/${orderId}/status?status=Closed` }),
  'orders.setTags': () => ({ method: 'PATCH', path: `/orders/${orderId}/tags`, body: { add: ['a'] } }),
  'fulfillmentRequests.list': read('/fulfillment-requests'),
  'fulfillmentRequests.count': read('/fulfillment-requests/count'),
  'fulfillmentRequests.takeProcessing': async () => {
    const { id: orderItemId } = await addLine(sandbox);
    const made = sandbox.controls.generateFulfillmentRequest({ orderId, items: [{ orderItemId }] });
    sandbox.controls.release({ fulfillmentRequestId: made.fulfillmentRequestId });
    return { method: 'GET', path: '/fulfillment-requests/processing' };
  },
  'fulfillmentRequests.get': ofRequest('GET', ''),
  'fulfillmentRequests.process': ofRequest('PATCH', '/processed'),
  'fulfillmentRequests.fail': ofRequest('PATCH', '/processing-failed?error=no'),
  'fulfillmentRequests.acknowledge': ofRequest('PATCH', '/acknowledge'),
  'fulfillmentRequests.cancel': ofRequest('PATCH', '/cancel'),
  'fulfillmentRequests.adjust': ofRequest('POST', '/adjust', {}),
  'fulfillmentRequests.adjustCommittedStock': ofRequest('PATCH', '/committed-stock'),
  'fulfillmentRequests.releaseCommittedStock': ofRequest('DELETE', '/committed-stock'),
  'shipments.create': async () => {
    const { fulfillmentRequestId, orderItemId } = await sentLine(sandbox);
    const shipment = { trackingNumber: 'A', shipmentItems: [{ orderItemId, quantity: 1 }] };
    return { method: 'POST', path: '/shipments', body: { fulfillmentRequestId, shipment } };
  },
  'shipments.list': read('/shipments'),
  'shipments.get': async () => ({ method: 'GET', path: `/shipments/${(await shipped()).shipmentId}` }),
  'shipments.update': async () => ({
    method: 'PATCH',
    path: '/shipments',
    body: { id: (await shipped()).shipmentId, note: 'x' },
  }),
  'shipments.deleteItems': async () => {
    const { shipmentId, shipment } = await shipped();
    const shipmentItemIds = shipment?.items.map(({ id }) => id);
    return { method: 'DELETE', path: `/shipment/${shipmentId}/shipment-item`, body: { shipmentItemIds } };
  },
  'sourceInvoices.create': async () => ({
    method: 'POST',
    path: '/source-invoices',
    body: {
      purchaseOrderId: (await sentLine(sandbox)).fulfillmentRequestId,
      invoiceItems: [{ invoiceItemType: 'fee', perUnitCost: 1 }],
    },
  }),
  'sourceInvoices.list': read('/source-invoices'),
  'sourceInvoices.get': async () => ({ method: 'GET', path: `/source-invoices/${(await shipped()).invoiceId}` }),
  'sourceInvoices.update': async () => ({
    method: 'PATCH',
    path: `/source-invoices/${(await shipped()).invoiceId}`,
    body: { status: 'credited' },
  }),
  'returns.create': () => {
    const items = [{ sku: 'MUG-B', returnQuantity: 1, returnReason: 'Old', returnCondition: 'New' }];
    return { method: 'POST', path: '/returns', body: { orderId, items } };
  },
  'returns.list': read('/returns'),
  'returns.update': () => ({
    method: 'PATCH',
    path: `/returns/${returned().returnId}`,
    body: { returnStatus: 'closed' },
  }),
  'returns.updateItems': () => {
    const { returnId, returnItemId } = returned();
    return { method: 'PATCH', path: `/returns/${returnId}/items`, body: [{ id: returnItemId, refundedAmount: 1 }] };
  },
  'rmas.create': async () => ({ method: 'POST', path: '/rma', body: (await askedBack()).body }),
  'rmas.updateItems': async () => {
    const { id, items } = await (await askedBack()).make();
    return { method: 'PATCH', path: `/rmas/${id}/items`, body: [{ id: items[0].id, approvedQuantity: 1 }] };
  },
  'listings.listVariants': read(`/listing/variants?channelId=${channelId}`),
  'listings.countVariants': read(`/listing/variants/count?channelId=${channelId}`),
  'products.listVariants': read('/product/variants'),
  'inventory.listVariants': read(`/inventory/variants?sourceId=${sourceId}`),
  'account.get': read('/account'),
  'channels.list': read('/channel/'),
  'channels.get': read(`/channel/${channelId}`),
  'sources.list': read('/sources'),
  'webhooks.list': read('/webhhok/configurations'),
  'webhooks.create': () => ({ method: 'POST', path: '/webhhok/configurations', body: subscription }),
  'webhooks.get': async () => ({ method: 'GET', path: `/webhhok/configurations/${await subscribe()}` }),
  'webhooks.update': async () => ({
    method: 'PATCH',
    path: `/webhhok/configurations/${await subscribe()}`,
    body: { ...subscription, status: 'disabled' },
  }),
};

test('a request of every operation is tried here', () => {
  expect(Object.keys(requests).sort()).toEqual(flxpointOperations.map(({ name }) => name).sort());
});

/** All that the platform holds, without its clock and its log. */
function holdings(): unknown {
  const { orders, webhookConfigurations } = sandbox.ledger();
  return { orders, webhookConfigurations };
}

test.each(flxpointOperations)('$name under every fault', async ({ name: operation, kind }) => {
  for (const fault of wireFaults) {
    const [struck, more, status, done] = fault;
    sandbox.reset();
    const request = await requests[operation]?.();
    if (request === undefined) throw new Error(`no request of ${operation}`);
    const { method, path, body } = request;
    const before = holdings();
    sandbox.faults.add({ kind: struck, operation, ...more } as FlxpointFault);
    const send = () => raw(sandbox, method, path, body === undefined ? undefined : JSON.stringify(body));
    await expectStruck(send, fault, (answer) => {
      expect(answer.body).toEqual({ error: expect.any(String) });
      return answer.body.error;
    });
    const last = sandbox.ledger().requests.at(-1);
    expect(last).toMatchObject({ operation, kind, fault: struck, status, worked: done });
    expect(sandbox.ledger().faults).toMatchObject([{ fired: 1 }]);
    if (kind === 'write' && done) expect(holdings()).not.toEqual(before);
    else expect(holdings()).toEqual(before);
  }
});

test.each(['truncated', 'malformed'] as const)('a %s answer to a line that was added', async (kind) => {
  sandbox.faults.add({ kind, operation: 'orders.addItem' });
  await expect(addLine(sandbox)).rejects.toThrow('JSON');
  expect(sandbox.ledger().orders[0]?.items).toHaveLength(2);
});

test('a lost answer, and then the same line again: two of them', async () => {
  sandbox.faults.add({ kind: 'reset-after', operation: 'orders.addItem' });
  await expect(addLine(sandbox)).rejects.toThrow('fetch failed');
  await addLine(sandbox);
  expect(sandbox.ledger().orders[0]?.items).toHaveLength(3);
});

test('an answer may come long after its work', async () => {
  sandbox.faults.add({ kind: 'late', operation: 'write', ms: 120_000 });
  const line = addLine(sandbox);
  await sandbox.whenWorked('orders.addItem');
  expect(sandbox.ledger().orders[0]?.items).toHaveLength(2);
  sandbox.clock.advance(120_000);
  expect((await line).sku).toBe('KETTLE-E');
});

test('a request may be held before its work', async () => {
  const hold = sandbox.hold({ operation: 'orders.addItem' });
  const line = addLine(sandbox);
  await hold.reached;
  expect(sandbox.ledger().orders[0]?.items).toHaveLength(1);
  hold.release();
  expect((await line).quantity).toBe(2);
});

test('what nobody documented can be hit too', async () => {
  sandbox.faults.add({ kind: '500-before', operation: 'unknown' });
  expect((await api(sandbox, 'GET', '/carriers')).status).toBe(500);
  expect((await api(sandbox, 'GET', '/carriers')).status).toBe(404);
});
