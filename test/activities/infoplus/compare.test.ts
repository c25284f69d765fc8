import { describe, expect, test } from 'vitest';
import { differences } from '../../../src/activities/infoplus/compare.js';
import { type OrderThere, order } from '../../../src/activities/infoplus/shapes.js';
import type { InfoplusOrderInput } from '../../../src/workflows/infoplus/input.js';
import { backOrder, line, there, wantOf } from './rig.js';

/** As the platform's answer is read. */
const read = (json: object): OrderThere => order.parse(JSON.parse(JSON.stringify(json)));

const compare = (root: object, change: Partial<InfoplusOrderInput> = {}, backOrders: object[] = []) =>
  differences(wantOf(change), read(root), backOrders.map(read));

test('the order as it was sent is the order', () => {
  expect(compare(there())).toEqual([]);
});

describe('the same in another form', () => {
  test.each<[string, object, Partial<InfoplusOrderInput>?]>([
    ['another day for the order', there({ orderDate: '2026-01-01T00:00:00Z' })],
    ['another carrier, chosen by a rule of the account', there({ carrierId: 7 })],
    ['letter case and blanks', there({ shipToCity: 'PORTLAND', shipToStreet: ' 88  harbor road' })],
    ['two letters of a country', there({ shipToCountry: 'us', shipToState: 'OR' })],
    ['numbers as texts', there({ warehouseId: '1000', shippingCharge: '4.90', customerPONo: 'po-77' })],
    ['what is not shown again', there({ warehouseId: undefined, customerPONo: null, shippingCharge: undefined })],
    ['what Infoplus knows beside', there({ vendorNo: 'V-1', shipToPhone: '1', shipToEmail: 'a@example.com' })],
    ["the customer's own bill-to", there({ billToCompany: 'Another', billToCity: 'Elsewhere' })],
    ['lines in another order', there({ lineItems: [line('sku-2', 1), line('SKU-1', 2)] })],
    [
      'quantities as texts',
      there({
        lineItems: [
          { sku: 'SKU-1', orderedQty: '2' },
          { sku: 'SKU-2', orderedQty: 1.0 },
        ],
      }),
    ],
    [
      'a state that Infoplus shows abroad',
      there({ shipToCountry: 'ENGLAND', shipToState: 'Kent' }),
      { shipToCountry: 'GB' },
    ],
    ['a day at midnight', there({ needByDate: '2025-03-09T00:00:00Z' }), { needByDate: '2025-03-09' }],
    [
      'a moment at another offset',
      there({ needByDate: '2025-03-10T04:00:00Z' }),
      { needByDate: '2025-03-09T22:00:00-06:00' },
    ],
  ])('%s', (_, root, change) => {
    expect(compare(root, change)).toEqual([]);
  });

  test.each<[string, object[]]>([
    ['in the order and in its back order', [line('SKU-1', 2), line('SKU-2', 1)]],
    ['in the back order alone', [line('SKU-1', 2)]],
    ['partly in each', [line('SKU-1', 2), line('SKU-2', 0)]],
  ])('what is back-ordered stands %s', (_, lineItems) => {
    expect(compare(there({ lineItems }), {}, [backOrder()])).toEqual([]);
  });
});

describe('what differs is named as the input names it', () => {
  test.each<[object, string[], Partial<InfoplusOrderInput>?]>([
    [there({ warehouseId: 2 }), ['warehouse']],
    [there({ customerNo: 'C-200' }), ['customerNo']],
    [there({ customerNo: null }), ['customerNo']],
    [there({ shipToCity: null, shipToStreet2: 'Apt 5' }), ['shipToStreet2', 'shipToCity']],
    [there({ shipToCountry: 'CANADA', shipToState: 'Ontario' }), ['shipToState', 'shipToCountry']],
    [there({ shipToCountry: 'Narnia' }), ['shipToCountry']],
    [there({ customerPONo: 'PO-78', shippingCharge: 5 }), ['customerPONo', 'shippingCharge']],
    [there({ lineItems: [line('SKU-1', 3), line('SKU-2', 1)] }), ['lineItems[0].orderedQty']],
    [there({ lineItems: [line('SKU-1', 2)] }), ['lineItems[1]']],
    [there({ lineItems: [line('SKU-1', 2), line('SKU-2', 1), line('SKU-3', 1)] }), ['lineItems']],
    [there({ lineItems: null }), ['lineItems[0]', 'lineItems[1]']],
    [there({ needByDate: '2025-03-10T00:00:00Z' }), ['needByDate'], { needByDate: '2025-03-09' }],
    [there({ priorityCode: 1 }), ['priorityCode'], { priorityCode: 0 }],
    [
      there({ billToCompany: 'Jane Doe' }),
      ['billToStreet', 'billToCity', 'billToState', 'billToZip', 'billToCountry', 'billToPhone', 'billToEmail'],
      { customerNo: undefined },
    ],
  ])('%#: %j', (root, expected, change) => {
    expect(compare(root, change)).toEqual(expected);
  });
});
