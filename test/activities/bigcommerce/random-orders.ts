import fc from 'fast-check';
import { fromUnits } from '../../../src/workflows/bigcommerce/decimal.js';
import { address } from './rig.js';

const wanted = process.env.WAYBILL_SEED ?? '20261128';

/** The same orders each time. `WAYBILL_SEED=random` plays others, and a failure prints the seed that plays them again. */
export const seed = wanted === 'random' ? Math.trunc(Math.random() * 1_000_000_000) : Number(wanted);

/** A line: of the catalogue, or made to order. Prices of one piece in ten-thousandths, as fine as BigCommerce has them. */
export interface Line {
  readonly of: 'custom' | 'tea' | 'spoon' | 'ebook';
  readonly price: Pair;
  readonly quantity: number;
  /** Of all its pieces. */
  readonly wrapping?: Pair | undefined;
}

/** Without tax, and the tax. */
interface Pair {
  readonly exTax: number;
  readonly tax: number;
}

/** How money is taken: at once, authorized and captured, or authorized by the shop and captured. */
export type Money = 'purchase' | 'authorization' | 'capture';

/** An order that somebody may place, and what becomes of it. */
export interface RandomOrder {
  readonly lines: readonly Line[];
  readonly shipping: Pair | undefined;
  readonly handling: Pair | undefined;
  readonly fees: readonly Pair[];
  /** Of what it comes to before, in thousandths. */
  readonly discount: number;
  readonly money: Money;
  /** Of each parcel, how much of what is left of each line leaves with it, in percent. */
  readonly parcels: readonly (readonly number[])[];
  /** Requests that are worked, and whose answers do not come. */
  readonly lost: readonly Lost[];
  readonly refundDeclined: boolean;
  /** How long after it took the money the gateway gives none of it back, in hours. */
  readonly settlesIn: number;
}

const LOSABLE = [
  'orders.create',
  'payments.process',
  'payments.capture',
  'shipments.create',
  'refunds.create',
] as const;
type Lost = (typeof LOSABLE)[number];

/** In ten-thousandths. */
export const CENT = 100;

/** Mostly in whole cents, and now and then for nothing. */
const price = fc.oneof(
  { weight: 8, arbitrary: fc.integer({ min: 1, max: 99_999 }).map((cents) => cents * CENT) },
  { weight: 2, arbitrary: fc.integer({ min: 1, max: 9_999_999 }) },
  { weight: 1, arbitrary: fc.constant(0) },
);

/** Rates of several countries, in tenths of a percent; rounded as a shop would, or as fine as can be. */
const rate = fc.constantFrom(0, 0, 55, 70, 100, 190, 255);
const pair: fc.Arbitrary<Pair> = fc
  .record({ exTax: price, rate, fine: fc.boolean() })
  .map(({ exTax, rate: tenths, fine }) => {
    const tax = (exTax * tenths) / 1_000;
    return { exTax, tax: fine ? Math.round(tax) : Math.round(tax / CENT) * CENT };
  });

const line: fc.Arbitrary<Line> = fc
  .record({
    of: fc.constantFrom('custom', 'custom', 'tea', 'spoon', 'ebook'),
    price: pair,
    // Spoons are sold from two to twenty-four.
    quantity: fc.integer({ min: 2, max: 9 }),
    wrapping: fc.option(pair, { freq: 4, nil: undefined }),
  })
  // Only what the catalogue knows can be wrapped, and what can be touched.
  .map((of) => (of.of === 'custom' || of.of === 'ebook' ? { ...of, wrapping: undefined } : of));

/** One line of each product of the catalogue, so that a line is known by its product. */
const lines = fc
  .array(line, { minLength: 1, maxLength: 5 })
  .map((all) => all.filter(({ of }, i) => of === 'custom' || all.findIndex((each) => each.of === of) === i));

