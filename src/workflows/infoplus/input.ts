import { z } from 'zod';
import { isCountry } from '../countries.js';
import { canonical } from '../fingerprint.js';
import { amount, connectionOf, expected, line, moment, paragraph, reference } from '../input.js';
import {
  ADDRESS_PARTS,
  AMOUNTS,
  CODES,
  DATES,
  INTEGERS,
  LINE_INTEGERS,
  LINE_READ_ONLY,
  PARTIES,
  READ_ONLY,
  SAID_OTHERWISE,
  TEXTS,
} from './fields.js';

/** Ids and quantities are 32-bit integers there. */
const INT_MAX = 2 ** 31 - 1;

/** The platform publishes no lengths but those of references (30 are safe) and custom fields (250). */
const CODE_LENGTH = 100;
const TEXT_LENGTH = 1_000;
const CUSTOM_FIELD_LENGTH = 250;

const integerRule = `a whole number, ${INT_MAX} at most`;
const integer = z.int(expected(integerRule)).min(0, 'expected 0 or more').max(INT_MAX, `expected ${INT_MAX} at most`);

/** Nothing says how a quote within a text of Infoplus's filters is written, and these are looked for by filters. */
function searchable(what: string) {
  const rule = `${what} of 1 to ${CODE_LENGTH} characters without quotes and backslashes`;
  return z
    .string(expected(rule))
    .regex(new RegExp(`^(?=\\S)[^'"\\\\\\p{Cc}]{1,${CODE_LENGTH}}(?<=\\S)$`, 'u'), `expected ${rule}`);
}

/** The id or the name of a record of the account. */
export const idOrName = z.union(
  [z.int().min(0).max(INT_MAX).transform(String), line(CODE_LENGTH)],
  expected('an id or a name'),
);

const dayRule = 'a day, e.g. "2026-01-15", or a time with its offset';
const day = z.union([z.iso.date(), moment], expected(dayRule));

const country = z
  .string(expected('an ISO 3166 country code, e.g. "US" or "USA"'))
  .refine(isCountry, 'expected an ISO 3166 country code, e.g. "US" or "USA"');

/** The parts of an address, with `billTo` or `shipTo` in front. */
const addressParts = {
  Company: line(CODE_LENGTH).describe('The first line of the address: a firm, or a person'),
  Attention: line(CODE_LENGTH),
  Street: line(CODE_LENGTH),
  Street2: line(CODE_LENGTH),
  Street3: line(CODE_LENGTH),
  City: line(CODE_LENGTH),
  State: line(CODE_LENGTH).describe('Sent for the United States only, by its full name'),
  Zip: line(20),
  Country: country,
  Phone: line(40),
  Email: z.email(expected('an e-mail address')).max(CODE_LENGTH, `expected at most ${CODE_LENGTH} characters`),
};

type Address<P extends string> = {
  [Part in keyof typeof addressParts as `${P}${Part}`]: z.ZodOptional<(typeof addressParts)[Part]>;
};

function address<P extends string>(party: P): Address<P> {
  const parts = ADDRESS_PARTS.map((part) => [`${party}${part}`, addressParts[part].optional()]);
  return Object.fromEntries(parts) as Address<P>;
}

/** The same for each name. */
function each<N extends string, T extends z.ZodType>(names: readonly N[], of: T): Record<N, z.ZodOptional<T>> {
  return Object.fromEntries(names.map((name) => [name, of.optional()])) as Record<N, z.ZodOptional<T>>;
}

/** Refuses fields by their names, with what to use instead. */
function refused<R extends Readonly<Record<string, readonly string[]>>>(
  reasons: R,
  why: string,
): Record<R[keyof R][number], z.ZodOptional<z.ZodNever>> {
  const fields = Object.entries(reasons).flatMap(([instead, names]) =>
    names.map((name) => [name, z.never({ error: `${why}; ${instead}` }).optional()]),
  );
  return Object.fromEntries(fields);
}

