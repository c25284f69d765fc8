import { z } from 'zod';
import { isCountry } from '../countries.js';
import { connectionOf, expected, line, moment, paragraph, reference } from '../input.js';

/** Published for products only (35 characters); references keep to the same, because nothing longer is known to work. */
const REFERENCE_LENGTH = 35;

/** The API's own bound is not published; this much is known to be kept. */
export const NOTE_LENGTH = 250;

/** Codes come from the credentials packet, e.g. `LAW`, `FX`, `GND`, `ECO`. */
const code = line(REFERENCE_LENGTH);

/** The 18 terms that Logistics Plus knows: eleven of Incoterms 2020, `DAT` of 2010, and six of the house. */
export const incoTerms = [
  ...(['PPD', 'CLT', 'C3P', 'FCD', 'CFR', 'CIF', 'CIP', 'CPT', 'DAP'] as const),
  ...(['DAT', 'DDP', 'DPU', 'EXW', 'FAS', 'FC1', 'FC2', 'FCA', 'FOB'] as const),
] as const;

const country = z
  .string(expected('an ISO 3166 country code, e.g. "US" or "USA"'))
  .refine(isCountry, 'expected an ISO 3166 country code, e.g. "US" or "USA"');

/** A line of an address; the platform publishes no lengths. */
const ADDRESS_LENGTH = 100;

const address = z.strictObject(
  {
    organization: line(ADDRESS_LENGTH).optional().describe("The recipient's name, of a person too"),
    addressLine1: line(ADDRESS_LENGTH),
    addressLine2: line(ADDRESS_LENGTH).optional(),
    city: line(ADDRESS_LENGTH).optional(),
    state: line(ADDRESS_LENGTH).optional(),
    postalCode: line(20).optional(),
    country,
  },
  expected('an address, { "addressLine1": "…", "country": "…", … }'),
);

const contact = z.strictObject(
  {
    personName: line(ADDRESS_LENGTH).optional(),
    phoneNumber: line(40).optional(),
    mobileNumber: line(40).optional(),
    faxNumber: line(40).optional(),
    emailAddress: z.email(expected('an e-mail address')).max(100, 'expected at most 100 characters').optional(),
  },
  expected('a contact, { "personName": "…", … }'),
);

const keyAndValue = z.strictObject(
  { key: line(50), value: line(100) },
  expected('a key and a value, { "key": "ORD", "value": "…" }'),
);

/** More lines than a warehouse packs into one order; the whole order stays well within one request. */
const MOST_LINES = 500;

const MOST_PAIRS = 50;

const pairs = z
  .array(keyAndValue, expected('a list of keys and values'))
  .max(MOST_PAIRS, `expected ${MOST_PAIRS} at most`);

const orderLine = z.strictObject(
  {
    externalLineReference: line(REFERENCE_LENGTH)
      .optional()
      .describe('Your own name of the line; by default its number, counted from 1'),
    productCode: line(REFERENCE_LENGTH).describe('A product that the warehouse knows; at most 35 characters'),
    quantity: z
      .number(expected('a number'))
      .positive({ error: 'expected more than 0', abort: true })
      // Shipments answer with three decimals.
      .refine((value) => Math.abs(value * 1_000 - Math.round(value * 1_000)) < 1e-6, 'expected at most three decimals'),
    quantityUnit: line(10).default('UNT').describe('UNT, a unit, is the one value in use'),
    partAttributes: pairs.optional().describe('Serial numbers, batches and the like that this line asks for'),
  },
  expected('a line, { "productCode": "…", "quantity": … }'),
);

const order = z.strictObject(
  {
    connection: connectionOf('logistics-plus'),
    reference: reference.describe('Your own number of the order, its primaryReference at Logistics Plus'),
    startAt: moment.optional().describe('Nothing is done before this time'),
    warehouseCode: z
      .string(expected('the code of a warehouse, e.g. "LAW"'))
      .regex(/^[A-Za-z0-9_-]{1,35}$/, 'expected the code of a warehouse, e.g. "LAW"')
      .describe('Cannot be changed later'),
    secondaryReference: line(REFERENCE_LENGTH).optional(),
    shipToAddress: z.strictObject(
      { address, contact: contact.optional() },
      expected('where to ship to, { "address": { … }, "contact": { … } }'),
    ),
    requiredShipDate: moment.optional().describe('By default Logistics Plus takes the next day'),
    orderLines: z
      .array(orderLine, expected('a list of lines'))
      .min(1, { error: 'expected at least one line', abort: true })
      .max(MOST_LINES, { error: `expected at most ${MOST_LINES} lines`, abort: true }),
    additionalReferences: pairs.optional().describe('Further numbers by kind, e.g. ORD, INV, CUS'),
    note: paragraph(NOTE_LENGTH).optional().describe('For the people at the warehouse'),
    transportDetail: z
      .strictObject(
        { carrierCode: code.optional(), serviceLevelCode: code.optional() },
        expected('a carrier and a service, { "carrierCode": "FX", "serviceLevelCode": "GND" }'),
      )
      .refine((of) => of.carrierCode !== undefined || of.serviceLevelCode !== undefined, 'expected a carrierCode')
      .optional(),
    rateGroup: code.optional().describe('Lets Logistics Plus choose the carrier; never together with transportDetail'),
    forwardingData: z
      .strictObject(
        { incoTerm: z.enum(incoTerms, expected(`one of ${incoTerms.join(', ')}`)) },
        expected('{ "incoTerm": "DDP" }'),
      )
      .optional(),
  },
  expected('an order, { "connection": "logistics-plus/<name>", "reference": "…", … }'),
);

/** The input of a Logistics Plus order, in the platform's own words. Unknown fields are refused by name. */
export const logisticsPlusOrderInput = order
  .superRefine((of, context) => {
    const say = (path: (string | number)[], message: string) => context.addIssue({ code: 'custom', path, message });
    if (of.rateGroup !== undefined && of.transportDetail !== undefined) {
      say(['rateGroup'], 'cannot be given together with transportDetail: either the carrier is chosen, or it is named');
    }
    const seen = new Set<string>();
    withReferences(of.orderLines).forEach((line, index) => {
      const name = line.externalLineReference.toLowerCase();
      if (seen.has(name)) {
        const message = `"${line.externalLineReference}" is the reference of another line already`;
        say(['orderLines', index, 'externalLineReference'], message);
      }
      seen.add(name);
    });
  })
  .transform((of) => ({ ...of, orderLines: withReferences(of.orderLines) }));

function withReferences<L extends { externalLineReference?: string | undefined }>(
  lines: readonly L[],
): (L & { externalLineReference: string })[] {
  return lines.map((line, index) => ({
    ...line,
    externalLineReference: line.externalLineReference ?? String(index + 1),
  }));
}

/** A parsed order. */
export type LogisticsPlusOrder = z.output<typeof logisticsPlusOrderInput>;
/** An order as a caller writes it. */
export type LogisticsPlusOrderInput = z.input<typeof logisticsPlusOrderInput>;
