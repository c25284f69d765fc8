/**
 * Amounts are kept as whole millionths of a dollar: line prices may have fractions of a cent, which is how
 * an invoice ends that never reads as paid, and sums of doubles would blur that.
 */
export type Micros = number;

export const microsPerCent = 10_000;

export function toMicros(major: number): Micros {
  return Math.round(major * 1e6);
}

export function toMajor(amount: Micros): number {
  return amount / 1e6;
}

function toCents(amount: Micros): number {
  // `+ 0` turns -0, which would print as "-0.00", into 0.
  return Math.round(amount / microsPerCent) + 0;
}

export function wholeCents(amount: Micros): Micros {
  return toCents(amount) * microsPerCent;
}

/** REST v2 `CurrencyValue`: minor units. */
export interface CurrencyValue {
  amount: number;
  currency_code: string;
  formatted_amount: string;
}

export function currencyValue(amount: Micros): CurrencyValue {
  const cents = toCents(amount);
  const formatted = (Math.abs(cents) / 100).toFixed(2).replace(/\B(?=(\d{3})+(?!\d))/g, ',');
  return { amount: cents, currency_code: 'USD', formatted_amount: `${cents < 0 ? '-' : ''}$${formatted}` };
}
