import { describe, expect, test } from 'vitest';
import { differences } from '../../../src/activities/logistics-plus/compare.js';
import { type OrderThere, ordersUnder } from '../../../src/activities/logistics-plus/shapes.js';
import type { LogisticsPlusOrderInput } from '../../../src/workflows/logistics-plus/input.js';
import { listOf, orderOf, there } from './rig.js';

/** As the platform's answer is read. */
function read(order: object): OrderThere {
  const [parsed] = ordersUnder('SHOP-700123').parse(listOf(order)).data.orders;
  if (parsed === undefined) throw new Error('the order carries another reference');
  return parsed;
}

const compare = (order: object, change: Partial<LogisticsPlusOrderInput> = {}, stopNote?: string) =>
  differences(orderOf(change), read(order), stopNote);

const to = there().shipToAddress;
const address = (change: object) => there({ shipToAddress: { ...to, address: { ...to.address, ...change } } });
const contact = (change: object) => there({ shipToAddress: { ...to, contact: { ...to.contact, ...change } } });
const [mug = {}, tea = {}] = there().orderLines;
const lines = (...orderLines: object[]) => there({ orderLines });

test('the order as it was sent is the order', () => {
  expect(compare(there())).toEqual([]);
});

describe('the same in another form', () => {
  test.each<[string, object]>([
    ['three letters of a country', address({ country: 'USA' })],
    ['two letters of a country', address({ country: 'us' })],
    ['letter case and blanks', address({ addressLine1: ' 88  HARBOR Road ', city: 'PORTLAND' })],
    ['letters composed of two', contact({ personName: 'Dana Rivers'.normalize('NFD') })],
    ['the moment at another offset', there({ requiredShipDate: '2026-03-08T19:00:00-05:00' })],
    ['the moment with fractions', there({ requiredShipDate: '2026-03-09T00:00:00.000Z' })],
    ['quantities with decimals and as texts', lines({ ...mug, quantity: 2.0 }, { ...tea, quantity: '1.500' })],
    ['lines in another order', lines(tea, mug)],
    ['references of lines in other letters', lines({ ...mug, productCode: 'mug-steel-350-blu' }, tea)],
    ['lines without our references, by their numbers', lines({ ...mug, externalLineReference: '' }, tea)],
    [
      'lines without names, by their products',
      lines({ productCode: 'TEA-100', quantity: 1.5 }, { productCode: 'MUG-STEEL-350-BLU', quantity: 2 }),
    ],
    ['what the order left to the platform', there({ transportDetail: { carrierCode: 'UPS' }, rateGroup: 'ECO' })],
    ['a further contact', contact({ faxNumber: '1' })],
    [
      'a further reference',
      there({
        additionalReferences: [
          { key: 'INV', value: '9' },
          { key: 'ord', value: 'shop-700123' },
        ],
      }),
    ],
  ])('%s', (_, order) => {
    expect(compare(order)).toEqual([]);
  });

  test('countries that were written with three letters', () => {
    const shipToAddress = { address: { addressLine1: 'Strandvejen 1', country: 'DNK' } };
    const there = { address: { addressLine1: 'Strandvejen 1', addressLine2: '', country: 'DK' } };
    expect(compare(address({}), { shipToAddress })).not.toEqual([]);
    expect(compare({ ...address({}), shipToAddress: there }, { shipToAddress })).toEqual([]);
  });

  test('an empty text and none', () => {
    const shipToAddress = { address: { ...orderOf().shipToAddress.address, addressLine2: undefined } };
    expect(compare(address({ addressLine2: '' }), { shipToAddress })).toEqual([]);
    expect(compare(address({ addressLine2: null }), { shipToAddress })).toEqual([]);
  });

  test('a carrier that is not shown again', () => {
    const carried = { transportDetail: { carrierCode: 'FX' }, forwardingData: { incoTerm: 'DDP' as const } };
    expect(compare(there(), carried)).toEqual([]);
    expect(compare(there({ transportDetail: { carrierCode: 'fx', serviceLevelCode: '' } }), carried)).toEqual([]);
  });
});

