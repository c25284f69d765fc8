import { exact, sum, type TaxPair, taxOf, times } from '../money.js';
import type { OrderLine, OrderState } from './order.js';

const added = (pairs: readonly TaxPair[]): TaxPair => ({
  exTax: sum(pairs.map(({ exTax }) => exTax)),
  incTax: sum(pairs.map(({ incTax }) => incTax)),
});

export const lineTotal = ({ price, quantity }: OrderLine): TaxPair => times(price, quantity);

/** From the lines, the costs and the fees; tax is what the pairs say, and nothing is computed. */
export function recalculate(draft: OrderState): void {
  draft.subtotal = added(draft.lines.map(lineTotal));
  const wrappings = added(
    draft.lines.flatMap(({ wrapping, quantity }) => (wrapping === null ? [] : [times(wrapping.cost, quantity)])),
  );
  if (wrappings.incTax > 0) draft.wrapping = { base: wrappings.exTax, ...wrappings };
  const { subtotal, shipping, handling, wrapping, fees, discount } = draft;
  const fee = added(fees.map(({ cost }) => cost));
  const incTax = Math.max(
    0,
    sum([subtotal.incTax, shipping.incTax, handling.incTax, wrapping.incTax, fee.incTax, -discount]),
  );
  const tax = sum([subtotal, shipping, handling, wrapping].map(taxOf));
  draft.total = { exTax: exact(incTax - tax), incTax };
}

/** The manual discount is spread over the lines by what they cost; the last one takes what rounding leaves. */
export function discountsOf({ lines, discount }: OrderState): ReadonlyMap<number, number> {
  const whole = sum(lines.map((line) => lineTotal(line).incTax));
  const shares = new Map<number, number>();
  let left = Math.min(discount, whole);
  for (const [index, line] of lines.entries()) {
    const share =
      index === lines.length - 1 ? left : whole === 0 ? 0 : exact((discount * lineTotal(line).incTax) / whole);
    const taken = exact(Math.min(share, left));
    shares.set(line.id, taken);
    left = exact(left - taken);
  }
  return shares;
}
