import { sumOf, units } from '../decimal.js';

/** The parts of an order that its total follows from. Decimal texts. */
export interface Priced {
  readonly products: readonly {
    readonly quantity: number;
    readonly price_inc_tax?: string | undefined;
    readonly wrapping_id?: number | undefined;
  }[];
  readonly fees?: readonly { readonly cost_inc_tax: string }[] | undefined;
  readonly subtotal_inc_tax?: string | undefined;
  readonly total_inc_tax?: string | undefined;
  readonly discount_amount?: string | undefined;
  readonly base_shipping_cost?: string | undefined;
  readonly base_handling_cost?: string | undefined;
  readonly base_wrapping_cost?: string | undefined;
  readonly shipping_cost_inc_tax?: string | undefined;
  readonly handling_cost_inc_tax?: string | undefined;
  readonly wrapping_cost_inc_tax?: string | undefined;
}

/**
 * What the customer pays by what is given, in ten-thousandths; undefined where the store's own prices or taxes decide.
 * Total = subtotal + shipping + handling + wrapping + fees − discount, all with tax; an override wins.
 */
export function totalOf(order: Priced): bigint | undefined {
  if (order.total_inc_tax !== undefined) return units(order.total_inc_tax);
  const parts = [
    subtotalOf(order),
    costOf(order.shipping_cost_inc_tax, order.base_shipping_cost),
    costOf(order.handling_cost_inc_tax, order.base_handling_cost),
    costOf(order.wrapping_cost_inc_tax, order.base_wrapping_cost),
  ];
  if (order.products.some(({ wrapping_id }) => wrapping_id !== undefined)) return undefined;
  let sum = sumOf((order.fees ?? []).map(({ cost_inc_tax }) => cost_inc_tax)) - units(order.discount_amount ?? '0');
  for (const part of parts) {
    if (part === undefined) return undefined;
    sum += part;
  }
  return sum;
}

function subtotalOf({ subtotal_inc_tax, products }: Priced): bigint | undefined {
  if (subtotal_inc_tax !== undefined) return units(subtotal_inc_tax);
  let sum = 0n;
  for (const { price_inc_tax, quantity } of products) {
    if (price_inc_tax === undefined) return undefined;
    sum += units(price_inc_tax) * BigInt(quantity);
  }
  return sum;
}

/** A base cost alone is taxed by the store. */
function costOf(withTax: string | undefined, base: string | undefined): bigint | undefined {
  if (withTax !== undefined) return units(withTax);
  return base === undefined || units(base) === 0n ? 0n : undefined;
}
