import { z } from 'zod';
import { isCountry } from '../../countries.js';
import { currency, expected, line, moment, paragraph, reference } from '../../input.js';
import { refusedFields } from './refused.js';

const amountRule = 'an amount as a string with at most four decimals, e.g. "25.00"';

/** Nine digits before the point and four behind are what BigCommerce shows. Negative amounts are refused everywhere. */
export const amount = z
  .string({
    error: (issue) =>
      typeof issue.input === 'number'
        ? `write it as a string, e.g. "${issue.input}"`
        : expected(amountRule).error(issue),
  })
  .regex(/^(0|[1-9]\d{0,8})(\.\d{1,4})?$/, { error: `expected ${amountRule}`, abort: true });

/** Ids of BigCommerce are JSON numbers. */
const idRule = 'an id of BigCommerce, a whole number above 0';
const id = z.int(expected(idRule)).positive(`expected ${idRule}`);

const MOST_PIECES = 1_000_000;
const quantityRule = `a whole number from 1 to ${MOST_PIECES}`;

/** Fewer pieces than a computer could count, more than one line of a shop's order has. */
export const quantity = z
  .number(expected(quantityRule))
  .refine((value) => Number.isInteger(value) && value >= 1 && value <= MOST_PIECES, {
    error: `expected ${quantityRule}`,
    abort: true,
  });

/** Where BigCommerce publishes no length: its database's usual one. */
const TEXT = 255;
/** `name*` of a product. */
const NAME = 250;
/** `staff_notes`. */
const NOTES = 65_535;

/** Fields that are refused by name; no type of the input knows them. */
// biome-ignore lint/complexity/noBannedTypes: adds no member to what is inferred.
const refused = (fields: Readonly<Record<string, string>>): {} =>
  Object.fromEntries(Object.entries(fields).map(([name, error]) => [name, z.never({ error }).optional()]));

const formFields = z
  .array(
    z.strictObject(
      { name: line(TEXT), value: z.string(expected('text')).max(NOTES, `expected at most ${NOTES} characters`) },
      expected('a form field, { "name": "…", "value": "…" }'),
    ),
    expected('a list of form fields'),
  )
  .min(1, 'expected at least one form field')
  .describe('Custom fields of the address; set right after the order was created');

const addressFields = {
  first_name: line(TEXT).optional(),
  last_name: line(TEXT).optional(),
  company: line(TEXT).optional(),
  street_1: line(TEXT).optional(),
  street_2: line(TEXT).optional(),
  city: line(TEXT).optional(),
  state: line(TEXT).optional().describe('In full, e.g. California: tax documents cannot be made of abbreviations'),
  zip: line(30).refine((code) => code.trim().length >= 2, 'expected two characters at least'),
  country: line(TEXT).optional().describe('Its full English name'),
  country_iso2: z
    .string(expected('an ISO 3166 country code, e.g. "US"'))
    .refine((code) => code.length === 2 && isCountry(code), 'expected an ISO 3166 country code, e.g. "US"')
    .optional()
    .describe('Wins over country'),
  phone: line(50).optional(),
  email: z.email(expected('an e-mail address')).max(TEXT, `expected at most ${TEXT} characters`).optional(),
  form_fields: formFields.optional(),
};

const withCountry = (of: { country?: string | undefined; country_iso2?: string | undefined }): boolean =>
  of.country !== undefined || of.country_iso2 !== undefined;
const noCountry = { path: ['country_iso2'], error: 'is missing; expected country_iso2 or country' };

const billingAddress = z
  .strictObject(addressFields, expected('an address, { "zip": "97205", "country_iso2": "US", … }'))
  .refine(withCountry, noCountry);

const shippingAddress = z
  .strictObject(
    { ...addressFields, shipping_method: line(TEXT).optional() },
    expected('an address, { "zip": "97205", "country_iso2": "US", … }'),
  )
  .refine(withCountry, noCountry);

