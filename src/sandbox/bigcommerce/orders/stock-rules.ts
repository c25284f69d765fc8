import type { BigcommerceSettings, InventorySettings } from '../options.js';
import { refused } from '../refusals.js';
import type { Catalog } from '../stock/catalog.js';
import type { Stock, StockItem } from '../stock/stock.js';
import type { Actor, OrderLine, OrderState } from './order.js';
import type { SettleStock } from './order-book.js';
import { statusIds } from './statuses.js';

const { incomplete, shipped, refunded, cancelled, completed } = statusIds;
const ended: ReadonlySet<number> = new Set([refunded, cancelled]);

/** Whether the order has its units out of the stock, now that it has this status. */
function holdsStock(draft: OrderState, before: OrderState | undefined, by: Actor, rules: InventorySettings): boolean {
  const { statusId } = draft;
  const held = before?.holdsStock ?? false;
  if (before !== undefined && before.statusId === statusId) return held;
  if (ended.has(statusId)) {
    // What the platform itself moves to Refunded after a refund restocks nothing.
    return held && !(rules.refund_order_stock_adjustment && by !== 'platform');
  }
  if (rules.update_stock_behavior === 'order_placed') return held || statusId !== incomplete;
  return held || statusId === shipped || statusId === completed;
}

/** How many units the line is to have out of the stock. */
function wanted(line: OrderLine, draft: OrderState, before: OrderState | undefined, rules: InventorySettings): number {
  if (!draft.holdsStock) return 0;
  const editsCount = rules.edit_order_stock_adjustment || before?.holdsStock !== true;
  return editsCount ? line.quantity : line.stockTaken;
}

interface Need {
  line: OrderLine;
  item: StockItem;
  change: number;
}

/** Stock follows the orders by the store's settings. */
export function stockRules(
  catalog: Catalog,
  stock: Stock,
  settings: Pick<BigcommerceSettings, 'conflictKeepsStock'>,
  rules: () => InventorySettings,
): SettleStock {
  return (orderId, draft, before, by) => {
    draft.holdsStock = holdsStock(draft, before, by, rules());
    const needs = draft.lines.flatMap((line): Need[] => {
      const variant = catalog.variant(line.variantId);
      const item = variant === undefined ? undefined : stock.of(variant);
      if (item === undefined) return [];
      return [{ line, item, change: wanted(line, draft, before, rules()) - line.stockTaken }];
    });
    // Also an order that does not take its units yet has to find them.
    expectEnough(before === undefined ? needs.map((need) => ({ ...need, change: need.line.quantity })) : needs);
    for (const { line, item, change } of needs) {
      stock.move(item, -change, 'order', orderId);
      line.stockTaken += change;
    }
  };

  function expectEnough(needs: readonly Need[]): void {
    const left = new Map<StockItem, number>();
    const met: Need[] = [];
    const unmet: Need[] = [];
    for (const need of needs) {
      const available = left.get(need.item) ?? stock.available(need.item);
      left.set(need.item, available - need.change);
      (need.change > 0 && need.change > available ? unmet : met).push(need);
    }
    if (unmet.length === 0) return;
    if (settings.conflictKeepsStock) {
      for (const { item, change } of met) stock.move(item, -Math.max(0, change), 'order', null);
    }
    throw outOfStock(
      unmet.map(({ line, item }) => ({
        type: 'OutOfStock',
        message: 'The product is out of stock.',
        product: productIn(line, item),
      })),
    );
  }

  function productIn({ productId, variantId }: OrderLine, item: StockItem): object {
    const inventory_level = stock.available(item);
    return item.variantId === null
      ? { id: productId, inventory_level }
      : { id: productId, sku: { id: variantId, inventory_level } };
  }
}

/** Of the stock, and of the least and the most that one order may have. */
export const outOfStock = (errors: readonly object[]) =>
  refused(409, 'Quantities of one or more products are out of stock or did not meet quantity requirements.', {
    errors,
  });
