import { z } from 'zod';
import { isCountry } from '../countries.js';
import { connectionOf, expected, line, moment, reference } from '../input.js';

/** Flxpoint counts with JSON numbers; ids beyond this would not arrive as they were written. */
const MOST_ID = Number.MAX_SAFE_INTEGER;
const idRule = 'an id of Flxpoint, digits as text, e.g. "5812044"';

/** An id as Flxpoint shows it. As text: a JSON number in a caller's language may have lost digits already. */
const id = z
  .string(expected(idRule))
  .regex(/^[1-9]\d{0,15}$/, { error: `expected ${idRule}`, abort: true })
  .refine((digits) => Number(digits) <= MOST_ID, `expected ${idRule}`);

const priceRule = 'a price as a string with at most six decimals, e.g. "24.50"';

/** Nine digits before the point and six behind are what a double keeps exactly, and Flxpoint's prices are doubles. */
const price = z
  .string({
    error: (issue) =>
      typeof issue.input === 'number'
        ? `write it as a string, e.g. "${issue.input}"`
        : expected(priceRule).error(issue),
  })
  .regex(/^(0|[1-9]\d{0,8})(\.\d{1,6})?$/, `expected ${priceRule}`)
  .describe('The selling price of one piece, in the currency of the account; Flxpoint shows none');

/** More pieces than one line of a shop's order has. */
const MOST_PIECES = 1_000_000;
const quantityRule = `a whole number from 1 to ${MOST_PIECES}`;

const quantity = z
  .number(expected(quantityRule))
  .refine((value) => Number.isInteger(value) && value >= 1 && value <= MOST_PIECES, `expected ${quantityRule}`);

/** Flxpoint publishes no lengths; the longest that carriers print is a third of it. */
const ADDRESS_LENGTH = 100;

const address = z
  .strictObject(
    {
      name: line(ADDRESS_LENGTH).optional().describe('Split by Flxpoint; not beside firstName and lastName'),
      firstName: line(ADDRESS_LENGTH).optional(),
      lastName: line(ADDRESS_LENGTH).optional(),
      companyName: line(ADDRESS_LENGTH).optional(),
      addressLine1: line(ADDRESS_LENGTH),
      addressLine2: line(ADDRESS_LENGTH).optional(),
      city: line(ADDRESS_LENGTH),
      state: line(ADDRESS_LENGTH).optional().describe('Flxpoint derives it from stateCode within the US'),
      stateCode: line(10).optional(),
      postal: line(20).optional(),
      countryCode: z
        .string(expected('an ISO 3166 country code, e.g. "US"'))
        .refine((code) => code.length === 2 && isCountry(code), 'expected an ISO 3166 country code, e.g. "US"'),
      email: z.email(expected('an e-mail address')).max(100, 'expected at most 100 characters').optional(),
      phone: line(40).optional(),
    },
    expected('an address, { "addressLine1": "…", "city": "…", "countryCode": "US", … }'),
  )
  .refine((of) => of.name === undefined || (of.firstName === undefined && of.lastName === undefined), {
    path: ['name'],
    error: 'cannot be given together with firstName or lastName',
  });

const productRule = 'expected exactly one of sku, listingVariantId and productVariantId';

const orderLine = z
  .strictObject(
    {
      reference: reference.describe('Your own number of the line, one line of the order whatever the case'),
      sku: line(100).optional().describe("A product of the order's channel, or else of the catalogue"),
      listingVariantId: id.optional(),
      productVariantId: id.optional(),
      quantity,
      price,
      shippingAddress: address.optional().describe('Where this line goes, if not to where the order goes'),
    },
    expected('a line, { "reference": "…", "sku": "…", "quantity": 1, "price": "24.50" }'),
  )
  .refine(
    (of) => [of.sku, of.listingVariantId, of.productVariantId].filter((each) => each !== undefined).length === 1,
    { error: productRule, path: ['sku'] },
  );

/** Each line costs half a dozen requests at two a second: more is not added while somebody waits. */
const MOST_LINES = 100;

const lines = z
  .array(orderLine, expected('a list of lines'))
  .min(1, { error: 'expected at least one line', abort: true })
  .max(MOST_LINES, { error: `expected at most ${MOST_LINES} lines`, abort: true })
  .superRefine(expectDifferentReferences);

function expectDifferentReferences(all: readonly { reference: string }[], context: z.core.$RefinementCtx): void {
  const seen = new Set<string>();
  all.forEach(({ reference: name }, index) => {
    if (seen.has(name.toLowerCase())) {
      const message = `"${name}" is the reference of another line already`;
      context.addIssue({ code: 'custom', path: [index, 'reference'], message });
    }
    seen.add(name.toLowerCase());
  });
}

const included = ['invoices', 'returns'] as const;

/** The input of a Flxpoint order: what is added to an order that is there already. Unknown fields are refused by name. */
export const flxpointOrderInput = z.strictObject(
  {
    connection: connectionOf('flxpoint'),
    reference: id.describe("Flxpoint's own id of the order, not its order number"),
    startAt: moment.optional().describe('Nothing is done before this time'),
    lines,
    include: z
      .array(z.enum(included, expected(`one of ${included.join(', ')}`)), expected('a list of what to read as well'))
      .max(included.length, { error: `expected ${included.join(' and ')} at most` })
      .optional()
      .describe('What the result tells beside lines, fulfillment requests and shipments: invoices, returns'),
  },
  expected('lines for an order, { "connection": "flxpoint/<name>", "reference": "5812044", "lines": [ … ] }'),
);

/** What the update `addLines` takes: more lines for the same order. */
export const flxpointLinesInput = z.strictObject({ lines }, expected('more lines, { "lines": [ … ] }'));

/** What the update `ship` takes, where Waybill plays the source: one parcel with a tracking number of its own. */
export const flxpointShipInput = z.strictObject(
  {
    trackingNumber: line(100).describe('Counts once for each fulfillment request'),
    carrier: line(100).optional(),
    method: line(100).optional(),
    trackingUrl: z.url({ protocol: /^https?$/, ...expected('an address') }).optional(),
    shippedAt: moment.optional(),
    lines: z
      .array(
        z.strictObject({ reference, quantity }, expected('a line, { "reference": "…", "quantity": 1 }')),
        expected('a list of lines'),
      )
      .min(1, { error: 'expected at least one line', abort: true })
      .max(MOST_LINES, { error: `expected at most ${MOST_LINES} lines`, abort: true })
      .superRefine(expectDifferentReferences),
  },
  expected('a parcel, { "trackingNumber": "…", "lines": [ { "reference": "…", "quantity": 1 } ] }'),
);

/** A parsed order. */
export type FlxpointOrder = z.output<typeof flxpointOrderInput>;
/** An order as a caller writes it. */
export type FlxpointOrderInput = z.input<typeof flxpointOrderInput>;
export type FlxpointLine = FlxpointOrder['lines'][number];
export type FlxpointLines = z.output<typeof flxpointLinesInput>;
export type FlxpointShip = z.output<typeof flxpointShipInput>;
