import { z } from 'zod';
import { connectionOf, expected, line, moment, paragraph, reference } from '../input.js';
import { amount, contentInput, quantity } from './content/input.js';
import { totalOf } from './content/totals.js';
import { fromUnits, units } from './decimal.js';

/** An id of BigCommerce as a caller knows it from the store's addresses. */
const idRule = 'an id of BigCommerce, digits as text, e.g. "1042"';
const orderId = z.string(expected(idRule)).regex(/^[1-9]\d{0,15}$/, `expected ${idRule}`);

/** The id that a payment has where it was taken. */
const providerId = line(255).describe('The id of the payment where it was taken');
const method = line(255).describe('What the store shows, e.g. Card (Acme Pay)');

const outside = z.strictObject({
  kind: z.literal('outside'),
  payment_method: method.default('Manual'),
});

const taken = z.strictObject({
  kind: z.literal('taken'),
  payment_method: method.default('Manual'),
  payment_provider_id: providerId,
});

/** A token of BigCommerce's, or of a gateway: raw card data must never get into a history. */
const token = z
  .string(expected('a token, 1 to 255 printable characters'))
  .regex(/^[\x21-\x7e]{1,255}$/, 'expected a token, 1 to 255 printable characters');

const instruments = ['stored_card', 'stored_paypal_account', 'stored_bank_account', 'tokenized_card'] as const;

const paymentsApi = z.strictObject({
  kind: z.literal('payments-api'),
  payment_method_id: line(100).describe('As the store lists them, e.g. stripe.card'),
  instrument: z.strictObject(
    {
      type: z.enum(instruments, expected(`one of ${instruments.join(', ')}; raw card data is never taken`)),
      token,
    },
    expected('an instrument, { "type": "stored_card", "token": "…" }'),
  ),
});

const payment = z.discriminatedUnion('kind', [outside, taken, paymentsApi], {
  ...expected(
    '{ "kind": "outside" } (the word "paid" follows), { "kind": "taken", … } or { "kind": "payments-api", … }',
  ),
});

const order = z.strictObject(
  {
    connection: connectionOf('bigcommerce'),
    reference: reference.describe('Your own number of the order; BigCommerce keeps it as external_order_id'),
    startAt: moment.optional().describe('Nothing is done before this time'),
    orderId: orderId
      .optional()
      .describe('An order that is in the store already, with a payment that is authorized: it is captured'),
    order: contentInput.optional().describe('A new order, in the words of BigCommerce'),
    payment: payment
      .optional()
      .describe('Who takes the money of a new order. By default it is taken outside, and the word "paid" follows'),
    total: amount.optional().describe('What the customer pays, with tax; another total is refused before money moves'),
    complete: z
      .literal(true, { error: 'expected true, or nothing' })
      .optional()
      .describe('The order is set to Completed once everything has shipped'),
  },
  expected('an order, { "connection": "bigcommerce/<name>", "reference": "…", "order": { … } }'),
);

/**
 * The input of a BigCommerce order: a new one (`order`), or one that the store has made (`orderId`). Unknown fields are
 * refused by name; money is a decimal string; times carry their offset.
 */
export const bigcommerceOrderInput = order
  .superRefine((of, context) => {
    const say = (path: (string | number)[], message: string) => context.addIssue({ code: 'custom', path, message });
    if (of.order === undefined) {
      if (of.orderId === undefined) say(['order'], 'is missing; expected a new order, or orderId of one that is there');
      if (of.payment !== undefined) say(['payment'], 'an order that is there has its payment; it is captured');
      return;
    }
    if (of.orderId !== undefined) say(['orderId'], 'is of an order that is there; give order or orderId, not both');
    const byApi = of.payment?.kind === 'payments-api';
    const status = of.order.status_id;
    if (byApi && status !== undefined && status !== 0) {
      say(['order', 'status_id'], 'must be 0: the Payments API refuses any other order');
    }
    if (!byApi && status === 0) say(['order', 'status_id'], 'is for the Payments API alone; expected 1 or 7');
    const sum = totalOf(of.order);
    if (sum !== undefined && sum < 0n) say(['order', 'discount_amount'], 'is more than what is to be paid');
    else if (sum !== undefined && of.total !== undefined && units(of.total) !== sum) {
      say(['total'], `${of.total} is not what the products, costs and discount come to, ${fromUnits(sum)}`);
    }
  })
  // Parsed again with a correction, it must come out the same.
  .transform((of) => ({ ...of, payment: of.orderId === undefined ? (of.payment ?? OUTSIDE) : undefined }));

