import { cents } from '../money.js';
import { currentState, type Order } from '../orders/order.js';
import type { Store } from '../store.js';

/** Money that was booked from elsewhere may leave a trace among the transactions; as a rule it leaves none. */
export function bookOutside({ payments, settings }: Store, order: Order): void {
  const { paidOutside, texts, total } = currentState(order);
  if (!settings.outsideTransactions || !paidOutside || payments.of(order.id).length > 0) return;
  payments.add({
    ...{
      orderId: order.id,
      event: 'purchase',
      method: 'custom',
      amount: cents(total.incTax),
      gateway: 'custom',
      status: 'ok',
    },
    ...{ gatewayTransactionId: String(texts.payment_provider_id), paymentMethodId: texts.payment_method },
    ...{ referenceId: null, card: null, remaining: null, giftCode: null },
  });
}