const anyOrder: fc.Arbitrary<Omit<RandomOrder, 'money'>> = fc.record({
  lines,
  shipping: fc.option(pair, { nil: undefined }),
  handling: fc.option(pair, { freq: 2, nil: undefined }),
  fees: fc.array(pair, { maxLength: 2 }),
  discount: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 1_000 })),
  parcels: fc.array(fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 5, maxLength: 5 }), { maxLength: 3 }),
  lost: fc.oneof({ weight: 3, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: fc.subarray([...LOSABLE]) }),
  refundDeclined: fc.integer({ min: 0, max: 9 }).map((n) => n === 0),
  settlesIn: fc.oneof(
    { weight: 9, arbitrary: fc.constant(0) },
    { weight: 1, arbitrary: fc.integer({ min: 1, max: 5 }) },
  ),
});

/** Some that come from the shop, with neither discount nor costs but shipping; and none that costs nothing. */
export const randomOrder = (ways: readonly Money[]): fc.Arbitrary<RandomOrder> =>
  fc
    .tuple(anyOrder, fc.constantFrom(...ways))
    .map(([order, money]) => (money === 'capture' ? fromTheShop({ ...order, money }) : { ...order, money }))
    .filter((order) => totalOf(order) >= CENT);

function fromTheShop(order: RandomOrder): RandomOrder {
  return {
    ...order,
    lines: order.lines.map((each) => ({ ...each, wrapping: undefined })),
    shipping: { exTax: order.shipping?.exTax ?? 0, tax: 0 },
    handling: undefined,
    fees: [],
    discount: 0,
  };
}

const skus = { custom: 'MUG-B', tea: 'TEA-1', spoon: 'SPOON-S', ebook: 'EBOOK-1' } as const;
const products = { custom: undefined, tea: 113, spoon: 116, ebook: 117 } as const;

export const withTax = ({ exTax, tax }: Pair): number => exTax + tax;

export const goodsOf = ({ lines: of }: RandomOrder): number =>
  of.reduce((sum, { price: one, quantity }) => sum + withTax(one) * quantity, 0);

/** It is spread over the goods, and takes no more than they cost. */
export const discountOf = (order: RandomOrder): number => Math.floor((goodsOf(order) * order.discount) / 1_000);

/** What the customer is to pay, in ten-thousandths. */
export function totalOf(order: RandomOrder): number {
  const { shipping, handling, fees, lines: of } = order;
  const costs = [shipping, handling, ...fees, ...of.map(({ wrapping }) => wrapping)];
  const extra = costs.reduce((sum, cost) => sum + (cost === undefined ? 0 : withTax(cost)), 0);
  return goodsOf(order) + extra - discountOf(order);
}

const decimal = (tenThousandths: number): string => fromUnits(BigInt(tenThousandths));

const pairOf = (stem: string, cost: Pair | undefined) =>
  cost === undefined ? {} : { [`${stem}_ex_tax`]: decimal(cost.exTax), [`${stem}_inc_tax`]: decimal(withTax(cost)) };

/** In the words of `POST /v2/orders`. */
export function contentOf(order: RandomOrder) {
  const { lines: of, shipping, handling, fees } = order;
  const discount = discountOf(order);
  return {
    billing_address: address,
    products: of.map(({ of: product, price: one, quantity, wrapping }, i) => ({
      ...(products[product] === undefined ? { name: `Made to order ${i + 1}` } : { product_id: products[product] }),
      ...pairOf('price', one),
      quantity,
      ...(wrapping === undefined ? {} : { wrapping_id: 1, ...pairOf('wrapping_cost', wrapping) }),
    })),
    ...pairOf('shipping_cost', shipping),
    ...pairOf('handling_cost', handling),
    ...(fees.length === 0
      ? {}
      : { fees: fees.map((fee, i) => ({ display_name_customer: `Fee ${i + 1}`, ...pairOf('cost', fee) })) }),
    ...(discount === 0 ? {} : { discount_amount: decimal(discount) }),
  };
}

/** As it comes out of the shop. */
export const seededOf = ({ lines: of, shipping }: RandomOrder) => ({
  lines: of.map(({ of: product, price: one, quantity }) => ({
    sku: skus[product],
    quantity,
    priceExTax: one.exTax / UNIT,
    priceIncTax: withTax(one) / UNIT,
  })),
  shipping: (shipping?.exTax ?? 0) / UNIT,
});

const UNIT = 10_000;
