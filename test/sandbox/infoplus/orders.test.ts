import { afterEach, beforeEach, expect, test } from 'vitest';
import { type InfoplusSandbox, infoplusSeed } from '../../../src/sandbox/index.js';
import {
  api,
  billTo,
  createOrder,
  find,
  getOrder,
  infoplus,
  linesOf,
  newCustomer,
  newOrder,
  raw,
  shipTo,
  stopInfoplus,
} from './wire.js';

let sandbox: InfoplusSandbox;

beforeEach(async () => {
  sandbox = await infoplus({ startTime: Date.UTC(2026, 2, 2, 14, 3, 11), clockSpeed: 0.001 });
});
afterEach(stopInfoplus);

const refusal = async (body: object) => {
  const answer = await api(sandbox, 'POST', '/order', body);
  return [answer.status, ...(answer.body.errors ?? [])];
};

test('a new order is answered whole, with its number, Pending and not held', async () => {
  sandbox.controls.settings({ pendingMs: 30_000 });
  const order = await createOrder(sandbox, 'SHOP-1', linesOf({ 'MUG-B': 2, 'TEA-1': 1 }));
  expect(order).toMatchObject({
    ...billTo,
    ...shipTo,
    orderNo: 48211,
    groupOrderId: 48211,
    customerOrderNo: 'SHOP-1',
    customerNo: 'C-100',
    orderDate: '2026-03-02T00:00:00Z',
    status: 'Pending',
    holdCode: 'N',
    createDate: '2026-03-02T14:03:11Z',
    modifyDate: '2026-03-02T14:03:11Z',
    numberOfLineItems: 2,
    totalQty: 3,
    ...{ shipDate: null, shippedDate: null, freight: null, weightLbs: null, fulfillmentProcessId: null },
    trackingNo: null,
    lineItems: [
      { id: 990001, lineItemId: 1, orderNo: 48211, lobId: 10_000, sku: 'MUG-B', orderedQty: 2, allowedQty: 0 },
      { id: 990002, lineItemId: 2, orderNo: 48211, lobId: 10_000, sku: 'TEA-1', orderedQty: 1, shippedQty: 0 },
    ],
    customFields: {},
  });
});

/** Every field of an order that may be written, by what it holds; the look-ups and lines apart. */
const texts = `
  customerPONo serviceTypeId shippingMethod shipVia shipCode mediaCode legacyRestrictionType alcoholOrderType
  alternateUsage authorizedBy batchNo costCenter distributionChannel orderMessage orderAssemblyInstructions
  giftMessageTo giftMessageFrom giftMessage priceLevel priceMode parcelLabelRef1 parcelLabelRef2 parcelLabelRef3 storeNo
  storeName departmentNo departmentName vendorNo internalUse91 estimatedCartonizationPlan shipToAttention shipToStreet2
  shipToStreet3 shipToPhone shipToEmail
`;
const numbers = `
  priorityCode division orderSourceId orderLoadProgramId integrationPartnerId packingSlipTemplateId
  orderInvoiceTemplateId orderEmailTemplateId shipmentEmailTemplateId outForDeliveryEmailTemplateId
  deliveredEmailTemplateId thirdPartyParcelAccountId shippingCharge subtotal tax total totalDiscount useOrderNoRoot
  warehouseServiceTypeId warehouseServiceLevelId manifestScriptId
`;
const dates = 'firstShipDate lastShipDate deliverOnDate needByDate';
const each = (names: string, value: (index: number) => unknown) =>
  Object.fromEntries(
    names
      .trim()
      .split(/\s+/)
      .map((name, index) => [name, value(index)]),
  );

