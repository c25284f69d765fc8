/** A decimal string of an amount as a whole number of hundredths. */
export function cents(decimal: string): bigint {
  const [whole = '0', fraction = ''] = decimal.replace('-', '').split('.');
  const size = BigInt(whole) * 100n + BigInt(fraction.padEnd(2, '0'));
  return decimal.startsWith('-') ? -size : size;
}

/** Whole hundredths as a decimal string with two decimals. */
export function fromCents(hundredths: bigint): string {
  const size = hundredths < 0n ? -hundredths : hundredths;
  return `${hundredths < 0n ? '-' : ''}${size / 100n}.${String(size % 100n).padStart(2, '0')}`;
}
