import { z } from 'zod';
import { isCountry } from '../countries.js';
import {
  amount,
  connectionOf,
  currency,
  decimalsOf,
  expected,
  line,
  moment,
  money,
  paragraph,
  reference,
} from '../input.js';
import { cents, fromCents } from '../money.js';

/** The largest number that Keap's XML-RPC carries; ids and quantities are 32-bit integers behind both interfaces. */
export const INT_MAX = 2 ** 31 - 1;

export const keapId = z
  .string(expected('a Keap id as a string of digits'))
  .refine((id) => /^[1-9]\d{0,9}$/.test(id) && Number(id) <= INT_MAX, 'expected a Keap id as a string of digits');

/** Keap's filters take `;` as "and", `*` and `%` as wildcards and `~` as an operator; such a SKU cannot be looked up. */
const sku = z.string(expected('a SKU')).regex(/^[^;*%~\p{Cc}]{1,100}$/u, 'expected a SKU without ; * % or ~');

const country = z
  .string(expected('an ISO 3166 country code, e.g. "US" or "USA"'))
  .refine(isCountry, 'expected an ISO 3166 country code, e.g. "US" or "USA"');

/** Lengths as in Keap's Contact: 75 a line, 50 the city and region, 15 the postal code of a billing address. */
const address = z.strictObject(
  {
    line1: line(75),
    line2: line(75).optional(),
    city: line(50).optional(),
    region: line(50).optional().describe('State or province, as it should be shown, e.g. "AZ"'),
    postalCode: line(15).optional(),
    country,
  },
  expected('an address, { "line1": "…", "country": "…", … }'),
);

/** Keap keeps 40 characters of each name, 40 of a phone number, and 75 of the first e-mail address. */
export const contact = z
  .strictObject(
    {
      id: keapId.optional().describe('The contact at Keap, if you know it'),
      email: z.email(expected('an e-mail address')).max(75, 'expected at most 75 characters').optional(),
      phone: line(40).optional(),
      givenName: line(40).optional(),
      familyName: line(40).optional(),
      company: line(100).optional(),
      billingAddress: address.optional(),
    },
    expected('a contact, { "email": "…", … } or { "id": "…", … }'),
  )
  .refine((of) => of.id !== undefined || of.email !== undefined, 'expected an id or an email');

const shippingAddress = address.extend({
  givenName: line(40).optional(),
  familyName: line(40).optional(),
  company: line(100).optional(),
  phone: line(40).optional(),
});

/** Kinds that stand for a product of the catalogue, so they need its SKU. */
const productKinds = ['product', 'upsell', 'program', 'subscription'] as const;
/** Kinds that take something off: their price is negative or zero. */
const discountKinds = [
  'discount',
  'free-trial',
  'order-total-discount',
  'product-discount',
  'category-discount',
  'shipping-discount',
] as const;
const plainKinds = ['shipping', 'tax', 'fee', 'service', 'finance-charge', 'other'] as const;

/** All kinds of line that Keap knows, on either transport. */
export const lineKinds = [...productKinds, ...plainKinds, ...discountKinds] as const;
export type KeapLineKind = (typeof lineKinds)[number];

function isProductKind(kind: KeapLineKind): boolean {
  return (productKinds as readonly string[]).includes(kind);
}

function isDiscountKind(kind: KeapLineKind): boolean {
  return (discountKinds as readonly string[]).includes(kind);
}

const orderLine = z
  .strictObject(
    {
      ref: reference.optional().describe('Your own name of the line; by default its number, counted from 1'),
      kind: z.enum(lineKinds, { error: `expected one of ${lineKinds.join(', ')}` }).default('product'),
      sku: sku.optional().describe('Needed for product, upsell, program and subscription'),
      quantity: z
        .int('expected a whole number')
        .min(1, { error: 'expected 1 or more', abort: true })
        .max(INT_MAX, { error: `expected ${INT_MAX} at most`, abort: true })
        .describe('A whole number, 1 or more'),
      unitPrice: money.describe('Negative or zero for discounts, otherwise not negative'),
      unitCost: amount.optional(),
      name: line(100)
        .optional()
        .describe('What the customer reads; by default the product (REST: its name, XML-RPC: its SKU) or the kind'),
      description: paragraph(500).optional(),
      plan: keapId.optional().describe('The subscription plan at Keap'),
    },
    expected('a line, { "sku": "…", "quantity": …, "unitPrice": "…", … }'),
  )
  .superRefine((of, context) => {
    // A wrong line ends the check here: that the total does not fit then would be the same mistake told twice.
    const say = (field: string, message: string) =>
      context.addIssue({ code: 'custom', path: [field], message, continue: false });
    if (isProductKind(of.kind) && of.sku === undefined) say('sku', `is missing; a line of kind ${of.kind} needs it`);
    if (!isProductKind(of.kind) && of.sku !== undefined) say('sku', `a line of kind ${of.kind} has none`);
    if (of.kind !== 'subscription' && of.plan !== undefined) say('plan', 'only a subscription has one');
    const negative = cents(of.unitPrice) < 0n;
    if (isDiscountKind(of.kind) && cents(of.unitPrice) > 0n) say('unitPrice', `a ${of.kind} must not be positive`);
    if (!isDiscountKind(of.kind) && negative) say('unitPrice', `must not be negative in a line of kind ${of.kind}`);
  });

