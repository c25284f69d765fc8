import { afterAll, beforeAll, expect, test } from 'vitest';
import { failureOf } from '../hands.js';
import { ScriptedServer } from '../scripted-server.js';
import { envelope, handsOf, inPascalCase, ORDER_ID, orderOf, REQUEST_ID, there } from './rig.js';

let server: ScriptedServer;
beforeAll(async () => {
  server = await ScriptedServer.start();
});
afterAll(() => server.stop());

const sent = () => JSON.parse(server.received[0]?.body ?? '') as unknown;

test('an order is sent whole, in the form of the platform, and nothing that it does not have', async () => {
  server.answers({ body: envelope(there()) });
  expect(await handsOf(server).createOrder(orderOf())).toEqual({ orderId: ORDER_ID, requestId: REQUEST_ID });
  expect(server.received).toMatchObject([
    { method: 'POST', path: '/warehouse/v1/orders', headers: { 'content-type': 'application/json' } },
  ]);
  expect(sent()).toEqual({
    warehouseCode: 'LAW',
    primaryReference: 'SHOP-700123',
    secondaryReference: 'WEB-55110',
    shipToAddress: {
      address: {
        organization: 'Dana Rivers',
        addressLine1: '88 Harbor Road',
        addressLine2: 'Apt 4',
        city: 'Portland',
        state: 'OR',
        postalCode: '97205',
        country: 'US',
      },
      contact: { personName: 'Dana Rivers', phoneNumber: '503-555-0142', emailAddress: 'dana.rivers@example.com' },
    },
    requiredShipDate: '2026-03-09T00:00:00+00:00',
    orderLines: [
      { externalLineReference: '10', productCode: 'MUG-STEEL-350-BLU', quantity: 2, quantityUnit: 'UNT' },
      { externalLineReference: '020', productCode: 'TEA-100', quantity: 1.5, quantityUnit: 'KG' },
    ],
    additionalReferences: [{ key: 'ORD', value: 'SHOP-700123' }],
    note: 'Ring at the back door',
  });
});

test('the smallest order, with rate shopping: there is no transportDetail, not even an empty one', async () => {
  server.answers({ body: envelope(there()) });
  const order = orderOf({
    secondaryReference: undefined,
    shipToAddress: { address: { addressLine1: '410 Rue Principale', country: 'CAN' } },
    requiredShipDate: undefined,
    orderLines: [{ productCode: 'TEA-100', quantity: 1, partAttributes: [{ key: 'Batch', value: 'B-1' }] }],
    additionalReferences: undefined,
    note: undefined,
    rateGroup: 'ECO',
    forwardingData: { incoTerm: 'DDP' },
  });
  await handsOf(server).createOrder(order);
  expect(sent()).toEqual({
    warehouseCode: 'LAW',
    primaryReference: 'SHOP-700123',
    shipToAddress: { address: { addressLine1: '410 Rue Principale', country: 'CA' } },
    orderLines: [
      {
        externalLineReference: '1',
        productCode: 'TEA-100',
        quantity: 1,
        quantityUnit: 'UNT',
        partAttributes: [{ key: 'Batch', value: 'B-1' }],
      },
    ],
    rateGroup: 'ECO',
    forwardingData: { incoTerm: 'DDP' },
  });
});

test('a named carrier goes along', async () => {
  server.answers({ body: envelope(there()) });
  await handsOf(server).createOrder(orderOf({ transportDetail: { carrierCode: 'FX', serviceLevelCode: 'GND' } }));
  expect(sent()).toMatchObject({ transportDetail: { carrierCode: 'FX', serviceLevelCode: 'GND' } });
  expect(sent()).not.toHaveProperty('rateGroup');
});

test('the id of the order is not the id of the request, in whatever letters, and the latter may be missing', async () => {
  server.answers({ body: inPascalCase(envelope(there())) as object });
  expect(await handsOf(server).createOrder(orderOf())).toEqual({ orderId: ORDER_ID, requestId: REQUEST_ID });
  server.answers({ body: { data: { id: 'o-1' } } });
  expect(await handsOf(server).createOrder(orderOf())).toEqual({ orderId: 'o-1' });
});

test.each<[string, unknown]>([
  ['no data', { id: REQUEST_ID, errors: [] }],
  ['no id of the order', envelope({ status: 'PRS' })],
  ['an empty one', envelope({ id: ' ' })],
  ['a list', [envelope({ id: 'o-1' })]],
  ['a page', '<html>Please log in</html>'],
  ['nothing', ''],
])('an answer with %s leaves the outcome open', async (_, body) => {
  server.answers({ body });
  expect(await failureOf(handsOf(server).createOrder(orderOf()))).toMatchObject({ type: 'OutcomeUnknown' });
  expect(server.received).toHaveLength(1);
});
