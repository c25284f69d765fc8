import type { BigcommerceAt, BigcommerceSeen, BigcommerceStanding } from '../../workflows/bigcommerce/contract.js';
import type { Read } from '../../workflows/contract.js';
import { failureType } from '../failure.js';
import { sameReference } from '../references.js';
import type { BigcommerceClient } from './client.js';
import type { Open } from './open.js';
import type { OrderThere } from './shapes.js';

/** How the order stands, read fresh. */
export function standingSteps({ open }: Open) {
  return {
    /** Ours by its id, because a list may lag, and whatever else carries the reference. */
    async readOrder(at: BigcommerceAt): Promise<Read<BigcommerceSeen>> {
      const readAt = Date.now();
      const { store } = open(at);
      const { orders } = seen(await under(store, at.reference));
      const own = await standingAt(store, at.orderId);
      const others = orders.filter(({ orderId }) => orderId !== at.orderId);
      // A new one may be listed before it can be read by its id.
      const listed = own.gone ? orders.find(({ orderId }) => orderId === at.orderId) : undefined;
      return { ...inOrder([...others, listed ?? own]), readAt };
    },
  };
}

/** Orders under a reference, compared again. */
export async function under(store: BigcommerceClient, reference: string): Promise<OrderThere[]> {
  const all = await store.ordersUnder(reference);
  return all.filter((each) => sameReference(each.external_order_id, reference));
}

/** One order by its id. What is shown no more is archived, as far as anybody can tell. */
export async function standingAt(store: BigcommerceClient, orderId: string): Promise<BigcommerceStanding> {
  try {
    return standingOf(await store.getOrder(orderId));
  } catch (error) {
    if (failureType(error) !== 'NotFound') throw error;
    return goneAt(orderId);
  }
}

/** An order that is shown no more. Nothing else of it counts. */
export const goneAt = (orderId: string): BigcommerceStanding => ({
  orderId,
  statusId: 0,
  paymentStatus: '',
  itemsShipped: 0,
  total: '0',
  gone: true,
});

export const seen = (orders: readonly OrderThere[]): BigcommerceSeen => inOrder(orders.map(standingOf));

/** In a fixed order, so that the same standing is the same text. */
export const inOrder = (orders: readonly BigcommerceStanding[]): BigcommerceSeen => ({
  orders: [...orders].sort((one, other) => Number(one.orderId) - Number(other.orderId)),
});

const standingOf = (there: OrderThere): BigcommerceStanding => ({
  orderId: there.id,
  statusId: there.status_id,
  paymentStatus: there.payment_status,
  itemsShipped: there.items_shipped,
  total: there.total_inc_tax,
  ...(there.is_deleted ? { gone: true as const } : {}),
});
