import type { OrderState } from '../orders/order.js';
import type { StockItem } from '../stock/stock.js';

type OrderEvent = 'created' | 'updated' | 'statusUpdated' | 'archived' | 'refund/created';

/** Says what has happened. A scope names the event; the data hold little more than an id. */
export class Events {
  constructor(private readonly emit: (scope: string, data: object) => void) {}

  order(event: OrderEvent, id: number, { channelId }: Pick<OrderState, 'channelId'>, more: object = {}): void {
    this.emit(`store/order/${event}`, { type: 'order', id, ...more });
    this.emit(`store/channel/${channelId}/order/${event}`, { type: 'order', order_id: id, ...more });
  }

  shipment(event: 'created' | 'updated' | 'deleted', id: number, orderId: number): void {
    this.emit(`store/shipment/${event}`, { type: 'shipment', id, orderId });
  }

  /** Ids are texts here. */
  transaction(event: 'created' | 'updated', data: object): void {
    this.emit(`store/order/transaction/${event}`, { type: 'transaction', ...data });
  }

  metafield(event: 'created' | 'updated' | 'deleted', id: number, orderId: number, namespace: string): void {
    this.emit(`store/order/metafield/${event}`, { metafield_id: id, resource_id: String(orderId), namespace });
  }

  /** What is counted by variants, and what as a whole; moved by an order or by hand. */
  stock({ productId, variantId, skuId }: StockItem, value: number, byOrder: boolean): void {
    const event = byOrder ? 'inventory/order/updated' : 'inventory/updated';
    const inventory = { product_id: productId, method: 'absolute', value };
    if (variantId === null) this.emit(`store/product/${event}`, { type: 'product', id: productId, inventory });
    else {
      const data = { type: 'sku', id: skuId, inventory: { ...inventory, variant_id: variantId } };
      this.emit(`store/sku/${event}`, data);
    }
  }
}
