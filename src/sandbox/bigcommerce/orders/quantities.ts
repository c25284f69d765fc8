import type { Store } from '../store.js';
import type { OrderLine } from './order.js';
import { outOfStock } from './stock-rules.js';

/** The least and the most that one order may have of a product. A line of none is a line that was taken out. */
export function expectQuantities({ catalog }: Store, lines: readonly OrderLine[]): void {
  const errors = catalog.products.flatMap(({ id, quantityMinimum, quantityMaximum }): object[] => {
    const quantity = lines.reduce((total, line) => total + (line.productId === id ? line.quantity : 0), 0);
    if (quantity === 0) return [];
    if (quantity < quantityMinimum) {
      const product = { id, minimum_quantity: quantityMinimum };
      return [{ type: 'InsufficientQuantity', message: 'The quantity of the product is too small.', product }];
    }
    if (quantityMaximum > 0 && quantity > quantityMaximum) {
      const product = { id, maximum_quantity: quantityMaximum };
      return [{ type: 'ExceedsMaxQuantity', message: 'The quantity of the product is too large.', product }];
    }
    return [];
  });
  if (errors.length > 0) throw outOfStock(errors);
}
