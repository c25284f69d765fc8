import { describe, expect, test } from 'vitest';
import type { BigcommerceOrderInput } from '../../../src/workflows/bigcommerce/input.js';
import { parseInput, parseUpdate } from '../../../src/workflows/inputs.js';

const address = { first_name: 'Mara', street_1: '12 Harbor Road', city: 'Portland', zip: '97205', country_iso2: 'US' };
const tote = { product_id: 184, variant_id: 421, quantity: 2, price_ex_tax: '25.00', price_inc_tax: '27.50' };
const engraving = { name: 'Engraving', quantity: 1, price_ex_tax: '3.00', price_inc_tax: '3.30' };
const content = { products: [tote, engraving], billing_address: address };
const head = { connection: 'bigcommerce/acme', reference: 'SO-1001' };
const good = { ...head, order: content } satisfies BigcommerceOrderInput;

const card = { type: 'stored_card', token: 'a'.repeat(64) };
const rawCard = { ...card, type: 'card', number: '4111111111111111' };
const apiPayment = { kind: 'payments-api', payment_method_id: 'stripe.card', instrument: card };

/** Every field of a new order. */
const everything = {
  ...content,
  shipping_addresses: [
    {
      ...address,
      company: 'Tern',
      state: 'Oregon',
      phone: '5035550142',
      email: 'mara@example.com',
      shipping_method: 'Flat',
    },
  ],
  billing_address: { ...address, country: 'United States', form_fields: [{ name: 'Gate', value: '7' }] },
  status_id: 1,
  customer_id: 0,
  channel_id: 2,
  external_source: 'OMS (Tern)',
  external_merchant_id: 'M-1',
  date_created: '2026-01-05T10:15:00Z',
  base_shipping_cost: '9',
  base_handling_cost: '0',
  base_wrapping_cost: '0',
  ...pair('shipping_cost', '9', '9'),
  ...pair('handling_cost', '1', '1.1'),
  ...pair('wrapping_cost', '2', '2.2'),
  ...pair('subtotal', '53', '58.3'),
  ...pair('total', '65', '70.6'),
  discount_amount: '0',
  order_is_digital: false,
  staff_notes: 'two\nlines',
  customer_message: 'Thanks',
  ip_address: '192.0.2.7',
  geoip_country: 'United States',
  geoip_country_iso2: 'US',
  customer_locale: 'en-US',
  default_currency_code: 'USD',
  ebay_order_id: '0',
  fees: [{ display_name_customer: 'Gift', source: 'OMS', cost_ex_tax: '1', cost_inc_tax: '1', tax_class_id: 2 }],
};

const order = (change: object) => parseInput('bigcommerceOrder', { ...good, ...change });
const withContent = (change: object) => order({ order: { ...content, ...change } });
const withProduct = (change: object) => withContent({ products: [{ ...tote, ...change }] });
const withAddress = (change: object) => withContent({ billing_address: { ...address, ...change } });
const problemsOf = (parsed: object): readonly string[] => ('problems' in parsed ? (parsed.problems as string[]) : []);