const product = z
  .strictObject(
    {
      ref: reference.optional().describe('Your own name of the line; by default its number, counted from 1'),
      product_id: id.optional().describe('A product of the catalogue; without it the line is a custom product'),
      variant_id: id.optional(),
      product_options: z
        .array(
          z.strictObject(
            { id, value: z.string(expected('text: the id of the value, or free text')) },
            expected('an option, { "id": 200, "value": "180" }'),
          ),
          expected('a list of options'),
        )
        .optional(),
      quantity,
      name: line(NAME).optional().describe('An alias of name_customer; needed for a custom product'),
      name_customer: line(NAME).optional(),
      name_merchant: line(NAME).optional(),
      price_ex_tax: amount.optional().describe('Of one piece; both prices, or neither for the prices of the store'),
      price_inc_tax: amount.optional(),
      sku: line(TEXT).optional().describe('Of a custom product; a product of the catalogue has its own'),
      upc: line(TEXT).optional(),
      wrapping_id: id.optional(),
      wrapping_name: line(TEXT).optional(),
      wrapping_message: paragraph(NOTES).optional(),
      wrapping_cost_ex_tax: amount.optional(),
      wrapping_cost_inc_tax: amount.optional(),
    },
    expected('a product, { "product_id": 184, "quantity": 1 } or { "name": "…", "price_ex_tax": … }'),
  )
  .superRefine((of, context) => {
    const say = (field: string, message: string) => context.addIssue({ code: 'custom', path: [field], message });
    for (const [one, other] of pairsOfProduct) expectPair(of, one, other, say);
    if (of.name !== undefined && of.name_customer !== undefined && of.name !== of.name_customer) {
      say('name', 'is an alias of name_customer; give one of them');
    }
    if (of.product_id !== undefined) {
      if (of.sku !== undefined) say('sku', 'is of the catalogue; only a custom product may have its own');
      if (of.wrapping_id !== undefined && of.wrapping_cost_ex_tax === undefined) {
        say('wrapping_cost_ex_tax', 'is missing; wrapping_id needs both costs');
      }
      return;
    }
    if (of.name === undefined && of.name_customer === undefined && of.name_merchant === undefined) {
      say('product_id', 'is missing; expected product_id, or the name of a custom product');
    } else if (of.price_ex_tax === undefined && of.price_inc_tax === undefined) {
      say('price_inc_tax', 'is missing; a custom product needs both prices');
    }
    const catalogue = ['variant_id', 'product_options', 'wrapping_id'] as const;
    for (const name of catalogue) if (of[name] !== undefined) say(name, 'needs product_id: a custom product has none');
  });

const pairsOfProduct = [
  ['price_ex_tax', 'price_inc_tax'],
  ['wrapping_cost_ex_tax', 'wrapping_cost_inc_tax'],
] as const;

/** Of a pair of amounts BigCommerce refuses one alone, or computes wrong totals from it. */
function expectPair<N extends string>(
  of: Readonly<Partial<Record<N, unknown>>>,
  one: N,
  other: N,
  say: (field: string, message: string) => void,
): void {
  if ((of[one] === undefined) === (of[other] === undefined)) return;
  const [missing, given] = of[one] === undefined ? [one, other] : [other, one];
  say(missing, `is missing; goes together with ${given}: give both or none`);
}

const fee = z
  .strictObject(
    {
      type: z.literal('custom_fee', expected('custom_fee')).default('custom_fee'),
      display_name_customer: line(TEXT).optional(),
      display_name_merchant: line(TEXT).optional(),
      source: line(TEXT).optional(),
      cost_ex_tax: amount,
      cost_inc_tax: amount,
      tax_class_id: id.optional(),
    },
    expected('a fee, { "display_name_customer": "…", "cost_ex_tax": "…", "cost_inc_tax": "…" }'),
  )
  .refine((of) => of.display_name_customer !== undefined || of.display_name_merchant !== undefined, {
    path: ['display_name_customer'],
    error: 'is missing; expected display_name_customer or display_name_merchant',
  });

/** Each line is a few hundred bytes in a history; a shop's order has a handful. */
const MOST_PRODUCTS = 500;

const costs = ['shipping_cost', 'handling_cost', 'wrapping_cost', 'subtotal', 'total'] as const;