/** Keap gets it in the payment's note, where a later look finds the payment by it. */
const paymentReference = z
  .string(expected('1 to 64 letters, digits, dots, underscores or hyphens'))
  .regex(/^[A-Za-z0-9._-]{1,64}$/, 'expected 1 to 64 letters, digits, dots, underscores or hyphens');

const taken = z.strictObject({
  kind: z.literal('taken'),
  method: line(60).describe("One of the account's manual payment types, e.g. Credit Card (Manual)"),
  reference: paymentReference.describe('Your own number of the payment'),
  amount: amount.optional().describe('If given, it must be the total: Waybill records no part payments'),
  paidAt: moment.optional().describe('By default the time of the order'),
  note: line(200).optional(),
});

const charge = z.strictObject({
  kind: z.literal('charge'),
  card: keapId.describe('The card on file at Keap'),
  merchantAccount: keapId.optional(),
  reference: paymentReference.default('charge').describe('Your own number of the payment'),
});

const payment = z.discriminatedUnion('kind', [taken, charge], {
  ...expected('{ "kind": "taken", … } for money taken elsewhere or { "kind": "charge", … } for a card on file'),
});

export const customFields = z
  .record(
    line(100),
    paragraph(65_535),
    expected('texts by the label of their field, each label of 1 to 100 characters'),
  )
  .optional();

const order = z.strictObject(
  {
    connection: connectionOf('keap'),
    reference,
    startAt: moment.optional().describe('Nothing is done before this time'),
    flow: z
      .enum(['order', 'place-order'], { error: 'expected order or place-order' })
      .default('order')
      .describe('place-order: Keap makes the order from its own catalogue prices (XML-RPC only)'),
    title: line(100).optional(),
    orderedAt: moment,
    type: z.enum(['Online', 'Offline'], { error: 'expected Online or Offline' }).default('Online'),
    notes: paragraph(1000).optional(),
    currency,
    total: amount.describe('What the customer pays. Must be the sum of the lines, less promotionDiscount'),
    contact: contact,
    shippingAddress: shippingAddress.optional(),
    // Over XML-RPC a line is two steps, twelve events; a history of 6,000 is far from the server's end at 51,200.
    lines: z
      .array(orderLine, expected('a list of lines'))
      .min(1, { error: 'expected at least one line', abort: true })
      .max(500, { error: 'expected at most 500 lines', abort: true }),
    payment,
    customFields: customFields.describe('Values by the label of the order field'),
    leadAffiliate: keapId.optional(),
    saleAffiliate: keapId.optional(),
    promoCodes: z.array(line(50), expected('a list of codes')).min(1, 'expected at least one code').optional(),
    promotionDiscount: amount.optional().describe('What Keap takes off for promoCodes; needed with them'),
  },
  expected('an order, { "connection": "keap/<name>", "reference": "…", … }'),
);

/**
 * The input of a Keap order. Unknown fields are refused by name; money is a decimal string; times carry their offset.
 * `total` is stated so that a forgotten line is noticed before money moves.
 */
export const keapOrderInput = order
  .superRefine((of, context) => {
    const say = (path: (string | number)[], message: string) => context.addIssue({ code: 'custom', path, message });
    const sum = of.lines.reduce((so, line) => so + cents(line.unitPrice) * BigInt(line.quantity), 0n);
    const due = sum - cents(of.promotionDiscount ?? '0');
    if (due !== cents(of.total)) {
      const less = of.promotionDiscount === undefined ? '' : ` less the promotion of ${of.promotionDiscount}`;
      say(['total'], `${of.total} is not the sum of the lines, ${fromCents(sum)}${less}`);
    }
    if ((of.promoCodes === undefined) !== (of.promotionDiscount === undefined)) {
      say(['promotionDiscount'], 'goes together with promoCodes: give both or none');
    }
    if (
      of.payment.kind === 'taken' &&
      of.payment.amount !== undefined &&
      cents(of.payment.amount) !== cents(of.total)
    ) {
      say(['payment', 'amount'], `${of.payment.amount} is not the total, ${of.total}; part payments are not recorded`);
    }
    if (of.title !== undefined && of.reference.length + 3 + of.title.length > 100) {
      say(['title'], `with "${of.reference} | " in front it has more than 100 characters`);
    }
    const seen = new Set<string>();
    withRefs(of.lines).forEach((line, index) => {
      const ref = line.ref.toLowerCase();
      if (seen.has(ref)) say(['lines', index, 'ref'], `"${line.ref}" is the reference of another line already`);
      seen.add(ref);
    });
    const decimals = decimalsOf(of.currency);
    const tooFine = (value: string) => (value.split('.')[1] ?? '').replace(/0+$/, '').length > decimals;
    of.lines.forEach((line, index) => {
      if (tooFine(line.unitPrice)) say(['lines', index, 'unitPrice'], `${of.currency} has ${decimals} decimals`);
    });
  })
  .transform((of) => ({ ...of, lines: withRefs(of.lines) }));

function withRefs<L extends { ref?: string | undefined }>(lines: readonly L[]): (L & { ref: string })[] {
  return lines.map((line, index) => ({ ...line, ref: line.ref ?? String(index + 1) }));
}

/** A parsed order. */
export type KeapOrder = z.output<typeof keapOrderInput>;
export type KeapLine = KeapOrder['lines'][number];
export type KeapPayment = KeapOrder['payment'];
/** An order as a caller writes it. */
export type KeapOrderInput = z.input<typeof keapOrderInput>;