describe('a new order', () => {
  test('gets names of its lines, and money that is taken outside', () => {
    const products = [
      { ...tote, ref: '1' },
      { ...engraving, ref: '2' },
    ];
    const payment = { kind: 'outside', payment_method: 'Manual' };
    expect(order({})).toEqual({ value: { ...good, order: { ...content, products }, payment } });
  });

  test.each<[string, object]>([
    ['with money that was taken', { payment: { kind: 'taken', payment_provider_id: 'pay_1' } }],
    [
      'with the Payments API',
      { payment: { kind: 'payments-api', payment_method_id: 'stripe.card', instrument: card } },
    ],
    ['with the total that its prices come to', { total: '58.30' }],
    ['that ends as Completed', { complete: true }],
    ['with every field that may be written', { order: everything }],
  ])('%s is taken, and the same when it is parsed again', (_, change) => {
    const parsed = order(change);
    expect(problemsOf(parsed)).toEqual([]);
    expect(parseInput('bigcommerceOrder', (parsed as { value: unknown }).value)).toEqual(parsed);
  });

  test.each<[string, object, string]>([
    ['nothing to do', { order: undefined }, 'order: is missing; expected a new order, or orderId'],
    ['two orders', { orderId: '1042' }, 'orderId: is of an order that is there; give order or orderId'],
    ['an unknown field', { note: 'x' }, 'note: is not a field of this input'],
    [
      'a total that does not fit',
      { total: '58.31' },
      'total: 58.31 is not what the products, costs and discount come to',
    ],
    [
      'a raw card',
      { payment: { kind: 'payments-api', payment_method_id: 'x.card', instrument: rawCard } },
      'number: is not',
    ],
    [
      'a status that the Payments API refuses',
      { order: { ...content, status_id: 7 }, payment: apiPayment },
      'order.status_id: must be 0',
    ],
    ['a status without a payment', { order: { ...content, status_id: 0 } }, 'order.status_id: is for the Payments API'],
  ])('%s is refused', (_, change, problem) => {
    expect(problemsOf(order(change)).join('\n')).toContain(problem);
  });
});

describe('fields of the order', () => {
  test.each<[string, object, string]>([
    ['no products', { products: [] }, 'order.products: expected at least one product'],
    ['an unknown field', { colour: 'red' }, 'order.colour: is not a field of this input'],
    [
      'external_id',
      { external_id: 'x' },
      'order.external_id: is read-only at BigCommerce, which keeps external_order_id',
    ],
    ['external_order_id', { external_order_id: 'x' }, 'order.external_order_id: is the reference of the order'],
    ['tax_provider_id', { tax_provider_id: 'x' }, 'order.tax_provider_id: is read-only'],
    ['payment_status', { payment_status: 'paid' }, 'order.payment_status: is read-only'],
    ['total_tax', { total_tax: '1' }, 'order.total_tax: is computed by BigCommerce'],
    ['form fields at the top', { form_fields: [] }, 'order.form_fields: stand in billing_address'],
    [
      'pickups',
      { consignments: { pickups: [{ pickup_method_id: 1, line_items: [tote] }] } },
      'order.consignments: is for orders to be picked up, which are not carried; give products, and shipping_addresses',
    ],
    ['half a pair', { shipping_cost_ex_tax: '9' }, 'order.shipping_cost_inc_tax: is missing; goes together with'],
    ['half an override', pair('subtotal', '1', '1'), 'order.total_inc_tax: is missing'],
    ['the other half of it', pair('total', '1', '1'), 'order.subtotal_inc_tax: is missing'],
    ['two shipping addresses', { shipping_addresses: [address, address] }, 'order.shipping_addresses: expected one'],
    ['too large a discount', { discount_amount: '58.31' }, 'order.discount_amount: is more than what is to be paid'],
    ['both addresses of a computer', { ip_address: '1.2.3.4', ip_address_v6: '::1' }, 'order.ip_address_v6: clears'],
    ['a fee without a name', { fees: [{ cost_ex_tax: '1', cost_inc_tax: '1' }] }, 'fees[0].display_name_customer'],
  ])('%s is refused', (_, change, problem) => {
    expect(problemsOf(withContent(change)).join('\n')).toContain(problem);
  });

  test.each<[string, object, string]>([
    ['a number as money', { price_ex_tax: 25 }, 'price_ex_tax: write it as a string, e.g. "25"'],
    ['a negative price', { price_ex_tax: '-1' }, 'price_ex_tax: expected an amount'],
    ['one price alone', { price_inc_tax: undefined }, 'price_inc_tax: is missing; goes together with price_ex_tax'],
    ['no quantity', { quantity: undefined }, 'quantity: is missing; expected a whole number'],
    ['half a piece', { quantity: 0.5 }, 'quantity: expected a whole number'],
    [
      'nothing of a product',
      { product_id: undefined, variant_id: undefined },
      'product_id: is missing; expected product_id, or',
    ],
    ['a SKU of a catalogue product', { sku: 'X' }, 'sku: is of the catalogue'],
    ['an option by a number', { product_options: [{ id: 1, value: 2 }] }, 'product_options[0].value: expected text'],
    ['wrapping without its costs', { wrapping_id: 3 }, 'wrapping_cost_ex_tax: is missing'],
    ['two names', { name: 'A', name_customer: 'B' }, 'name: is an alias'],
  ])('%s is refused', (_, change, problem) => {
    expect(problemsOf(withProduct(change)).join('\n')).toContain(problem);
  });

  test('a custom product needs both prices', () => {
    const parsed = withContent({ products: [{ name: 'Engraving', quantity: 1 }] });
    expect(problemsOf(parsed).join()).toContain('price_inc_tax: is missing; a custom product needs both prices');
  });

  test('two lines of one name are refused', () => {
    const parsed = withContent({
      products: [
        { ...tote, ref: 'A' },
        { ...engraving, ref: 'a' },
      ],
    });
    expect(problemsOf(parsed).join()).toContain('order.products[1].ref: "a" is the name of another line already');
  });

  test.each<[string, object, string]>([
    ['a short zip', { zip: '9' }, 'zip: expected two characters'],
    ['no country', { country_iso2: undefined }, 'country_iso2: is missing; expected country_iso2 or country'],
    ['a country that is none', { country_iso2: 'XX' }, 'country_iso2: expected an ISO 3166'],
    ['a bad e-mail', { email: 'mara' }, 'email: expected an e-mail address'],
  ])('%s is refused', (_, change, problem) => {
    expect(problemsOf(withAddress(change)).join()).toContain(`order.billing_address.${problem}`);
  });
});

