import type { BigcommerceAt, BigcommercePaid, BigcommerceStore } from '../../workflows/bigcommerce/contract.js';
import type { OrderHead } from '../../workflows/contract.js';
import { failure } from '../failure.js';
import { Kept } from '../kept.js';
import { sameText } from '../texts.js';
import { detailsOf } from './details.js';
import type { Open } from './open.js';
import { isDead, isUnpaid, status } from './status.js';

/** Settings of a store change by hand, and rarely. */
const SETTINGS_KEPT_MS = 10 * 60_000;

/** The settings of the store, and the status of an order. No status moves money. */
export function storeSteps({ open }: Open) {
  const kept = new Kept<BigcommerceStore>(SETTINGS_KEPT_MS);

  return {
    /** When orders take stock, and whether a cancelled one gives it back. */
    async readStore(head: Pick<OrderHead, 'reference'>): Promise<BigcommerceStore> {
      return kept.get('settings', async () => {
        const settings = await open(head).store.inventorySettings();
        return {
          takesStock:
            settings.update_stock_behavior === 'order_completed_or_shipped'
              ? 'order_completed_or_shipped'
              : 'order_placed',
          givesBack: settings.refund_order_stock_adjustment === true,
        };
      });
    },

    /** Money that was taken outside is written down, and the order released. Twice is as good as once. */
    async bookPayment(at: BigcommerceAt, paid: BigcommercePaid): Promise<{ booked: true }> {
      const { store } = open(at, [], [paid.payment_provider_id]);
      const there = await store.getOrder(at.orderId);
      const isBooked = sameText(there.payment_provider_id, paid.payment_provider_id);
      if (isDead(there.status_id)) {
        const details = detailsOf(at);
        throw failure('Rejected', `order ${at.orderId} is ${there.status}; its payment is not booked`, details);
      }
      const release = isUnpaid(there.status_id) ? { status_id: status.awaitingFulfillment } : {};
      if (isBooked && !isUnpaid(there.status_id)) return { booked: true };
      const method = paid.payment_method === undefined ? {} : { payment_method: paid.payment_method };
      await store.updateOrder(at.orderId, {
        ...release,
        ...method,
        payment_provider_id: paid.payment_provider_id,
      });
      return { booked: true };
    },

    /**
     * Moves an order on that has not moved by itself. From any other status it is left as it is: somebody else may have
     * set it.
     *
     * @param from the statuses that it is moved on from
     */
    async setStatus(at: BigcommerceAt, from: readonly number[], to: number): Promise<{ statusId: number }> {
      const { store } = open(at, []);
      const { status_id: is } = await store.getOrder(at.orderId);
      if (is === to || !from.includes(is)) return { statusId: is };
      await store.updateOrder(at.orderId, { status_id: to });
      return { statusId: to };
    },
  };
}
