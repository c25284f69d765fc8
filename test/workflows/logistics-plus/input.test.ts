import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { problemsOf } from '../../../src/workflows/input.js';
import { logisticsPlusOrderInput } from '../../../src/workflows/logistics-plus/input.js';
import { odd, pathsOf, replacedAt } from '../everywhere.js';

const good = {
  connection: 'logistics-plus/acme',
  reference: 'SHOP-700123',
  warehouseCode: 'LAW',
  shipToAddress: { address: { addressLine1: '88 Harbor Road', country: 'USA' } },
  orderLines: [
    { productCode: 'MUG-B', quantity: 2 },
    { productCode: 'TEA-1', quantity: 1.5, quantityUnit: 'KG' },
  ],
};

/** Every member that there is, but for `rateGroup`, which goes with no carrier. */
const full = {
  ...good,
  startAt: '2026-03-01T09:00:00Z',
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
    contact: {
      personName: 'Dana Rivers',
      phoneNumber: '503-555-0142',
      mobileNumber: '503-555-0143',
      faxNumber: '503-555-0144',
      emailAddress: 'dana@example.com',
    },
  },
  requiredShipDate: '2026-03-08T19:00:00-05:00',
  orderLines: [
    {
      externalLineReference: '10',
      productCode: 'KETTLE-E',
      quantity: 1,
      quantityUnit: 'UNT',
      partAttributes: [{ key: 'SERIAL', value: 'SN-1' }],
    },
  ],
  additionalReferences: [{ key: 'ORD', value: 'SHOP-700123' }],
  note: 'Ring at the back door\nand wait',
  transportDetail: { carrierCode: 'FX', serviceLevelCode: 'GND' },
  forwardingData: { incoTerm: 'DDP' },
};

function problemsOfInput(input: unknown): string[] {
  const parsed = logisticsPlusOrderInput.safeParse(input);
  return parsed.success ? [] : problemsOf(parsed.error);
}

/** What is said of the good order with other members. */
const problems = (change: object): string[] => problemsOfInput({ ...good, ...change });

const line = (change: object) => ({ orderLines: [{ productCode: 'MUG-B', quantity: 2, ...change }] });
const address = (change: object) => ({
  shipToAddress: { address: { addressLine1: '88 Harbor Road', country: 'USA', ...change } },
});
const contact = (change: object) => ({ shipToAddress: { ...good.shipToAddress, contact: change } });

const aCountry = 'expected an ISO 3166 country code, e.g. "US" or "USA"';
const text = (most: number) => `expected text of 1 to ${most} characters in one line`;

describe('a good order', () => {
  test('gets its defaults, and nothing else', () => {
    expect(logisticsPlusOrderInput.parse(good)).toEqual({
      ...good,
      orderLines: [
        { externalLineReference: '1', productCode: 'MUG-B', quantity: 2, quantityUnit: 'UNT' },
        { externalLineReference: '2', productCode: 'TEA-1', quantity: 1.5, quantityUnit: 'KG' },
      ],
    });
  });

  test('may have every member', () => {
    expect(logisticsPlusOrderInput.parse(full)).toEqual(full);
  });

  test('may leave the carrier to a rate group, or name the half of it', () => {
    for (const change of [
      { rateGroup: 'ECO' },
      { transportDetail: { carrierCode: 'FX' } },
      { transportDetail: { serviceLevelCode: 'GND' } },
    ]) {
      expect(problems(change)).toEqual([]);
    }
  });

  // As published: eleven of Incoterms 2020, DAT of 2010, and six of the house.
  test.each('PPD CLT C3P FCD CFR CIF CIP CPT DAP DAT DDP DPU EXW FAS FC1 FC2 FCA FOB'.split(' '))(
    'may ship under %s, at home and abroad',
    (incoTerm) => {
      for (const country of ['US', 'DE']) {
        expect(problems({ ...address({ country }), forwardingData: { incoTerm } })).toEqual([]);
      }
    },
  );

  test.each(['US', 'USA', 'DE', 'DEU', 'CA', 'CAN', 'GB', 'GBR', 'TW', 'TWN'])('may go to %s', (country) => {
    expect(problems(address({ country }))).toEqual([]);
  });

  test('may be as long as its fields', () => {
    const of = (length: number) => 'x'.repeat(length);
    const pairs = Array(50).fill({ key: of(50), value: of(100) });
    const longest = {
      reference: of(30),
      warehouseCode: of(35),
      secondaryReference: of(35),
      shipToAddress: {
        address: {
          ...full.shipToAddress.address,
          ...{ organization: of(100), addressLine1: of(100), addressLine2: of(100) },
          ...{ city: of(100), state: of(100), postalCode: of(20) },
        },
        contact: {
          ...{ personName: of(100), phoneNumber: of(40), mobileNumber: of(40), faxNumber: of(40) },
          emailAddress: `a@${of(63)}.${of(30)}.com`,
        },
      },
      orderLines: Array.from({ length: 500 }, (_, i) => ({
        externalLineReference: String(i).padStart(35, '0'),
        productCode: of(35),
        quantity: 0.001,
        quantityUnit: of(10),
        partAttributes: pairs,
      })),
      additionalReferences: pairs,
      note: of(250),
      transportDetail: { carrierCode: of(35), serviceLevelCode: of(35) },
    };
    expect(problems(longest)).toEqual([]);
  });
});

