import { afterEach, beforeEach, expect, test } from 'vitest';
import type { InfoplusSandbox } from '../../../src/sandbox/index.js';
import { api, createOrder, getOrder, infoplus, newCustomer, stopInfoplus } from './wire.js';

let sandbox: InfoplusSandbox;

beforeEach(async () => {
  sandbox = await infoplus({ startTime: Date.UTC(2026, 2, 2, 14), clockSpeed: 0.001 });
  await createOrder(sandbox, 'SHOP-1', { giftMessage: 'Enjoy', customFields: { sourceRunId: 'a', giftWrap: true } });
  sandbox.clock.advance(60_000);
});
afterEach(stopInfoplus);

const order = () => getOrder(sandbox, 48211);
const put = (body: object) => api(sandbox, 'PUT', '/order', body);
const emptySuccess = { status: 200, text: '' };

test('what was read can be changed and written back whole', async () => {
  const before = await order();
  const lineItems = [
    { ...before.lineItems[0], orderedQty: 5 },
    { sku: 'TEA-1', orderedQty: 1 },
  ];
  expect(await put({ ...before, holdCode: 'H', shipToCity: 'Dallas', lineItems })).toMatchObject(emptySuccess);
  const after = await order();
  expect(after).toEqual({
    ...before,
    holdCode: 'H',
    shipToCity: 'Dallas',
    modifyDate: '2026-03-02T14:01:00Z',
    numberOfLineItems: 2,
    totalQty: 6,
    lineItems: [
      { ...before.lineItems[0], orderedQty: 5 },
      expect.objectContaining({ sku: 'TEA-1', orderedQty: 1, lineItemId: 2 }),
    ],
  });
  expect(sandbox.ledger().orders).toMatchObject([{ writes: 2 }]);
});

test('a PUT replaces all that can be written: what it leaves out is gone', async () => {
  const { orderNo, lobId, warehouseId, carrierId, orderDate, customerNo, lineItems } = await order();
  await put({ orderNo, lobId, warehouseId, carrierId, orderDate, customerNo, lineItems });
  expect(await order()).toMatchObject({
    ...{ customerOrderNo: null, giftMessage: null, customFields: {} },
    ...{ billToCompany: 'Dana Rivers', shipToCompany: 'Dana Rivers' },
  });
});

test('a PUT obeys the rules of a new order', async () => {
  const before = await order();
  await api(sandbox, 'POST', '/customer', newCustomer());
  expect((await put({ ...before, lineItems: [] })).status).toBe(400);
  expect((await put({ ...before, lineItems: [{ sku: 'NOTHING', orderedQty: 1 }] })).status).toBe(400);
  expect((await put({ ...before, warehouseId: 7 })).status).toBe(400);
  expect(await order()).toEqual(before);
  await put({ ...before, customerNo: 'C-200', orderDate: '2026-04-01' });
  expect(await order()).toMatchObject({ billToCompany: 'Robin Hill', orderDate: '2026-04-01T00:00:00Z' });
});

test('a PUT names the order in its body', async () => {
  expect((await put({ ...(await order()), orderNo: undefined })).status).toBe(400);
  expect((await put({ ...(await order()), orderNo: 7 })).status).toBe(404);
});

test('custom fields are changed by themselves, one by one', async () => {
  const body = { orderNo: 48211, customFields: { sourceRunId: 'b', promisedOn: '2026-03-09' } };
  expect(await api(sandbox, 'PUT', '/order/customFields', body)).toMatchObject(emptySuccess);
  expect(await order()).toMatchObject({
    giftMessage: 'Enjoy',
    customFields: { sourceRunId: 'b', promisedOn: '2026-03-09', giftWrap: true },
    modifyDate: '2026-03-02T14:01:00Z',
  });
  const none = { orderNo: 48211, customFields: 'none' };
  expect((await api(sandbox, 'PUT', '/order/customFields', none)).status).toBe(400);
});

test('an order that is deleted is gone, and stays in the ledger', async () => {
  expect(await api(sandbox, 'DELETE', '/order/48211')).toMatchObject(emptySuccess);
  expect((await api(sandbox, 'GET', '/order/48211')).status).toBe(404);
  expect((await api(sandbox, 'DELETE', '/order/48211')).status).toBe(404);
  expect((await api(sandbox, 'GET', '/order/search')).body).toEqual([]);
  expect(sandbox.ledger().orders).toMatchObject([{ orderNo: '48211', deletedAt: Date.UTC(2026, 2, 2, 14, 1) }]);
  expect(sandbox.ledger().customers).toMatchObject([{ customerNo: 'C-100', deletedAt: null }]);
  expect((await createOrder(sandbox)).orderNo).toBe(48212);
});

