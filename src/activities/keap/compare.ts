import type { KeapLine, KeapWanted } from '../../workflows/keap/contract.js';
import { skuOf } from './kinds.js';
import { lineMark, lineRefsIn } from './marks.js';
import type { LineProducts } from './settings.js';
import type { LineAtKeap, OrderAtKeap } from './transport.js';
import { sameAmount } from './wire.js';

export type Comparison =
  /** `lines`: references of the lines that are there as wanted; all of them, or a part. */
  | { readonly state: 'same' | 'subset'; readonly lines: readonly string[] }
  | { readonly state: 'other'; readonly why: string };

/**
 * Compares an order at Keap with the wanted one: its contact and its lines. Our lines are known by their marks; with
 * `byContent`, lines without a mark count as ours when product, price and quantity fit (orders made by a person, or by
 * a call that takes no notes).
 */
export function compareOrder(
  want: KeapWanted,
  there: OrderAtKeap,
  lineProducts: LineProducts,
  byContent: boolean,
): Comparison {
  if (there.contactId !== want.contactId) {
    return other(`order ${there.orderId} belongs to contact ${there.contactId}, not to ${want.contactId}`);
  }
  const matched = new Map<string, LineAtKeap>();
  const unmarked: LineAtKeap[] = [];
  for (const line of there.lines) {
    const [ref, ...more] = lineRefsIn(line.texts, want.order);
    if (ref === undefined || more.length > 0) {
      unmarked.push(line);
      continue;
    }
    const wanted = want.order.lines.find((of) => of.ref.toLowerCase() === ref.toLowerCase());
    if (wanted === undefined) return other(`order ${there.orderId} has a line ${ref} that is not wanted`);
    if (matched.has(wanted.ref)) return other(`order ${there.orderId} has line ${ref} twice`);
    const differs = lineDiffers(want, wanted, line, lineProducts);
    if (differs !== undefined) return other(`line ${wanted.ref} of order ${there.orderId} ${differs}`);
    matched.set(wanted.ref, line);
  }
  const missing = want.order.lines.filter(({ ref }) => !matched.has(ref));
  const foreign = unmarked.filter((line) => !(line.discount && want.order.promoCodes !== undefined));
  const found = byContent ? matchByContent(want, missing, foreign, lineProducts) : new Set<string>();
  if (found === undefined || (!byContent && foreign.length > 0)) {
    return other(`order ${there.orderId} has lines that are not wanted`);
  }
  const lines = want.order.lines.map(({ ref }) => ref).filter((ref) => matched.has(ref) || found.has(ref));
  return { state: lines.length === want.order.lines.length ? 'same' : 'subset', lines };
}

function other(why: string): Comparison {
  return { state: 'other', why };
}

/** The line at Keap that carries the mark of one of ours; several when it was added twice. */
export function linesMarked<L extends Pick<LineAtKeap, 'texts'>>(
  want: KeapWanted,
  ref: string,
  there: readonly L[],
): L[] {
  const mark = lineMark(want.order, ref).toLowerCase();
  return there.filter(({ texts }) => texts.some((text) => text.toLowerCase().includes(mark)));
}

/** In what a line at Keap differs from the wanted one, in words for a person. */
export function lineDiffers(
  want: KeapWanted,
  wanted: KeapLine,
  there: LineAtKeap,
  lineProducts: LineProducts,
): string | undefined {
  const { quantity, unitPrice } = wanted;
  if (there.quantity !== quantity) return `has quantity ${there.quantity} instead of ${quantity}`;
  if (!sameAmount(there.unitPrice, unitPrice)) return `has price ${there.unitPrice} instead of ${unitPrice}`;
  const productId = productIdOf(want, wanted, lineProducts);
  if (productId !== undefined && there.productId !== undefined && there.productId !== productId) {
    return `has product ${there.productId} instead of ${productId}`;
  }
  return undefined;
}

export function productIdOf(want: KeapWanted, line: KeapLine, lineProducts: LineProducts): string | undefined {
  const sku = skuOf(line, lineProducts);
  return sku === undefined ? undefined : want.products[sku];
}

/**
 * References of the wanted lines that stand in `there` without a mark, or `undefined` when something else stands there.
 * Keap may show a product that was ordered twice as one line or as two, so quantities are added up.
 */
function matchByContent(
  want: KeapWanted,
  wanted: readonly KeapLine[],
  there: readonly LineAtKeap[],
  lineProducts: LineProducts,
): Set<string> | undefined {
  const key = (productId: string | undefined, price: string) => `${productId ?? '0'} at ${Number(price)}`;
  const quantities = new Map<string, number>();
  for (const { productId, unitPrice, quantity } of there) {
    const of = key(productId, unitPrice);
    quantities.set(of, (quantities.get(of) ?? 0) + quantity);
  }
  const groups = new Map<string, KeapLine[]>();
  for (const line of wanted) {
    const of = key(productIdOf(want, line, lineProducts), line.unitPrice);
    groups.set(of, [...(groups.get(of) ?? []), line]);
  }
  const found = new Set<string>();
  for (const [of, lines] of groups) {
    const quantity = quantities.get(of);
    if (quantity === undefined) continue;
    if (quantity !== lines.reduce((sum, line) => sum + line.quantity, 0)) return undefined;
    for (const { ref } of lines) found.add(ref);
    quantities.delete(of);
  }
  return quantities.size === 0 ? found : undefined;
}
