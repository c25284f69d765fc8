/** Amounts are kept in the currency's unit with four decimals, as V2 shows them. */

const tenThousandths = 10_000;

/** Sums of doubles blur what four decimals are to show. */
export const exact = (amount: number): number => Math.round(amount * tenThousandths) / tenThousandths + 0;
export const sum = (amounts: readonly number[]): number => exact(amounts.reduce((total, each) => total + each, 0));

/** V2: `"55.9900"`. */
export const decimal = (amount: number): string => exact(amount).toFixed(4);
/** V2's exchange rates have ten decimals. */
export const sameCurrency = '1.0000000000';

/** V3: a number with two decimals at most. Half a cent is told by whole ten-thousandths: as a double it may be less. */
export const cents = (amount: number): number =>
  Math.round(Math.round(amount * tenThousandths) / (tenThousandths / 100)) / 100 + 0;

/** An amount without and with its tax. */
export interface TaxPair {
  exTax: number;
  incTax: number;
}

export const taxOf = ({ exTax, incTax }: TaxPair): number => exact(incTax - exTax);
export const times = ({ exTax, incTax }: TaxPair, quantity: number): TaxPair => ({
  exTax: exact(exTax * quantity),
  incTax: exact(incTax * quantity),
});