test('every documented field that can be written is stored and shown', async () => {
  const given: Record<string, unknown> = {
    ...each(texts, (index) => `text ${index}`),
    ...each(numbers, (index) => index + 1),
    ...each(dates, (index) => `2026-04-0${index + 1}T00:00:00Z`),
    holdCode: 'H',
    requestedParcelAccessories: [{ accessory: 'Signature', amount: 2.5 }],
    extraOrderData: [{ sequence: '1', category: 'a', code: 'b', value: 'c' }],
    extraLineItemData: [{ sku: 'MUG-B', category: 'a', code: 'b', value: 'c' }],
    customFields: { sourceRunId: '0b0e6a1e', giftWrap: true, insured: 12.5 },
  };
  const line = {
    ...{ sku: 'MUG-B', orderedQty: 2, orderAssemblyInstructions: 'Fold', fulfillmentChannel: 'WEB' },
    ...{ itemAccountCodeId: 1, itemLegacyLowStockContactId: 2, itemMajorGroupId: 3, itemSubGroupId: 4 },
    ...{ itemProductCodeId: 5, itemSummaryCodeId: 6 },
    dynamicKitComponentList: [{ lobId: 10_000, sku: 'TEA-1', perKitQuantity: 1 }],
    overrideReceiptsForFulfillmentList: [{ itemReceiptId: 5 }],
    customFields: { engraving: 'D.R.' },
  };
  const order = await createOrder(sandbox, 'SHOP-1', { ...given, lineItems: [line] });
  expect(order).toMatchObject({ ...given, lineItems: [line] });
  expect(await getOrder(sandbox, 48211)).toEqual(order);
  const [known] = sandbox.ledger().orders;
  expect(known?.fields).toMatchObject({ giftMessage: given.giftMessage, total: given.total, holdCode: 'H' });
  expect(known?.customFields).toEqual(given.customFields);
});

test('what only the warehouse writes is left aside, and so is what nobody knows', async () => {
  const order = await createOrder(sandbox, 'SHOP-1', {
    ...{ orderNo: 7, status: 'Shipped', freight: 5, createDate: '2020-01-01', trackingNo: '1Z', colour: 'blue' },
    lineItems: [{ id: 5, lobId: 7, sku: 'MUG-B', orderedQty: 2, shippedQty: 2, unitCost: 3 }],
  });
  expect(order).toMatchObject({ orderNo: 48211, freight: null, createDate: '2026-03-02T14:03:11Z', trackingNo: null });
  expect(order.lineItems).toMatchObject([{ id: 990001, lobId: 10_000, shippedQty: 0, unitCost: null }]);
});

test('numbers may come as texts, and texts as numbers', async () => {
  const order = await createOrder(sandbox, 'SHOP-1', { carrierId: '1', lobId: '10000', customerPONo: 77 });
  expect(order).toMatchObject({ carrierId: 1, lobId: 10_000, customerPONo: '77' });
});

test.each([
  ...['lobId', 'warehouseId', 'orderDate', 'carrierId', 'lineItems'].map(
    (name) => [`no ${name}`, { [name]: undefined }, `${name} is missing.`] as const,
  ),
  ['no lines', { lineItems: [] }, 'lineItems is missing.'],
  ['a line without a SKU', { lineItems: [{ orderedQty: 1 }] }, 'sku is missing.'],
  ['a line without a quantity', { lineItems: [{ sku: 'MUG-B' }] }, 'orderedQty is missing.'],
  ['a quantity of 0', linesOf({ 'MUG-B': 0 }), 'orderedQty of MUG-B has to be 1 or more.'],
  ['half a mug', linesOf({ 'MUG-B': 0.5 }), 'orderedQty has a value that it cannot have.'],
  ['lines that are none', { lineItems: 'MUG-B' }, 'lineItems has to be a list of objects.'],
  ['an unknown line of business', { lobId: 7 }, 'Could not find a LineOfBusiness with id 7.'],
  ['an unknown warehouse', { warehouseId: 7 }, 'Could not find a Warehouse with id 7.'],
  ['an unknown carrier', { carrierId: 7 }, 'Could not find a Carrier with id 7.'],
  ['a carrier that is no number', { carrierId: 'UPS' }, 'carrierId has a value that it cannot have.'],
  ['an unknown SKU', linesOf({ 'SKU-9': 1 }), 'Could not find an Item with SKU SKU-9 in LOB 10000.'],
  ['a date that is none', { orderDate: 'soon' }, 'orderDate has a value that it cannot have.'],
  ['an unknown hold code', { holdCode: 'Z' }, 'There is no hold code Z.'],
  ['an object for a text', { giftMessage: { to: 'you' } }, 'giftMessage has a value that it cannot have.'],
  ['an accessory without a name', { requestedParcelAccessories: [{ amount: 1 }] }, 'accessory is missing.'],
  ['no first line of the ship-to', { shipToCompany: undefined }, 'shipToCompany is missing.'],
  [
    'a custom field too long',
    { customFields: { note: 'x'.repeat(251) } },
    'The custom field note has a value that it cannot have.',
  ],
] as const)('an order with %s is 400, and leaves nothing', async (_, change, problem) => {
  expect(await refusal(newOrder('SHOP-1', change))).toEqual(expect.arrayContaining([400, problem]));
  expect(sandbox.ledger()).toMatchObject({ orders: [], customers: [] });
});

