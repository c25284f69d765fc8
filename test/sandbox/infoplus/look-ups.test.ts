import { afterEach, beforeEach, expect, test } from 'vitest';
import { type InfoplusSandbox, infoplusSeed } from '../../../src/sandbox/index.js';
import { api, createOrder, infoplus, newCustomer, query, stopInfoplus } from './wire.js';

let sandbox: InfoplusSandbox;

beforeEach(async () => {
  sandbox = await infoplus();
});
afterEach(stopInfoplus);

const get = (path: string) => api(sandbox, 'GET', path);
const { lobId, otherLobId } = infoplusSeed;

test.each([
  ['lineOfBusiness', 10_000, { name: 'Waybill Goods', code: 'GOODS', onHold: false }],
  ['warehouse', 1_000, { name: 'Memphis 1', timeZone: 'America/Chicago' }],
  ['carrier', 1, { label: 'UPS GROUND', scac: 'UPSN' }],
  ['carrierService', 12, { label: 'UPS Ground' }],
  ['orderSource', 501, { lobId: 10_000, name: 'Web shop' }],
  ['orderLoadProgram', 1, { label: 'API' }],
  ['fulfillmentPlan', 7, { warehouseId: 1_000, autoShipOrders: false }],
  ['customField', 301, { name: 'sourceRunId', fieldType: 'String', recordType: 'Order' }],
])('%s %i is searched and read by its id', async (resource, id, expected) => {
  const { body } = await get(`/${resource}/search`);
  expect(body).toContainEqual(expect.objectContaining(expected));
  expect((await get(`/${resource}/${id}`)).body).toMatchObject(expected);
  expect((await get(`/${resource}/999999`)).status).toBe(404);
});

test('items are found by SKU, one or many, within their line of business', async () => {
  const { body } = await get(`/item/getBySKU${query({ lobId: String(lobId), sku: 'MUG-B' })}`);
  expect(body).toMatchObject({ sku: 'MUG-B', lobId, status: 'Active', backorder: 'Yes', availableQuantity: 1_000 });
  expect((await get(`/item/${body.id}`)).body).toEqual(body);
  expect((await get(`/item/getBySKU${query({ lobId: String(lobId), sku: 'NOTHING' })}`)).status).toBe(404);
  expect((await get(`/item/getBySKU${query({ lobId: String(lobId) })}`)).status).toBe(400);
  expect((await get(`/item/getBySKU${query({ sku: 'MUG-B' })}`)).status).toBe(400);
  const filter = `lobId eq ${lobId} and sku in ('LAMP-3','CARD-G','NOTHING')`;
  expect((await get(`/item/search${query({ filter, sort: 'sku' })}`)).body).toMatchObject([
    { sku: 'CARD-G', backorder: 'No', availableQuantity: 0 },
    { sku: 'LAMP-3', backorder: 'Yes', availableQuantity: 0 },
  ]);
});

test('the stock of an item knows what is ordered, what is being picked and what has gone', async () => {
  const stock = async () => (await get(`/item/getBySKU${query({ lobId: String(lobId), sku: 'MUG-B' })}`)).body;
  await createOrder(sandbox);
  expect(await stock()).toMatchObject({
    onHandQuantity: 1_000,
    availableQuantity: 1_000,
    openOrderQuantity: 2,
    orderableQuantity: 998,
  });
  sandbox.controls.process({ reference: 'SHOP-1' });
  expect(await stock()).toMatchObject({
    onHandQuantity: 1_000,
    inFulfillmentProcessQuantity: 2,
    availableQuantity: 998,
    openOrderQuantity: 0,
  });
  sandbox.controls.ship({ reference: 'SHOP-1' });
  expect(await stock()).toMatchObject({ onHandQuantity: 998, inFulfillmentProcessQuantity: 0, availableQuantity: 998 });
});

test('a customer: made, found, replaced, deleted', async () => {
  const { status, body: made } = await api(sandbox, 'POST', '/customer', { ...newCustomer(), id: 1, openDate: 'x' });
  expect([status, made]).toMatchObject([201, { customerNo: 'C-200', name: 'Robin Hill', residential: 'Yes' }]);
  expect(made.id).toBeGreaterThan(1);
  const filter = `lobId eq ${lobId} and customerNo eq 'C-200'`;
  expect((await get(`/customer/search${query({ filter })}`)).body).toEqual([made]);
  const byNumber = (lob: number, customerNo: string) =>
    get(`/customer/getByCustomerNo${query({ lobId: String(lob), customerNo })}`);
  expect((await byNumber(lobId, 'c-200')).body).toEqual(made);
  expect((await byNumber(otherLobId, 'C-200')).status).toBe(404);
  expect((await get('/customer/getByCustomerNo')).status).toBe(400);

  const changed = { ...made, street: '6 Mill Lane', state: undefined };
  const answer = await api(sandbox, 'PUT', '/customer', changed);
  expect([answer.status, answer.text]).toEqual([200, '']);
  expect((await get(`/customer/${made.id}`)).body).toMatchObject({ street: '6 Mill Lane', state: null });
  expect((await api(sandbox, 'DELETE', `/customer/${made.id}`)).status).toBe(200);
  expect((await get(`/customer/${made.id}`)).status).toBe(404);
  expect(sandbox.ledger().customers).toMatchObject([{ customerNo: 'C-200', deletedAt: expect.any(Number) }]);
});

test.each([
  ...['lobId', 'customerNo', 'name', 'street', 'city', 'zipCode', 'country'],
  ...['packageCarrierId', 'truckCarrierId', 'weightBreak', 'residential'],
])('a customer without %s is 400', async (name) => {
  const { status, body } = await api(sandbox, 'POST', '/customer', newCustomer({ [name]: undefined }));
  expect([status, body.errors]).toEqual([400, [`${name} is missing.`]]);
  expect(sandbox.ledger().customers).toEqual([]);
});

test('a customer number is unique within its line of business', async () => {
  await api(sandbox, 'POST', '/customer', newCustomer());
  expect((await api(sandbox, 'POST', '/customer', newCustomer({ customerNo: 'c-200' }))).status).toBe(400);
  expect((await api(sandbox, 'POST', '/customer', newCustomer({ lobId: otherLobId }))).status).toBe(201);
  const { body } = await api(sandbox, 'POST', '/customer', newCustomer({ customerNo: 'C-201' }));
  expect((await api(sandbox, 'PUT', '/customer', { ...body, customerNo: 'C-200' })).status).toBe(400);
  expect((await api(sandbox, 'POST', '/customer', newCustomer({ customerNo: 'C-9', lobId: 7 }))).status).toBe(400);
});

test('a customer with orders stays', async () => {
  const { orderNo } = await createOrder(sandbox);
  const [{ id } = { id: 0 }] = sandbox.ledger().customers;
  expect((await api(sandbox, 'DELETE', `/customer/${id}`)).status).toBe(400);
  await api(sandbox, 'DELETE', `/order/${orderNo}`);
  expect((await api(sandbox, 'DELETE', `/customer/${id}`)).status).toBe(200);
});