describe('what differs is named, without its values', () => {
  test.each<[object, string[], Partial<LogisticsPlusOrderInput>?]>([
    [there({ warehouseCode: 'CLW' }), ['warehouseCode']],
    [there({ secondaryReference: null }), ['secondaryReference']],
    [address({ addressLine1: '88 Harbour Road' }), ['shipToAddress.address.addressLine1']],
    [address({ addressLine2: 'Apt 5' }), ['shipToAddress.address.addressLine2']],
    [
      address({ country: 'CA', organization: 'Rivers Ltd' }),
      ['shipToAddress.address.organization', 'shipToAddress.address.country'],
    ],
    [contact({ emailAddress: '' }), ['shipToAddress.contact.emailAddress']],
    [
      there({ shipToAddress: null }),
      [
        ...['organization', 'addressLine1', 'addressLine2', 'city', 'state', 'postalCode', 'country'].map(
          (name) => `shipToAddress.address.${name}`,
        ),
        ...['personName', 'phoneNumber', 'emailAddress'].map((name) => `shipToAddress.contact.${name}`),
      ],
    ],
    [there({ requiredShipDate: '2026-03-08T12:00:00+00:00' }), ['requiredShipDate']],
    [there({ requiredShipDate: 'soon' }), ['requiredShipDate']],
    [there({ additionalReferences: [] }), ['additionalReferences']],
    [there({ note: 'Ring at the front door' }), ['note']],
    [lines({ ...mug, quantity: 3 }, tea), ['orderLines[0].quantity']],
    [lines({ ...mug, quantity: 'two' }, tea), ['orderLines[0].quantity']],
    [
      lines(mug, { ...tea, productCode: 'TEA-200', quantityUnit: 'UNT' }),
      ['orderLines[1].productCode', 'orderLines[1].quantityUnit'],
    ],
    [lines(mug), ['orderLines[1]']],
    [lines(mug, tea, { ...mug, externalLineReference: '30', lineNumber: '3' }), ['orderLines']],
    [lines(mug, mug, tea), ['orderLines[0]']],
    // A zero in front is part of a reference.
    [lines(mug, { ...tea, externalLineReference: '20' }), ['orderLines', 'orderLines[1]']],
    [
      there({ transportDetail: { carrierCode: 'UPS', serviceLevelCode: 'GND' }, forwardingData: { incoTerm: 'EXW' } }),
      ['transportDetail.carrierCode', 'forwardingData.incoTerm'],
      { transportDetail: { carrierCode: 'FX', serviceLevelCode: 'GND' }, forwardingData: { incoTerm: 'DDP' } },
    ],
    [there({ rateGroup: 'FAST' }), ['rateGroup'], { rateGroup: 'ECO' }],
    [
      lines({ ...mug, partAttributes: [{ key: 'BATCH', value: 'B-2' }] }),
      ['orderLines[0].partAttributes'],
      {
        orderLines: [
          {
            externalLineReference: '10',
            productCode: 'MUG-STEEL-350-BLU',
            quantity: 2,
            partAttributes: [{ key: 'Batch', value: 'B-1' }],
          },
        ],
      },
    ],
  ])('%#: %j', (order, expected, change = {}) => {
    expect(compare(order, change)).toEqual(expected);
  });
});

test('a note with the stop text in front is our note', () => {
  const stopped = there({ note: 'PLEASE STOP Ring at the back door' });
  expect(compare(stopped)).toEqual(['note']);
  expect(compare(stopped, {}, 'PLEASE STOP')).toEqual([]);
  expect(compare(there({ note: 'PLEASE STOP Ring at the front door' }), {}, 'PLEASE STOP')).toEqual(['note']);
});