const customFields = z
  .record(
    line(CODE_LENGTH),
    z.union([paragraph(CUSTOM_FIELD_LENGTH), z.number(), z.boolean()], {
      error: `expected text of 1 to ${CUSTOM_FIELD_LENGTH} characters, a number, true or false`,
    }),
    expected('values by the name of their field'),
  )
  .describe('Values by the name of the custom field');

/** More lines than a warehouse packs into one order; the whole order stays well within one request. */
const MOST_LINES = 500;
const MOST_PARTS = 50;

const list = <T extends z.ZodType>(of: T, what: string, most = MOST_PARTS) =>
  z.array(of, expected(`a list of ${what}`)).max(most, `expected ${most} at most`);

const sku = searchable('a SKU');
const quantity = z
  .int('expected a whole number')
  .min(1, { error: 'expected 1 or more', abort: true })
  .max(INT_MAX, { error: `expected ${INT_MAX} at most`, abort: true });

const lineItem = z.strictObject(
  {
    sku: sku.describe('An order holds a SKU once: lines of the same SKU are put together'),
    orderedQty: quantity,
    orderAssemblyInstructions: paragraph(TEXT_LENGTH).optional(),
    fulfillmentChannel: line(CODE_LENGTH).optional(),
    ...each(LINE_INTEGERS, integer),
    dynamicKitComponentList: list(
      z.strictObject({ sku, perKitQuantity: quantity.optional() }, expected('a component, { "sku": "…", … }')),
      'components',
    ).optional(),
    overrideReceiptsForFulfillmentList: list(
      z.strictObject({ itemReceiptId: integer }, expected('a receipt, { "itemReceiptId": … }')),
      'receipts',
    ).optional(),
    customFields: customFields.optional(),
    ...refused(LINE_READ_ONLY, 'cannot be written at Infoplus'),
  },
  expected('a line, { "sku": "…", "orderedQty": … }'),
);

const extra = { category: line(CODE_LENGTH), code: line(CODE_LENGTH), value: line(CUSTOM_FIELD_LENGTH) };

/** The hold codes that Infoplus knows. */
const holdCodes = [
  ...(['N', 'Y', 'H', 'A', 'B', 'C', 'D', 'E'] as const),
  ...(['1', '2', '3', '4', '5'] as const),
] as const;

/** A tag is part of an address there; a slash would end it. */
export const tag = line(CODE_LENGTH).regex(/^(?!\.{1,2}$)[^/\\]+$/, 'expected a tag without slashes');

const order = z.strictObject(
  {
    connection: connectionOf('infoplus'),
    reference: reference.describe('Your own number of the order, its customerOrderNo at Infoplus'),
    startAt: moment.optional().describe('Nothing is done before this time'),
    orderDate: day.describe('Infoplus may move it to fit its own schedule'),
    warehouse: idOrName.optional().describe('By id or name; by default that of the connection'),
    carrier: idOrName.optional().describe('By id or name; by default that of the connection'),
    customerNo: searchable('a customer number')
      .optional()
      .describe('A customer of the line of business; made from the bill-to if there is none'),
    customer: z
      .strictObject(
        {
          packageCarrierId: integer.optional().describe('By default the carrier of the order'),
          // What a public client of the platform makes its customers with.
          truckCarrierId: integer.default(100),
          weightBreak: integer.default(0),
          residential: z.enum(['Yes', 'No'], { error: 'expected Yes or No' }).default('No'),
          externalId: line(CODE_LENGTH).optional(),
          priceLevel: line(CODE_LENGTH).optional(),
        },
        expected('an object with what a new customer needs beside the bill-to'),
      )
      .prefault({})
      .describe('For a customer that has to be made; one that is there is left as it is'),
    ...address('billTo'),
    ...address('shipTo'),
    lineItems: z
      .array(lineItem, expected('a list of lines'))
      .min(1, { error: 'expected at least one line', abort: true })
      .max(MOST_LINES, { error: `expected at most ${MOST_LINES} lines`, abort: true }),
    ...each(CODES, line(CODE_LENGTH)),
    ...each(TEXTS, paragraph(TEXT_LENGTH)),
    ...each(INTEGERS, integer),
    ...each(AMOUNTS, amount),
    ...each(DATES, day),
    holdCode: z
      .enum(holdCodes, expected(`one of ${holdCodes.join(', ')}`))
      .optional()
      .describe('N: not held, Y: not held, shipped complete, others: held until released'),
    requestedParcelAccessories: list(
      z.strictObject({ accessory: line(CODE_LENGTH), amount: amount.optional() }, expected('{ "accessory": "…" }')),
      'accessories',
    ).optional(),
    extraOrderData: list(
      z.strictObject({ sequence: line(CODE_LENGTH).optional(), ...extra }, expected('{ "category": "…", … }')),
      'values',
    ).optional(),
    extraLineItemData: list(
      z.strictObject({ sku, ...extra }, expected('{ "sku": "…", "category": "…", … }')),
      'values',
      MOST_LINES,
    ).optional(),
    customFields: customFields.optional(),
    tags: list(tag, 'tags').optional().describe('Tags that the order carries'),
    ...refused(READ_ONLY, 'cannot be written at Infoplus'),
    ...refused(SAID_OTHERWISE, 'is said in another way'),
  },
  expected('an order, { "connection": "infoplus/<name>", "reference": "…", … }'),
);

