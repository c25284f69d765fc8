import type { BigcommerceAt, BigcommerceFulfilled, BigcommerceLine } from '../../workflows/bigcommerce/contract.js';
import { fromUnits, units } from '../../workflows/bigcommerce/decimal.js';
import { given } from '../given.js';
import { transactionsOf } from './money.js';
import type { Open } from './open.js';

/** What became of the order. */
export function resultSteps({ open }: Open) {
  return {
    async readResult(at: BigcommerceAt, lines: readonly BigcommerceLine[]): Promise<BigcommerceFulfilled> {
      const { store, money } = open(at);
      const order = await store.getOrder(at.orderId);
      const products = await store.productsOf(at.orderId);
      const shipments = await store.shipmentsOf(at.orderId);
      const transactions = await transactionsOf(money, at);
      const refunds = await money.refundsOf(at.orderId);
      return {
        orderId: order.id,
        externalOrderId: order.external_order_id,
        statusId: order.status_id,
        status: order.status,
        customStatus: order.custom_status,
        paymentStatus: order.payment_status,
        currency: order.default_currency_code || order.currency_code,
        totalExTax: amount(order.total_ex_tax),
        totalIncTax: amount(order.total_inc_tax),
        totalTax: amount(order.total_tax),
        lines: lines.map(({ ref, orderProductId, ...line }) => {
          const there = products.find(({ id }) => id === orderProductId);
          return {
            ref,
            orderProductId,
            ...given({ sku: line.sku }),
            quantity: there?.quantity ?? 0,
            shipped: there?.quantity_shipped ?? line.shipped,
            refunded: there?.quantity_refunded ?? line.refunded,
          };
        }),
        shipments: shipments.map((shipment) => ({
          id: shipment.id,
          ...given({
            trackingNumber: shipment.tracking_number,
            shippingProvider: shipment.shipping_provider,
            trackingLink: shipment.tracking_link || shipment.generated_tracking_link,
          }),
          items: shipment.items.map((item) => ({ orderProductId: item.order_product_id, quantity: item.quantity })),
        })),
        transactions: transactions.map(({ id, event, status, amount: of, gateway_transaction_id }) => ({
          id,
          event,
          status,
          amount: amount(of),
          ...given({ gatewayTransactionId: gateway_transaction_id }),
        })),
        refunds: refunds.map(({ id, total_amount, payments }) => ({
          id,
          amount: amount(total_amount),
          declined: payments.some(({ is_declined }) => is_declined),
          offline: payments.length > 0 && payments.every(({ offline }) => offline),
        })),
      };
    },
  };
}

const amount = (there: string): string => fromUnits(units(there));
