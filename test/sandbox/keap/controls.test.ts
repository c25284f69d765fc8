import { afterEach, beforeEach, expect, test } from 'vitest';
import { type KeapSandbox, keapSeed } from '../../../src/sandbox/index.js';
import { control } from '../http.js';
import { createOrder, keap, newOrder, rest, stopKeap } from './wire.js';

let sandbox: KeapSandbox;

beforeEach(async () => {
  sandbox = await keap();
});
afterEach(stopKeap);

const controls = (name: string, input: unknown) => control(sandbox, 'POST', `/controls/${name}`, input);

test('the ledger over HTTP is the ledger in process', async () => {
  await createOrder(sandbox);
  const { body } = await control(sandbox, 'GET', '/ledger');
  expect({ ...body, now: 0 }).toEqual({ ...sandbox.ledger(), now: 0 });
  expect(body.orders).toMatchObject([
    {
      jobId: 2075,
      invoiceId: 2087,
      contactId: 55,
      customFields: { _ExternalOrderId: 'EXT-1001' },
      lines: [
        { type: 'PRODUCT', quantity: 2, price: 24.95, notes: '[EXT-1001#1]' },
        { type: 'SHIPPING', quantity: 1, price: 5, name: 'Standard shipping' },
      ],
      total: 54.9,
      paid: 0,
      owed: 54.9,
      deleted: false,
    },
  ]);
});

test('faults are added, listed and cleared over HTTP', async () => {
  const added = await control(sandbox, 'POST', '/faults', { kind: '500-after', operation: 'orders.create', times: 2 });
  expect(added.body).toMatchObject({ rule: { kind: '500-after', nth: 1, times: 2 }, fired: 0 });
  expect((await rest(sandbox, 'POST', '/orders', newOrder('A-1'))).status).toBe(500);
  expect((await control(sandbox, 'GET', '/faults')).body).toMatchObject([{ seen: 1, fired: 1 }]);
  expect((await control(sandbox, 'DELETE', '/faults')).body).toEqual([]);
  expect((await rest(sandbox, 'POST', '/orders', newOrder('A-1'))).status).toBe(201);
  expect((await control(sandbox, 'POST', '/faults', { kind: 'none' })).status).toBe(400);
});

test.each([
  ['arrival', 0],
  ['done', 1],
] as const)('a hold at %s keeps the request out until it is released', async (at, kept) => {
  const { body: hold } = await control(sandbox, 'POST', '/holds', { operation: 'orders.create', at });
  expect((await control(sandbox, 'GET', `/holds/${hold.id}`)).body.reached).toBe(null);
  const answer = rest(sandbox, 'POST', '/orders', newOrder('A-1'));
  const { body } = await control(sandbox, 'GET', `/holds/${hold.id}?wait=10000`);
  expect(body.reached).toMatchObject({ operation: 'orders.create', worked: at === 'done', status: null });
  expect(sandbox.ledger().orders).toHaveLength(kept);
  await control(sandbox, 'POST', `/holds/${hold.id}/release`);
  expect((await answer).status).toBe(201);
  expect((await control(sandbox, 'GET', '/holds/99')).status).toBe(404);
});

test('in process: a hold on the second request, and waiting for requests before and after they came', async () => {
  const hold = sandbox.hold({ operation: 'orders.create', nth: 2 });
  const second = sandbox.whenRequest('orders.create', 2);
  await createOrder(sandbox, 'A-1');
  const answer = createOrder(sandbox, 'A-2');
  expect(await hold.reached).toMatchObject({ id: 2, worked: false });
  expect((await second).id).toBe(2);
  hold.release();
  await answer;
  expect((await sandbox.whenWorked('write', 1)).id).toBe(1);
});

