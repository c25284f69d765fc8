import { plain } from '../texts.js';
import type { OrderThere } from './shapes.js';

/** Pieces by SKU in its plain form: an order holds a SKU once, an order with its back orders several times. */
export function piecesBySku(
  orders: readonly OrderThere[],
  of: 'orderedQty' | 'shippedQty',
): ReadonlyMap<string, number> {
  const pieces = new Map<string, number>();
  for (const line of orders.flatMap(({ lineItems }) => lineItems)) {
    pieces.set(plain(line.sku), (pieces.get(plain(line.sku)) ?? 0) + (line[of] ?? 0));
  }
  return pieces;
}