const statuses: readonly [status: string, editable: boolean][] = [
  ['Pending', true],
  ['On Order', true],
  ['Back Order', true],
  ['Error', true],
  ['Unknown', true],
  ['Processed', false],
  ['Processing', false],
  ['processed', false],
  ['Shipped', false],
  ['Cancelled', false],
  ['Canceled', false],
];

test.each(statuses)(
  '%s: changed and deleted by the API: %s; tags, audits and files always',
  async (status, editable) => {
    sandbox.controls.setStatus({ orderNo: '48211', status });
    const before = await order();
    const expected = editable ? 200 : 400;
    expect(before.status).toBe(status);
    expect((await put({ ...before, giftMessage: 'Bye' })).status).toBe(expected);
    const customFields = { orderNo: 48211, customFields: { sourceRunId: 'z' } };
    expect((await api(sandbox, 'PUT', '/order/customFields', customFields)).status).toBe(expected);
    expect((await order()).giftMessage).toBe(editable ? 'Bye' : 'Enjoy');
    expect((await order()).customFields.sourceRunId).toBe(editable ? 'z' : 'a');
    expect((await api(sandbox, 'PUT', '/order/48211/tag/Cancel%20Order')).status).toBe(200);
    expect((await api(sandbox, 'PUT', '/order/48211/audit/asked')).status).toBe(200);
    expect((await api(sandbox, 'POST', '/order/48211/file', { url: 'https://example.com/a.pdf' })).status).toBe(201);
    expect((await api(sandbox, 'DELETE', '/order/48211')).status).toBe(expected);
  },
);

test('tags: set, set again, listed in either form, taken off', async () => {
  const tag = '/order/48211.000/tag/Cancel%20Order';
  expect(await api(sandbox, 'PUT', tag)).toMatchObject(emptySuccess);
  expect(await api(sandbox, 'PUT', tag)).toMatchObject(emptySuccess);
  await api(sandbox, 'PUT', '/order/48211/tag/source%3Ashop');
  expect((await api(sandbox, 'GET', '/order/48211/tag')).body).toEqual(['Cancel Order', 'source:shop']);
  sandbox.controls.settings({ tagList: 'objects' });
  const named = [{ name: 'Cancel Order' }, { name: 'source:shop' }];
  expect((await api(sandbox, 'GET', '/order/48211/tag')).body).toEqual(named);
  expect(await api(sandbox, 'DELETE', tag)).toMatchObject(emptySuccess);
  expect((await api(sandbox, 'DELETE', tag)).status).toBe(404);
  expect(sandbox.ledger().orders).toMatchObject([{ tags: ['source:shop'], writes: 5 }]);
  expect((await order()).modifyDate).toBe('2026-03-02T14:01:00Z');
  for (const method of ['PUT', 'DELETE']) expect((await api(sandbox, method, '/order/7/tag/a')).status).toBe(404);
  expect((await api(sandbox, 'GET', '/order/7/tag')).status).toBe(404);
});

test('an audit adds a line each time, a long one too', async () => {
  const text = `Cancel requested by shop: ${'x'.repeat(300)}`;
  for (let i = 0; i < 2; i += 1) await api(sandbox, 'PUT', `/order/48211/audit/${encodeURIComponent(text)}`);
  expect(sandbox.ledger().orders).toMatchObject([{ audits: [text, text] }]);
});

test('files: attached by address or by name, again and again, listed, deleted', async () => {
  const slip = { url: 'https://example.com/slip.pdf', fileName: 'slip.pdf' };
  const { body: first } = await api(sandbox, 'POST', '/order/48211/file', slip);
  expect(first).toMatchObject({ ...slip, extension: 'pdf', userFullName: 'user-1' });
  const { body: second } = await api(sandbox, 'POST', '/order/48211/file', slip);
  const { body: third } = await api(sandbox, 'POST', '/order/48211/file/label.png', {});
  expect((await api(sandbox, 'GET', '/order/48211/file')).body).toEqual([first, second, third]);
  expect((await api(sandbox, 'POST', '/order/48211/file', { fileName: 'slip.pdf' })).status).toBe(400);
  expect(await api(sandbox, 'DELETE', `/order/48211/file/${first.id}`)).toMatchObject(emptySuccess);
  expect((await api(sandbox, 'DELETE', `/order/48211/file/${first.id}`)).status).toBe(404);
  expect(sandbox.ledger().orders[0]?.files.map(({ id }) => id)).toEqual([second.id, third.id]);
});