test('a SKU comes once in an order, unless the account allows it', async () => {
  const lineItems = [
    { sku: 'MUG-B', orderedQty: 1 },
    { sku: 'TEA-1', orderedQty: 1 },
    { sku: 'MUG-B', orderedQty: 2 },
  ];
  expect(await refusal(newOrder('SHOP-1', { lineItems }))).toEqual([400, 'The order has SKU MUG-B more than once.']);
  sandbox.controls.settings({ duplicateSkus: 'accept' });
  expect((await createOrder(sandbox, 'SHOP-1', { lineItems })).lineItems).toHaveLength(3);
});

test('a reference may come twice, unless the account forbids it, in any letter case', async () => {
  await createOrder(sandbox, 'SHOP-1');
  expect((await createOrder(sandbox, 'SHOP-1')).orderNo).toBe(48212);
  sandbox.controls.settings({ duplicateOrders: 'refuse' });
  const problem = 'There is an Order with customerOrderNo shop-1 already.';
  expect(await refusal(newOrder('shop-1', { customerNo: 'C-7' }))).toEqual([400, problem]);
  expect(sandbox.ledger().customers).toHaveLength(1);
  await createOrder(sandbox, 'SHOP-1', { lobId: infoplusSeed.otherLobId });
  await createOrder(sandbox, 'SHOP-2');
  for (const { orderNo } of await find(sandbox, "customerOrderNo eq 'SHOP-1'")) {
    await api(sandbox, 'DELETE', `/order/${orderNo}`);
  }
  await createOrder(sandbox, 'SHOP-1');
});

test('the date of an order may be moved by fulfillment', async () => {
  sandbox.controls.settings({ orderDateShiftDays: 1 });
  expect((await createOrder(sandbox)).orderDate).toBe('2026-03-03T00:00:00Z');
});

const none = Object.fromEntries(Object.keys(billTo).map((name) => [name, undefined]));

test('a known customer gives the bill-to, whatever the order says', async () => {
  await api(sandbox, 'POST', '/customer', newCustomer());
  const order = await createOrder(sandbox, 'SHOP-1', { customerNo: 'c-200' });
  expect(order).toMatchObject({
    customerNo: 'C-200',
    billToCompany: 'Robin Hill',
    billToCity: 'Salem',
    billToEmail: null,
  });
  expect((await createOrder(sandbox, 'SHOP-2', { customerNo: 'C-200', ...none })).billToCompany).toBe('Robin Hill');
  expect(sandbox.ledger().customers).toHaveLength(1);
});

test('an unknown customer is made of the bill-to', async () => {
  await createOrder(sandbox);
  expect(sandbox.ledger().customers).toMatchObject([
    {
      lobId: 10_000,
      customerNo: 'C-100',
      fields: { name: 'Dana Rivers', street: '88 Harbor Road', residential: 'No' },
    },
  ]);
});

test('without a number a customer is made with one', async () => {
  const order = await createOrder(sandbox, 'SHOP-1', { customerNo: undefined });
  expect(order.customerNo).toMatch(/^WEB\d+$/);
  expect((await createOrder(sandbox, 'SHOP-2', { customerNo: undefined })).customerNo).not.toBe(order.customerNo);
  expect(sandbox.ledger().customers).toHaveLength(2);
});

test.each([
  ['an unknown customer and no bill-to', none, 'Could not find a Customer with number C-100 in LOB 10000.'],
  ['neither', { ...none, customerNo: undefined }, 'The order names no customer and no bill-to.'],
  ['half a bill-to', { billToCompany: undefined }, 'billToCompany is missing.'],
  ['a customer of another line of business', { ...none, lobId: 10_001, customerNo: 'C-200' }, expect.any(String)],
])('an order with %s is 400', async (_, change, problem) => {
  await api(sandbox, 'POST', '/customer', newCustomer());
  expect(await refusal(newOrder('SHOP-1', change))).toEqual([400, problem]);
  expect(sandbox.ledger().orders).toEqual([]);
});

