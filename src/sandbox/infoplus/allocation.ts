import { availableOf } from './items.js';
import type { Order, OrderLine } from './orders.js';
import type { Site } from './site.js';

/** What a line gets of the stock. */
export interface Allocation {
  line: OrderLine;
  allowed: number;
  missing: number;
  /** Whether what is missing is waited for; else nobody will ship it. */
  waits: boolean;
}

/** What each line of an order would get now. Of the `lacking` SKUs nothing is there, whatever the books say. */
export function allocate({ items }: Site, order: Order, lacking: ReadonlySet<string>): Allocation[] {
  const given = new Map<string, number>();
  return order.lines.map((line) => {
    const item = items.known(order.fields.lobId, line.sku);
    const left = lacking.has(line.sku) ? 0 : availableOf(item) - (given.get(line.sku) ?? 0);
    const allowed = Math.min(line.orderedQty, left);
    given.set(line.sku, (given.get(line.sku) ?? 0) + allowed);
    return { line, allowed, missing: line.orderedQty - allowed, waits: item.backorder === 'Yes' };
  });
}

/** The goods are the order's: nobody else gets them. */
export function reserve({ items }: Site, order: Order, allocations: readonly Allocation[]): void {
  for (const { line, allowed } of allocations) items.known(order.fields.lobId, line.sku).inProcess += allowed;
}

/** What an order was given and will not ship goes back to the shelves. */
export function giveBack({ items }: Site, order: Order): void {
  for (const { sku, allowedQty, shippedQty } of order.lines) {
    items.known(order.fields.lobId, sku).inProcess -= Math.max(0, allowedQty - shippedQty);
  }
}

/** Stock has come: the orders that wait for it and can have all of it now are told apart, the oldest first. */
export function suppliable({ items, orders }: Site, waiting: (order: Order) => boolean): Order[] {
  const left = new Map(items.all().map((item) => [item, availableOf(item)]));
  return orders
    .all()
    .filter(waiting)
    .filter((order) => {
      const wanted = order.lines.map(
        ({ sku, orderedQty }) => [items.known(order.fields.lobId, sku), orderedQty] as const,
      );
      if (wanted.some(([item, quantity]) => quantity > (left.get(item) ?? 0))) return false;
      for (const [item, quantity] of wanted) left.set(item, (left.get(item) ?? 0) - quantity);
      return true;
    });
}
