import type { Store } from '../store.js';

/** Where a part of an order is read, in the platform's own spelling: nobody is to build paths from it. */
export function linkTo({ storeHash }: Store, orderId: number, below: string): object {
  const resource = `/orders/${orderId}/${below}`;
  return { url: `https://api.bigcommerce.com/stores/${storeHash}/v2${resource}`, resource };
}