describe('each mistake is one sentence that begins with its field', () => {
  test.each<[string, object, string[]]>([
    [
      'a rate group together with a carrier',
      { rateGroup: 'ECO', transportDetail: { carrierCode: 'FX' } },
      ['rateGroup: cannot be given together with transportDetail: either the carrier is chosen, or it is named'],
    ],
    ['a carrier that is none', { transportDetail: {} }, ['transportDetail: expected a carrierCode']],
    [
      'a carrier as text',
      { transportDetail: 'FX' },
      ['transportDetail: expected a carrier and a service, { "carrierCode": "FX", "serviceLevelCode": "GND" }'],
    ],
    ...['', 'ddp', 'DDU', 'FC3', 'DDP ', 7].map((incoTerm): [string, object, string[]] => [
      `Incoterm ${JSON.stringify(incoTerm)}`,
      { forwardingData: { incoTerm } },
      [
        'forwardingData.incoTerm: expected one of PPD, CLT, C3P, FCD, CFR, CIF, CIP, CPT, DAP, DAT, DDP, DPU, EXW, FAS, FC1, FC2, FCA, FOB',
      ],
    ]),
    [
      'an Incoterm by another spelling',
      { forwardingData: { incoterm: 'DDP' } },
      [
        expect.stringMatching(/^forwardingData\.incoTerm: is missing; expected one of PPD, /),
        'forwardingData.incoterm: is not a field of this input',
      ] as string[],
    ],
    [
      'a product code of 36 characters',
      line({ productCode: 'P'.repeat(36) }),
      [`orderLines[0].productCode: ${text(35)}`],
    ],
    [
      'no product code',
      line({ productCode: undefined }),
      ['orderLines[0].productCode: is missing; expected text of 1 to 35 characters in one line'],
    ],
    ['an empty product code', line({ productCode: ' ' }), [`orderLines[0].productCode: ${text(35)}`]],
    [
      'no warehouse code',
      { warehouseCode: undefined },
      ['warehouseCode: is missing; expected the code of a warehouse, e.g. "LAW"'],
    ],
    ...['', 'L W', 'x'.repeat(36), 7, null].map((warehouseCode): [string, object, string[]] => [
      `warehouse code ${JSON.stringify(warehouseCode)}`,
      { warehouseCode },
      ['warehouseCode: expected the code of a warehouse, e.g. "LAW"'],
    ]),
    ['quantity 0', line({ quantity: 0 }), ['orderLines[0].quantity: expected more than 0']],
    ['a negative quantity', line({ quantity: -1 }), ['orderLines[0].quantity: expected more than 0']],
    ['four decimals', line({ quantity: 1.0005 }), ['orderLines[0].quantity: expected at most three decimals']],
    ['quantity as text', line({ quantity: '2' }), ['orderLines[0].quantity: expected a number']],
    ['no quantity', line({ quantity: undefined }), ['orderLines[0].quantity: is missing; expected a number']],
    [
      'a quantity without end',
      line({ quantity: Number.POSITIVE_INFINITY }),
      ['orderLines[0].quantity: expected a number'],
    ],
    ['no lines', { orderLines: [] }, ['orderLines: expected at least one line']],
    ['lines missing', { orderLines: undefined }, ['orderLines: is missing; expected a list of lines']],
    [
      '501 lines',
      { orderLines: Array(501).fill({ productCode: 'MUG-B', quantity: 1 }) },
      ['orderLines: expected at most 500 lines'],
    ],
    [
      'a line as text',
      { orderLines: ['MUG-B'] },
      ['orderLines[0]: expected a line, { "productCode": "…", "quantity": … }'],
    ],
    ['a long unit', line({ quantityUnit: 'x'.repeat(11) }), [`orderLines[0].quantityUnit: ${text(10)}`]],
    ...['XX', 'XXX', 'us', 'United States', 'U', ''].map((country): [string, object, string[]] => [
      `country ${JSON.stringify(country)}`,
      address({ country }),
      [`shipToAddress.address.country: ${aCountry}`],
    ]),
    ['no country', address({ country: undefined }), [`shipToAddress.address.country: is missing; ${aCountry}`]],
    [
      'no street',
      address({ addressLine1: undefined }),
      [`shipToAddress.address.addressLine1: is missing; ${text(100)}`],
    ],
    ['an empty second line', address({ addressLine2: '' }), [`shipToAddress.address.addressLine2: ${text(100)}`]],
    ['a long city', address({ city: 'x'.repeat(101) }), [`shipToAddress.address.city: ${text(100)}`]],
    ['a long postal code', address({ postalCode: '1'.repeat(21) }), [`shipToAddress.address.postalCode: ${text(20)}`]],
    [
      'two lines in one',
      address({ organization: 'Dana\nRivers' }),
      [`shipToAddress.address.organization: ${text(100)}`],
    ],
    [
      'no address',
      { shipToAddress: {} },
      ['shipToAddress.address: is missing; expected an address, { "addressLine1": "…", "country": "…", … }'],
    ],
    [
      'nowhere to ship to',
      { shipToAddress: undefined },
      ['shipToAddress: is missing; expected where to ship to, { "address": { … }, "contact": { … } }'],
    ],
    [
      'a long telephone number',
      contact({ phoneNumber: '1'.repeat(41) }),
      [`shipToAddress.contact.phoneNumber: ${text(40)}`],
    ],
    [
      'no e-mail address',
      contact({ emailAddress: 'dana' }),
      ['shipToAddress.contact.emailAddress: expected an e-mail address'],
    ],
    [
      'a contact as text',
      contact('Dana' as unknown as object),
      ['shipToAddress.contact: expected a contact, { "personName": "…", … }'],
    ],
    ['a note of 251 characters', { note: 'x'.repeat(251) }, ['note: expected text of 1 to 250 characters']],
    ['an empty note', { note: '' }, ['note: expected text of 1 to 250 characters']],
    ['a control character', { note: 'ring\u0007' }, ['note: expected text of 1 to 250 characters']],
    ['a long secondary reference', { secondaryReference: 'x'.repeat(36) }, [`secondaryReference: ${text(35)}`]],
    ['a long rate group', { rateGroup: 'x'.repeat(36) }, [`rateGroup: ${text(35)}`]],
    [
      '51 references',
      { additionalReferences: Array(51).fill({ key: 'ORD', value: '1' }) },
      ['additionalReferences: expected 50 at most'],
    ],
    [
      'references as an object',
      { additionalReferences: { ORD: '1' } },
      ['additionalReferences: expected a list of keys and values'],
    ],
    [
      'a reference without its value',
      { additionalReferences: [{ key: 'ORD' }] },
      [`additionalReferences[0].value: is missing; ${text(100)}`],
    ],
    [
      'a long key',
      line({ partAttributes: [{ key: 'x'.repeat(51), value: '1' }] }),
      [`orderLines[0].partAttributes[0].key: ${text(50)}`],
    ],
    [
      'a ship date without its offset',
      { requiredShipDate: '2026-03-08T19:00:00' },
      ['requiredShipDate: expected a time with its offset, e.g. "2026-01-15T10:30:00-05:00" or "2026-01-15T15:30:00Z"'],
    ],
    [
      'a ship date without its time',
      { requiredShipDate: '2026-03-08' },
      [expect.stringMatching(/^requiredShipDate: expected a time with its offset/)] as string[],
    ],
    [
      'one line reference twice, whatever the case',
      {
        orderLines: [
          { externalLineReference: 'a', productCode: 'MUG-B', quantity: 1 },
          { externalLineReference: 'A', productCode: 'TEA-1', quantity: 1 },
        ],
      },
      ['orderLines[1].externalLineReference: "A" is the reference of another line already'],
    ],
    [
      'a line reference that another line has by its number',
      {
        orderLines: [
          { externalLineReference: '2', productCode: 'MUG-B', quantity: 1 },
          { productCode: 'TEA-1', quantity: 1 },
        ],
      },
      ['orderLines[1].externalLineReference: "2" is the reference of another line already'],
    ],
    ['an unknown field', { colour: 'red' }, ['colour: is not a field of this input']],
    ['a field of the answer', { status: 'CAN' }, ['status: is not a field of this input']],
    ['an unknown field of a line', line({ unitPrice: '1' }), ['orderLines[0].unitPrice: is not a field of this input']],
    [
      'an unknown field of the address',
      address({ zip: '1' }),
      ['shipToAddress.address.zip: is not a field of this input'],
    ],
    [
      'an unknown field of the carrier',
      { transportDetail: { carrierCode: 'FX', service: 'GND' } },
      ['transportDetail.service: is not a field of this input'],
    ],
    [
      'the reference by the name that the platform has for it',
      { reference: undefined, primaryReference: 'SHOP-1' },
      ['reference: is missing; expected text', 'primaryReference: is not a field of this input'],
    ],
    ...['', 'x'.repeat(31), 'SHOP 1', 'SHOP*1', 'É'].map((reference): [string, object, string[]] => [
      `reference ${JSON.stringify(reference)}`,
      { reference },
      ['reference: expected 1 to 30 letters, digits, dots, underscores or hyphens'],
    ]),
    [
      'a connection of another platform',
      { connection: 'keap/acme' },
      ['connection: expected "logistics-plus/<name>", with lower-case letters, digits and hyphens in the name'],
    ],
    [
      'three mistakes at once',
      { ...line({ quantity: 0 }), warehouseCode: '', note: '' },
      [
        'warehouseCode: expected the code of a warehouse, e.g. "LAW"',
        'orderLines[0].quantity: expected more than 0',
        'note: expected text of 1 to 250 characters',
      ],
    ],
  ])('%s', (_, change, sentences) => {
    expect(problems(change)).toEqual(sentences);
  });

  test('in our words, whichever field is missing or of another type', () => {
    const { transportDetail, ...shopped } = { ...full, rateGroup: 'ECO' };
    let told = 0;
    for (const order of [full, shopped]) {
      expect(problemsOfInput(order)).toEqual([]);
      for (const path of pathsOf(order)) {
        for (const value of odd) {
          for (const sentence of problemsOfInput(replacedAt(order, path, value))) {
            expect(sentence).toMatch(/^\S.*: /);
            expect(sentence).not.toMatch(/: (Invalid|Unrecognized|Too (small|big))/);
            told++;
          }
        }
      }
    }
    expect(told).toBeGreaterThan(700);
  });
});