/** Without these an address is none; a customer of Infoplus needs a zip code, too. */
const NEEDED = {
  billTo: ['Company', 'Street', 'City', 'Zip', 'Country'],
  shipTo: ['Company', 'Street', 'City', 'Country'],
} as const;

/** The input of an Infoplus order, in the platform's own words. Unknown fields are refused by name. */
export const infoplusOrderInput = order
  .superRefine((of, context) => {
    const say = (path: (string | number)[], message: string) => context.addIssue({ code: 'custom', path, message });
    for (const party of PARTIES) {
      if (!ADDRESS_PARTS.some((part) => of[`${party}${part}`] !== undefined)) continue;
      for (const part of NEEDED[party]) {
        if (of[`${party}${part}`] === undefined) say([`${party}${part}`], `is missing; an address needs it`);
      }
    }
    if (of.customerNo === undefined && of.billToCompany === undefined) {
      say(['customerNo'], 'is missing; expected a customer number, or the bill-to of a new customer');
    }
    of.lineItems.forEach((line, index) => {
      const first = of.lineItems.findIndex(({ sku }) => sameSku(sku, line.sku));
      if (first === index) return;
      const before = of.lineItems[first];
      if (before !== undefined && canonical(beside(before)) !== canonical(beside(line))) {
        say(
          ['lineItems', index],
          `differs from lineItems[${first}] in more than its quantity; an order holds a SKU once`,
        );
      }
    });
    merged(of.lineItems).forEach(({ sku, orderedQty }) => {
      if (orderedQty > INT_MAX) say(['lineItems'], `the quantities of ${sku} are more than ${INT_MAX}`);
    });
    const tags = (of.tags ?? []).map((name) => name.toLowerCase());
    tags.forEach((name, index) => {
      if (tags.indexOf(name) < index) say(['tags', index], `"${name}" is there already`);
    });
  })
  .transform((of) => ({ ...of, lineItems: merged(of.lineItems) }));

const sameSku = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();

/** What a line says beside what and how much. */
function beside<L extends { readonly sku: string; readonly orderedQty: number }>({ sku, orderedQty, ...more }: L) {
  return more;
}

function merged<L extends { readonly sku: string; readonly orderedQty: number }>(lines: readonly L[]): L[] {
  const bySku = new Map<string, L>();
  for (const line of lines) {
    const before = bySku.get(line.sku.toLowerCase());
    const orderedQty = (before?.orderedQty ?? 0) + line.orderedQty;
    bySku.set(line.sku.toLowerCase(), { ...(before ?? line), orderedQty });
  }
  return [...bySku.values()];
}

/** What a release takes: nothing. */
export const infoplusReleaseInput = z.strictObject({}, expected('an empty object, {}'));

/** A parsed order. */
export type InfoplusOrder = z.output<typeof infoplusOrderInput>;
/** An order as a caller writes it. */
export type InfoplusOrderInput = z.input<typeof infoplusOrderInput>;
