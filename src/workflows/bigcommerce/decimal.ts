/*
 * Amounts of BigCommerce: decimal texts of at most four decimals ("55.9900"), or JSON numbers of two. They are compared
 * and added as whole ten-thousandths, never as text or floating point.
 */

const DECIMALS = 4;
const FORM = /^(-?)(\d+)(?:\.(\d+))?$/;

/** An amount as whole ten-thousandths; what is finer is cut. Throws on what is no amount. */
export function units(amount: string | number): bigint {
  const [, sign = '', whole, fraction = ''] = FORM.exec(String(amount).trim()) ?? [];
  if (whole === undefined) throw new RangeError('not an amount');
  const size = BigInt(whole + fraction.padEnd(DECIMALS, '0').slice(0, DECIMALS));
  return sign === '-' ? -size : size;
}

/** Ten-thousandths as a decimal text: two decimals, or as many as are needed. */
export function fromUnits(amount: bigint): string {
  const size = amount < 0n ? -amount : amount;
  const digits = size.toString().padStart(DECIMALS + 1, '0');
  const fraction = digits.slice(-DECIMALS).replace(/0{1,2}$/, '');
  return `${amount < 0n ? '-' : ''}${digits.slice(0, -DECIMALS)}.${fraction}`;
}

/** To the cent, as gateways take it: prices may be finer. */
export const inCents = (amount: bigint): bigint => ((amount + CENT / 2n) / CENT) * CENT;
const CENT = 100n;

export const sumOf = (amounts: readonly (string | number)[]): bigint =>
  amounts.reduce<bigint>((so, each) => so + units(each), 0n);

/** Whether two amounts are one, however they are written. */
export const sameAmount = (one: string | number, other: string | number): boolean => units(one) === units(other);
