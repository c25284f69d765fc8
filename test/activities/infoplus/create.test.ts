import { afterAll, beforeAll, expect, test } from 'vitest';
import type { InfoplusOrderInput } from '../../../src/workflows/infoplus/input.js';
import { failureOf } from '../hands.js';
import { type Reply, ScriptedServer } from '../scripted-server.js';
import { answering, errors, handsOf, there, wantOf, written } from './rig.js';

let server: ScriptedServer;
beforeAll(async () => {
  server = await ScriptedServer.start();
});
afterAll(() => server.stop());

async function create(change: Partial<InfoplusOrderInput> = {}, reply: Reply = { status: 201, body: there() }) {
  server.answers(answering({ 'POST order': reply }));
  return handsOf(server).createOrder(wantOf(change));
}
const sent = () => written(server, 'POST order');

test('an order is sent in the form of the platform, and nothing that it does not have', async () => {
  expect(await create({ reference: 'so-1001' })).toEqual({ orderNo: '48211', fieldsSet: true });
  expect(sent()).toEqual({
    lobId: 10_000,
    warehouseId: 1_000,
    carrierId: 1,
    customerOrderNo: 'SO-1001',
    customerNo: 'C-100',
    orderDate: '2025-03-02',
    shipToCompany: 'John Roe',
    shipToStreet: '88 Harbor Road',
    shipToCity: 'Portland',
    shipToState: 'Oregon',
    shipToZip: '97205',
    shipToCountry: 'UNITED STATES',
    customerPONo: 'PO-77',
    shippingCharge: 4.9,
    lineItems: [
      { sku: 'SKU-1', orderedQty: 2 },
      { sku: 'SKU-2', orderedQty: 1 },
    ],
    customFields: { sourceRunId: '0b0e6a1e' },
  });
});

test('without a customer number the bill-to is sent, and Infoplus makes a customer of it', async () => {
  await create({ customerNo: undefined });
  expect(sent()).not.toHaveProperty('customerNo');
  expect(sent()).toMatchObject({ billToCompany: 'Jane Doe', billToState: 'Texas', billToCountry: 'UNITED STATES' });
});

test('states abroad are left out, and countries have the names of the platform', async () => {
  await create({ shipToCountry: 'GB', shipToState: 'Kent' });
  expect(sent()).toMatchObject({ shipToCountry: 'ENGLAND' });
  expect(sent()).not.toHaveProperty('shipToState');
  for (const [code, name] of [
    ['NLD', 'HOLLAND'],
    ['DE', 'GERMANY'],
    ['CI', "COTE D'IVOIRE"],
    ['US', 'UNITED STATES'],
  ] as const) {
    await create({ shipToCountry: code });
    expect(sent().shipToCountry).toBe(name);
  }
});

test('every kind of field reaches the platform', async () => {
  await create({
    holdCode: 'H',
    giftMessage: 'With love,\nJohn',
    priorityCode: 0,
    total: '104.90',
    needByDate: '2025-03-09T12:00:00-06:00',
    requestedParcelAccessories: [{ accessory: 'SIGNATURE', amount: '2.50' }, { accessory: 'INSURANCE' }],
    extraOrderData: [{ sequence: '1', category: 'A', code: 'B', value: 'C' }],
    extraLineItemData: [{ sku: 'SKU-1', category: 'A', code: 'B', value: 'C' }],
    lineItems: [
      {
        sku: 'KIT',
        orderedQty: 1,
        itemMajorGroupId: 3,
        dynamicKitComponentList: [{ sku: 'SKU-2', perKitQuantity: 2 }],
        overrideReceiptsForFulfillmentList: [{ itemReceiptId: 7 }],
        customFields: { engraving: 'A. L.' },
      },
    ],
  });
  expect(sent()).toMatchObject({
    holdCode: 'H',
    giftMessage: 'With love,\nJohn',
    priorityCode: 0,
    total: 104.9,
    needByDate: '2025-03-09T12:00:00-06:00',
    requestedParcelAccessories: [{ accessory: 'SIGNATURE', amount: 2.5 }, { accessory: 'INSURANCE' }],
    extraOrderData: [{ sequence: '1', category: 'A', code: 'B', value: 'C' }],
    extraLineItemData: [{ sku: 'SKU-1', category: 'A', code: 'B', value: 'C' }],
    lineItems: [
      {
        sku: 'KIT',
        orderedQty: 1,
        itemMajorGroupId: 3,
        dynamicKitComponentList: [{ lobId: 10_000, sku: 'SKU-2', perKitQuantity: 2 }],
        overrideReceiptsForFulfillmentList: [{ itemReceiptId: 7 }],
        customFields: { engraving: 'A. L.' },
      },
    ],
  });
  for (const ours of ['connection', 'reference', 'warehouse', 'carrier', 'customer', 'tags']) {
    expect(sent()).not.toHaveProperty(ours);
  }
});

test('custom fields that the answer does not show are to be set later', async () => {
  expect(await create({}, { status: 201, body: there({ customFields: {} }) })).toMatchObject({ fieldsSet: false });
  expect(await create({ customFields: undefined }, { body: there({ customFields: null }) })).toMatchObject({
    fieldsSet: true,
  });
});

test.each<[string, Reply]>([
  ['an order without a number', { status: 201, body: there({ orderNo: null }) }],
  ['nothing', { status: 201, body: '' }],
  ['errors in a success', { status: 201, body: { ...there(), ...errors('Something went wrong') } }],
])('%s in answer to a create proves nothing', async (_, reply) => {
  expect(await failureOf(create({}, reply))).toMatchObject({ type: 'OutcomeUnknown' });
});

test('an order with no errors among its members was made', async () => {
  expect(await create({}, { status: 201, body: { ...there(), errors: [] } })).toMatchObject({ orderNo: '48211' });
});