test('a ship-to is the order’s own; without one it is the bill-to', async () => {
  const without = Object.fromEntries(Object.keys(shipTo).map((name) => [name, undefined]));
  const order = await createOrder(sandbox, 'SHOP-1', without);
  expect(order).toMatchObject({
    shipToCompany: 'Dana Rivers',
    shipToCity: 'Portland',
    shipToEmail: 'dana@example.com',
  });
  expect((await createOrder(sandbox, 'SHOP-2')).shipToEmail).toBeNull();
});

test('an order is Pending for a while, then On Order, and its date says so', async () => {
  sandbox.controls.settings({ pendingMs: 30_000 });
  await createOrder(sandbox);
  sandbox.clock.advance(29_000);
  expect((await getOrder(sandbox, 48211)).status).toBe('Pending');
  sandbox.clock.advance(60_000);
  expect(await getOrder(sandbox, 48211)).toMatchObject({ status: 'On Order', modifyDate: '2026-03-02T14:03:41Z' });
});

test.each(['Error', 'Back Order'] as const)('it may be %s then', async (afterPending) => {
  sandbox.controls.settings({ pendingMs: 1_000, afterPending });
  await createOrder(sandbox);
  sandbox.clock.advance(1_000);
  expect((await getOrder(sandbox, 48211)).status).toBe(afterPending);
});

test('what a person has made of a Pending order stays', async () => {
  sandbox.controls.settings({ pendingMs: 1_000 });
  await createOrder(sandbox);
  sandbox.controls.setStatus({ reference: 'SHOP-1', status: 'Error' });
  sandbox.clock.advance(1_000);
  expect((await getOrder(sandbox, 48211)).status).toBe('Error');
});

test.each([
  ['decimals', '"orderNo":48211.000', '"orderNo":48211.010'],
  ['short', '"orderNo":48211,', '"orderNo":48211.01,'],
] as const)('order numbers are written with %s', async (orderNumbers, root, tenth) => {
  sandbox.controls.settings({ orderNumbers, duplicateSkus: 'accept' });
  const lineItems = Array.from({ length: 10 }, () => ({ sku: 'LAMP-3', orderedQty: 1 }));
  await createOrder(sandbox, 'SHOP-1', { lineItems: [{ sku: 'MUG-B', orderedQty: 1 }, ...lineItems] });
  sandbox.controls.process({ orderNo: 48211 });
  for (const path of ['48211', '48211.0', '48211.000']) {
    expect((await raw(sandbox, 'GET', `/order/${path}`)).text).toContain(root);
  }
  for (const path of ['48211.01', '48211.010']) {
    expect((await raw(sandbox, 'GET', `/order/${path}`)).text).toContain(tenth);
  }
  expect((await raw(sandbox, 'GET', '/order/search')).text).toContain(root);
});

test('what is no order number is 400, and an order that is not there 404', async () => {
  for (const path of ['nobody', '48211.0001', '-1'])
    expect((await api(sandbox, 'GET', `/order/${path}`)).status).toBe(400);
  for (const path of ['48211', '48211.001']) expect((await api(sandbox, 'GET', `/order/${path}`)).status).toBe(404);
});

test('a template has what was asked for, and nothing is stored', async () => {
  const order = await createOrder(sandbox, 'SHOP-1', { giftMessage: 'Enjoy' });
  const { body } = await api(sandbox, 'GET', '/order/duplicate/48211');
  expect(body).toMatchObject({ customerOrderNo: 'SHOP-1', giftMessage: 'Enjoy', orderNo: null, status: null });
  expect(body.lineItems).toMatchObject([{ id: null, sku: 'MUG-B', orderedQty: 2 }]);
  expect(sandbox.ledger().orders).toHaveLength(1);
  expect((await api(sandbox, 'POST', '/order', body)).body).toMatchObject({
    orderNo: 48212,
    lineItems: [{ sku: 'MUG-B' }],
  });
  expect(await getOrder(sandbox, 48211)).toEqual(order);
});