describe('an order that is there', () => {
  test('needs its id alone', () => {
    const parsed = parseInput('bigcommerceOrder', { ...head, orderId: '1042' });
    expect(parsed).toEqual({ value: { ...head, orderId: '1042', payment: undefined } });
  });

  test('has its payment', () => {
    const parsed = parseInput('bigcommerceOrder', { ...head, orderId: '1042', payment: { kind: 'outside' } });
    expect(problemsOf(parsed).join()).toContain('payment: an order that is there has its payment');
  });
});

describe('a parcel', () => {
  const parcel = { tracking_number: '1Z999AA10123456784' };
  test.each<[string, object]>([
    ['with all that is left', {}],
    ['with lines', { shipping_provider: 'ups', lines: [{ ref: '1', quantity: 2 }] }],
    ["by a carrier of the store's own", { shipping_provider: 'carrier_12' }],
    ['with the right number', { corrects: '1Z999AA10123456785' }],
  ])('%s is taken', (_, change) => {
    expect(parseUpdate('bigcommerceOrder', 'ship', { ...parcel, ...change })).toEqual({
      value: { ...parcel, ...change },
    });
  });

  test.each<[string, object, string]>([
    ['a carrier that is not known', { shipping_provider: 'gls' }, 'shipping_provider: expected one of auspost'],
    ['a long number', { tracking_number: 'x'.repeat(51) }, 'tracking_number: expected text of 1 to 50'],
    [
      'a line twice',
      {
        lines: [
          { ref: 'A', quantity: 1 },
          { ref: 'a', quantity: 1 },
        ],
      },
      'lines[1].ref: "a" is there twice',
    ],
    ['other lines in a correction', { corrects: 'x', lines: [{ ref: '1', quantity: 1 }] }, 'lines: stay as they are'],
  ])('%s is refused', (_, change, problem) => {
    expect(problemsOf(parseUpdate('bigcommerceOrder', 'ship', { ...parcel, ...change })).join()).toContain(problem);
  });
});

function pair(name: string, withoutTax: string, withTax: string): object {
  return { [`${name}_ex_tax`]: withoutTax, [`${name}_inc_tax`]: withTax };
}