describe('whatever comes in', () => {
  const anything = fc.oneof(fc.jsonValue(), fc.constantFrom('abc', '', 1.5, Number.NaN, '1e3', null));
  const anyOf = (value: object) => fc.dictionary(fc.constantFrom(...Object.keys(value)), anything);

  test('is answered with sentences, never with a crash', () => {
    const [line] = full.orderLines;
    fc.assert(
      fc.property(
        anyOf({ ...full, rateGroup: 'ECO' }),
        anyOf(line ?? {}),
        anyOf(full.shipToAddress),
        (of, line, to) => {
          const order = { ...full, orderLines: [line], shipToAddress: { ...full.shipToAddress, ...to }, ...of };
          for (const sentence of problemsOfInput(order)) expect(sentence).toMatch(/^\S.*: .+/);
        },
      ),
    );
  });

  test('and is accepted, is accepted again as it was parsed, and means the same', () => {
    const words = fc.string({ minLength: 1, maxLength: 12, unit: 'grapheme' });
    const short = fc.string({ minLength: 1, maxLength: 12 });
    const pairs = fc.array(fc.record({ key: short, value: words }), { maxLength: 3 });
    const of = <T extends object>(model: { [K in keyof T]: fc.Arbitrary<T[K]> }, requiredKeys: (keyof T)[]) =>
      fc.record(model, { requiredKeys });
    const country = fc.constantFrom('US', 'USA', 'DE', 'DEU', 'CAN');
    const orderLine = of(
      {
        externalLineReference: fc.oneof({ arbitrary: short, weight: 9 }, fc.constantFrom('1', '2')),
        productCode: short,
        quantity: fc.oneof(
          fc.integer({ min: 1, max: 99 }),
          fc.integer({ min: 1, max: 99_999 }).map((n) => n / 1_000),
        ),
        quantityUnit: fc.constantFrom('UNT', 'KG'),
        partAttributes: pairs,
      },
      ['productCode', 'quantity'],
    );
    const moments = fc.constantFrom('2026-03-08T19:00:00-05:00', '2026-03-08T19:00:00.5Z');
    const order = of(
      {
        connection: fc.constant('logistics-plus/acme'),
        reference: fc.stringMatching(/^[A-Za-z0-9._-]{1,30}$/),
        startAt: moments,
        warehouseCode: fc.constantFrom('LAW', 'clw_2'),
        secondaryReference: words,
        shipToAddress: of(
          {
            address: of({ organization: words, addressLine1: words, city: words, postalCode: short, country }, [
              'addressLine1',
              'country',
            ]),
            contact: of(
              {
                personName: words,
                phoneNumber: short,
                emailAddress: fc.constantFrom('dana@example.com', "d.o'neil+x@mail.example.org"),
              },
              [],
            ),
          },
          ['address'],
        ),
        requiredShipDate: moments,
        orderLines: fc.array(orderLine, { minLength: 1, maxLength: 4 }),
        additionalReferences: pairs,
        note: words,
        forwardingData: fc.record({ incoTerm: fc.constantFrom('DDP', 'FC1', 'PPD') }),
      },
      ['connection', 'reference', 'warehouseCode', 'shipToAddress', 'orderLines'],
    );
    const transportDetail = of({ carrierCode: short, serviceLevelCode: short }, ['carrierCode']);
    const carrier = fc.oneof(fc.record({ transportDetail }), fc.record({ rateGroup: short }), fc.constant({}));
    let accepted = 0;
    fc.assert(
      fc.property(order, carrier, (input, by) => {
        const parsed = logisticsPlusOrderInput.safeParse({ ...input, ...by });
        if (!parsed.success) return;
        accepted++;
        // As it is after a way through a history.
        expect(logisticsPlusOrderInput.parse(JSON.parse(JSON.stringify(parsed.data)))).toEqual(parsed.data);
      }),
      { numRuns: 1_000 },
    );
    expect(accepted).toBeGreaterThan(500);
  });
});

test('the schema can be shown as JSON Schema', () => {
  const schema = z.toJSONSchema(logisticsPlusOrderInput, { io: 'input' });
  expect(schema.required).toEqual(['connection', 'reference', 'warehouseCode', 'shipToAddress', 'orderLines']);
  expect(schema.additionalProperties).toBe(false);
});