/** Of a new order the money is taken outside unless somebody says otherwise. */
const OUTSIDE = outside.parse({ kind: 'outside' });

/** What the update `paid` takes: the money was taken outside. */
export const bigcommercePaidInput = z.strictObject(
  { payment_provider_id: providerId, payment_method: method.optional() },
  expected('a payment, { "payment_provider_id": "…" }'),
);

/** The carriers that BigCommerce makes a tracking link for; `carrier_…` is one of the store's own. */
const PROVIDERS = 'auspost canadapost endicia usps fedex royalmail ups upsready upsonline shipperhq'.split(' ');
const providerRule = `one of ${PROVIDERS.join(', ')} or carrier_<id>`;

const trackingNumber = line(50);

/** A parcel holds at most as many lines as an order has. */
const MOST_LINES = 500;

/** What the update `ship` takes: one parcel that has left, or the right number of one that was reported before. */
export const bigcommerceShipInput = z
  .strictObject(
    {
      tracking_number: trackingNumber.describe('Counts once: the same again is the same parcel'),
      corrects: trackingNumber.optional().describe('The number that this parcel was reported with before'),
      shipping_provider: z
        .string(expected(providerRule))
        .refine((name) => PROVIDERS.includes(name) || /^carrier_\d+$/.test(name), `expected ${providerRule}`)
        .optional(),
      tracking_carrier: line(100).optional().describe('A courier slug; another way to a link'),
      tracking_link: z
        .url({ protocol: /^https?$/, ...expected('an address') })
        .max(500, 'expected at most 500 characters')
        .optional(),
      shipping_method: line(255).optional(),
      merchant_shipping_cost: amount.optional(),
      comments: paragraph(65_535).optional().describe('May reach the shopper'),
      lines: z
        .array(
          z.strictObject(
            { ref: reference.describe('Of a new order its ref, of another one the order product id'), quantity },
            expected('a line, { "ref": "1", "quantity": 1 }'),
          ),
          expected('a list of lines'),
        )
        .min(1, { error: 'expected at least one line', abort: true })
        .max(MOST_LINES, { error: `expected at most ${MOST_LINES} lines`, abort: true })
        .optional()
        .describe('By default all that is left to ship'),
    },
    expected('a parcel, { "tracking_number": "…", "lines": [ { "ref": "1", "quantity": 1 } ] }'),
  )
  .superRefine((of, context) => {
    const say = (path: (string | number)[], message: string) => context.addIssue({ code: 'custom', path, message });
    if (of.corrects !== undefined && of.lines !== undefined) {
      say(['lines'], 'stay as they are when a number is corrected: BigCommerce cannot change them');
    }
    const seen = new Set<string>();
    of.lines?.forEach(({ ref }, index) => {
      if (seen.has(ref.toLowerCase())) say(['lines', index, 'ref'], `"${ref}" is there twice`);
      seen.add(ref.toLowerCase());
    });
  });

/** A parsed order. */
export type BigcommerceOrder = z.output<typeof bigcommerceOrderInput>;
/** An order as a caller writes it. */
export type BigcommerceOrderInput = z.input<typeof bigcommerceOrderInput>;
export type BigcommerceContent = NonNullable<BigcommerceOrder['order']>;
export type BigcommerceProduct = BigcommerceContent['products'][number];
export type BigcommercePayment = NonNullable<BigcommerceOrder['payment']>;
export type BigcommercePaid = z.output<typeof bigcommercePaidInput>;
export type BigcommerceShip = z.output<typeof bigcommerceShipInput>;
