import type { BigcommerceAt, BigcommerceOrder } from '../../workflows/bigcommerce/contract.js';
import { fromUnits, sameAmount, units } from '../../workflows/bigcommerce/decimal.js';
import type { Undone } from '../../workflows/found.js';
import { failure, failureType } from '../failure.js';
import { sameReference } from '../references.js';
import type { BigcommerceClient } from './client.js';
import { detailsOf } from './details.js';
import type { Open } from './open.js';
import type { OrderThere } from './shapes.js';
import { isDead } from './status.js';

/** Under it an order of the store is found by its reference, where `external_order_id` is somebody else's. */
export const MARKS = 'waybill';

/** Where the reference was put. */
export type MarkPlace = 'external_order_id' | 'metafield';

/** What payments of an order must be like for it to be taken over: taken, or to be captured. */
const PAYABLE = ['authorized', 'capture pending', 'captured', 'paid'];

/** An order that the store has made: taken over by a mark, and let go again. */
export function adoptSteps({ open }: Open) {
  return {
    /** Refuses an order that cannot be captured before anything is written. */
    async expectPayable(order: BigcommerceOrder, at: BigcommerceAt): Promise<{ paymentStatus: string }> {
      const details = detailsOf(at);
      const there = await found(open(at).store, at, details);
      const problem = whyNot(there, at.orderId, order);
      if (problem !== undefined) throw failure('Rejected', problem, details);
      return { paymentStatus: there.payment_status };
    },

    /** Puts the reference on the order: into `external_order_id` where that is free, else into a metafield. */
    async markOrder(at: BigcommerceAt): Promise<{ place: MarkPlace }> {
      const details = detailsOf(at);
      const { store } = open(at, []);
      const there = await found(store, at, details);
      if (sameReference(there.external_order_id, at.reference)) return { place: 'external_order_id' };
      if (there.external_order_id.trim() === '') {
        await store.updateOrder(at.orderId, { external_order_id: at.reference });
        return { place: 'external_order_id' };
      }
      const marks = await store.metafieldsOf(at.orderId, MARKS);
      const other = marks.find(({ key }) => !sameReference(key, at.reference));
      if (other !== undefined) {
        throw failure('Conflict', `order ${at.orderId} is carried under another reference already`, details);
      }
      if (marks.length === 0) await create(store, at);
      return { place: 'metafield' };
    },

    /** Takes the mark off again, and nothing else. */
    async unmarkOrder(at: BigcommerceAt): Promise<Undone> {
      const { store } = open(at, []);
      try {
        const there = await store.getOrder(at.orderId);
        const marks = await store.metafieldsOf(at.orderId, MARKS);
        for (const { id } of marks.filter(({ key }) => sameReference(key, at.reference))) {
          await store.deleteMetafield(at.orderId, id);
        }
        if (!sameReference(there.external_order_id, at.reference)) return { done: true, found: marks.length > 0 };
        await store.updateOrder(at.orderId, { external_order_id: '' });
        return { done: true, found: true };
      } catch (error) {
        if (failureType(error) === 'NotFound') return { done: true, found: false };
        throw error;
      }
    },
  };
}

async function found(store: BigcommerceClient, { orderId }: BigcommerceAt, details: object): Promise<OrderThere> {
  try {
    return await store.getOrder(orderId);
  } catch (error) {
    if (failureType(error) !== 'NotFound') throw error;
    throw failure('Rejected', `orderId: the store shows no order ${orderId}`, details);
  }
}

function whyNot(there: OrderThere, orderId: string, { total }: BigcommerceOrder): string | undefined {
  if (there.is_deleted) return `orderId: order ${orderId} is archived`;
  if (isDead(there.status_id)) return `orderId: order ${orderId} is ${there.status}`;
  if (!PAYABLE.includes(there.payment_status)) {
    const is = there.payment_status === '' ? 'unknown to BigCommerce' : there.payment_status;
    return `orderId: the payment of order ${orderId} is ${is}, not authorized`;
  }
  if (total !== undefined && !sameAmount(total, there.total_inc_tax)) {
    return `total: order ${orderId} comes to ${fromUnits(units(there.total_inc_tax))}, not ${total}`;
  }
  return undefined;
}

/** The platform's own rule: one metafield of a key for each order. */
async function create(store: BigcommerceClient, { orderId, reference }: BigcommerceAt): Promise<void> {
  try {
    const mark = { permission_set: 'write', namespace: MARKS, key: reference, value: orderId };
    await store.createMetafield(orderId, { ...mark, description: 'carried by Waybill' });
  } catch (error) {
    if (failureType(error) !== 'Conflict') throw error;
  }
}