/** A new order in BigCommerce's own words: every field of `POST /v2/orders` that may be written. */
export const contentInput = z
  .strictObject(
    {
      ...refused(refusedFields),
      products: z
        .array(product, expected('a list of products'))
        .min(1, { error: 'expected at least one product', abort: true })
        .max(MOST_PRODUCTS, { error: `expected at most ${MOST_PRODUCTS} products`, abort: true }),
      billing_address: billingAddress,
      shipping_addresses: z
        .array(shippingAddress, expected('a list of one address'))
        .length(1, 'expected one address: BigCommerce sends all lines to the first')
        .optional()
        .describe('By default where the bill goes'),
      status_id: z
        .literal([0, 1, 7], expected('0 (the Payments API takes the money), 1 (Pending) or 7 (Awaiting Payment)'))
        .optional()
        .describe('The first status: 0 for the Payments API, by default 7 for money that is taken outside'),
      customer_id: z
        .int(expected(`${idRule}, or 0 for a guest`))
        .nonnegative(`expected ${idRule}`)
        .optional(),
      channel_id: id.optional().describe('By default 1'),
      external_source: line(TEXT).optional().describe('The system that the order is from, e.g. ERP (Acme)'),
      external_merchant_id: line(TEXT).optional(),
      date_created: moment.optional(),
      base_shipping_cost: amount.optional(),
      base_handling_cost: amount.optional(),
      base_wrapping_cost: amount.optional(),
      shipping_cost_ex_tax: amount.optional(),
      shipping_cost_inc_tax: amount.optional(),
      handling_cost_ex_tax: amount.optional(),
      handling_cost_inc_tax: amount.optional(),
      wrapping_cost_ex_tax: amount.optional(),
      wrapping_cost_inc_tax: amount.optional(),
      subtotal_ex_tax: amount.optional().describe('Overrides what BigCommerce computes; then give the total, too'),
      subtotal_inc_tax: amount.optional(),
      total_ex_tax: amount.optional().describe('Overrides what BigCommerce computes'),
      total_inc_tax: amount.optional(),
      discount_amount: amount.optional().describe('The only discount that can be given'),
      order_is_digital: z.boolean(expected('true or false')).optional(),
      staff_notes: paragraph(NOTES).optional().describe('Not shown to the shopper'),
      customer_message: paragraph(NOTES).optional().describe('Shown to the shopper'),
      ip_address: z.ipv4(expected('an IPv4 address')).optional(),
      ip_address_v6: z.ipv6(expected('an IPv6 address')).optional(),
      geoip_country: line(TEXT).optional(),
      geoip_country_iso2: z
        .string(expected('an ISO 3166 country code, e.g. "US"'))
        .refine((code) => code.length === 2 && isCountry(code), 'expected an ISO 3166 country code, e.g. "US"')
        .optional(),
      customer_locale: z
        .string(expected('a locale, e.g. "en-US"'))
        .regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, 'expected a locale, e.g. "en-US"')
        .optional(),
      default_currency_code: currency.optional().describe("The order's currency; for stores with several"),
      ebay_order_id: line(TEXT).optional(),
      fees: z.array(fee, expected('a list of fees')).min(1, 'expected at least one fee').optional(),
    },
    expected('an order, { "products": [ … ], "billing_address": { … } }'),
  )
  .superRefine((of, context) => {
    const say = (path: string | (string | number)[], message: string) =>
      context.addIssue({ code: 'custom', path: [path].flat(), message });
    for (const cost of costs) expectPair(of, `${cost}_ex_tax`, `${cost}_inc_tax`, say);
    if (of.subtotal_inc_tax !== undefined && of.total_inc_tax === undefined) {
      say('total_inc_tax', 'is missing; BigCommerce does not compute the total anew when the subtotal is overridden');
    }
    if (of.total_inc_tax !== undefined && of.subtotal_inc_tax === undefined) {
      say(
        'subtotal_inc_tax',
        'is missing; BigCommerce does not compute the subtotal anew when the total is overridden',
      );
    }
    if (of.ip_address !== undefined && of.ip_address_v6 !== undefined) {
      say('ip_address_v6', 'clears ip_address; give one of them');
    }
    const seen = new Set<string>();
    withRefs(of.products).forEach(({ ref }, index) => {
      const name = ref.toLowerCase();
      if (seen.has(name)) say(['products', index, 'ref'], `"${ref}" is the name of another line already`);
      seen.add(name);
    });
  })
  .transform((of) => ({ ...of, products: withRefs(of.products) }));

function withRefs<P extends { ref?: string | undefined }>(products: readonly P[]): (P & { ref: string })[] {
  return products.map((each, index) => ({ ...each, ref: each.ref ?? String(index + 1) }));
}
