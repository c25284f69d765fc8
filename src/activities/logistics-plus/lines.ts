import type { LogisticsPlusOrder } from '../../workflows/logistics-plus/input.js';
import { plain, sameText } from '../texts.js';
import type { LineThere } from './shapes.js';

type Wanted = LogisticsPlusOrder['orderLines'];

/**
 * Tells which line of the order a line at Logistics Plus is: by the reference that we gave it; else by the number that
 * the platform gave it; else by its product, if the order has it once. Undefined: none of ours.
 *
 * @param orderLines the lines as the order there shows them, for the numbers that it gave to our references
 */
export function lineMatcher(wanted: Wanted, orderLines: readonly LineThere[]): (line: LineThere) => number | undefined {
  const byReference = new Map(wanted.map(({ externalLineReference }, index) => [plain(externalLineReference), index]));
  const products = wanted.map(({ productCode }) => plain(productCode));
  // The platform counts lines from 1 as they were sent; where it shows both names of a line, it says so itself.
  const byNumber = new Map(wanted.map((_, index) => [String(index + 1), index]));
  for (const { lineNumber, externalLineReference } of orderLines) {
    if (plain(externalLineReference) === '') continue;
    const index = byReference.get(plain(externalLineReference));
    if (index === undefined) byNumber.delete(numberName(lineNumber));
    else byNumber.set(numberName(lineNumber), index);
  }
  return ({ externalLineReference, lineNumber, productCode }) => {
    if (plain(externalLineReference) !== '') return byReference.get(plain(externalLineReference));
    if (plain(lineNumber) !== '') return byNumber.get(numberName(lineNumber));
    const product = plain(productCode);
    const index = products.indexOf(product);
    return index >= 0 && products.lastIndexOf(product) === index ? index : undefined;
  };
}

/** `1`, `01` and `1.0` are one number. References are never read so: their zeros count. */
function numberName(lineNumber: string | null | undefined): string {
  const number = plain(lineNumber) === '' ? Number.NaN : Number(lineNumber);
  return Number.isFinite(number) ? String(number) : plain(lineNumber);
}

/** What lines of shipments hold of an order. */
export interface Holding {
  /** By the order's lines, in their order. */
  readonly quantities: readonly number[];
  /** Goods that are of no line of the order, or another product in place of one. */
  readonly others: readonly LineThere[];
}

export function holdingOf(wanted: Wanted, orderLines: readonly LineThere[], lines: readonly LineThere[]): Holding {
  const indexOf = lineMatcher(wanted, orderLines);
  const quantities = wanted.map(() => 0);
  const others: LineThere[] = [];
  for (const line of lines) {
    const index = indexOf(line);
    const product = index === undefined ? undefined : wanted[index]?.productCode;
    const substituted = plain(line.productCode) !== '' && !sameText(line.productCode, product);
    if (index !== undefined && !substituted) quantities[index] = exact((quantities[index] ?? 0) + quantityOf(line));
    else if (quantityOf(line) !== 0) others.push(line);
  }
  return { quantities, others };
}

/** What a line holds; where only its parts say how much, their sum. */
export function quantityOf({ quantity, sublines }: LineThere): number {
  return exact(quantity ?? sublines.reduce((sum, subline) => sum + (subline.quantity ?? 0), 0));
}

/** Quantities have three decimals; sums of them carry noise far behind. */
const THOUSANDTHS = 1_000;

export function exact(quantity: number): number {
  return Math.round(quantity * THOUSANDTHS) / THOUSANDTHS;
}