test('the clock can be pushed, set and sped up, never turned back', async () => {
  const { body: before } = await control(sandbox, 'GET', '/clock');
  const { body: after } = await control(sandbox, 'POST', '/clock', { advance: 86_400_000 });
  expect(after.now - before.now).toBeGreaterThanOrEqual(86_400_000);
  const target = after.now + 1_000_000;
  expect((await control(sandbox, 'POST', '/clock', { set: target, speed: 60 })).body.now).toBeGreaterThanOrEqual(
    target,
  );
  expect(sandbox.clock.speed).toBe(60);
  expect((await control(sandbox, 'POST', '/clock', { set: before.now })).status).toBe(400);
  expect((await control(sandbox, 'POST', '/clock', { back: 1 })).status).toBe(400);
});

test('contacts, cards, products and fields can be added to the seed', async () => {
  const { body: contact } = await controls('seedContact', { email: 'eve@example.com', givenName: 'Eve' });
  await controls('seedCard', { contactId: contact.result, last4: '4242' });
  sandbox.controls.seedProduct({ sku: 'CUP-1', name: 'Cup', price: 3.5 });
  sandbox.controls.seedOrderField({ label: 'Carrier', dataType: 'Text' });
  const cards = await rest(sandbox, 'GET', `/contacts/${contact.result}/paymentMethods`);
  expect(cards.body.records).toMatchObject([{ card_info: { last_four: '4242' } }]);
  expect((await rest(sandbox, 'GET', '/products?filter=sku%3D%3DCUP-1')).body.products).toMatchObject([
    { price: { amount: 350 } },
  ]);
  const { custom_fields } = (await rest(sandbox, 'GET', '/orders/model')).body;
  expect(custom_fields.at(-1)).toMatchObject({ label: 'Carrier', field_name: '_Carrier', field_type: 'TEXT' });
});

test('a person renames an order, refunds it, and deletes it with all it carries', async () => {
  await createOrder(sandbox);
  const payment = { payment_method_type: 'Cash', payment_amount: 54.9, apply_to_commissions: false };
  await rest(sandbox, 'POST', '/orders/2075/payments', payment);
  await controls('renameOrder', { orderId: 2075, title: 'Phone order' });
  await controls('refundOrder', { orderId: 2075 });
  expect(sandbox.ledger().orders[0]).toMatchObject({ title: 'Phone order', refunded: 54.9, paid: 0 });
  expect((await rest(sandbox, 'DELETE', '/orders/2075')).status).toBe(400);
  expect((await controls('deleteOrder', { orderId: 2075 })).status).toBe(200);
  expect((await rest(sandbox, 'GET', '/orders/2075')).status).toBe(404);
  const again = await controls('deleteOrder', { orderId: 2075 });
  expect([again.status, again.body.error]).toEqual([400, 'There is no live order 2075.']);
  expect((await controls('explode', {})).body.error).toBe('The sandbox has no control "explode".');
});

test('a reset goes back to the seed: same ids, same tokens, an empty ledger', async () => {
  await createOrder(sandbox);
  sandbox.faults.add({ kind: '500-before', operation: '*' });
  await control(sandbox, 'POST', '/reset');
  expect(sandbox.ledger()).toMatchObject({ orders: [], requests: [], faults: [], tokenRequests: [] });
  expect((await createOrder(sandbox)).id).toBe(String(keapSeed.counters.job));
});

test('what people and tests do at the sandbox is no request of the platform', async () => {
  await control(sandbox, 'GET', '/operations');
  await control(sandbox, 'GET', '/ledger');
  expect(sandbox.ledger().requests).toEqual([]);
});

test('latency is time between the work and its answer', async () => {
  sandbox.controls.settings({ latencyMs: 3_600_000 });
  const answer = createOrder(sandbox);
  await sandbox.whenWorked('orders.create');
  expect(sandbox.ledger().requests).toMatchObject([{ worked: true, status: null }]);
  sandbox.clock.advance(3_600_000);
  expect((await answer).id).toBe('2075');
});

test('stopping ends held and waiting requests and frees the port', async () => {
  sandbox.hold({ operation: 'orders.create' });
  const answer = expect(createOrder(sandbox)).rejects.toThrow('fetch failed');
  await sandbox.whenRequest('orders.create');
  const { port } = sandbox;
  await stopKeap();
  await answer;
  sandbox = await keap({ port });
  expect(sandbox.port).toBe(port);
});
