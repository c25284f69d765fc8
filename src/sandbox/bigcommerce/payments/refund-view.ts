import { cents } from '../money.js';
import { isoTime } from '../times.js';
import type { Refund } from './refund.js';
import type { PaymentOption } from './refund-methods.js';
import type { RefundQuote } from './refund-quote.js';

export function quoteView(orderId: number, quoted: RefundQuote, methods: readonly PaymentOption[][]): object {
  return {
    order_id: orderId,
    total_refund_amount: quoted.totalAmount,
    total_refund_tax_amount: quoted.totalTax,
    order_level_refund_amount: quoted.orderLevelAmount,
    rounding: 0,
    adjustment: quoted.adjustment,
    tax_inclusive: false,
    refund_methods: methods.map((options) => options.map(optionView)),
  };
}

function optionView({ providerId, description, amount, offline }: PaymentOption): object {
  return {
    ...{ provider_id: providerId, provider_description: description, amount, offline, offline_provider: offline },
    offline_reason: offline ? 'This is an offline payment provider.' : '',
  };
}

export function refundView(refund: Refund): object {
  return {
    id: refund.id,
    order_id: refund.orderId,
    user_id: 0,
    created: isoTime(refund.createdAt),
    reason: '',
    total_amount: refund.totalAmount,
    total_tax: refund.totalTax,
    uses_merchant_override_values: refund.usesMerchantOverride,
    items: refund.items.map(({ itemType, itemId, reason, quantity, adjustments, requestedAmount }) => ({
      ...{
        item_type: itemType,
        item_id: itemId,
        reason,
        quantity,
        adjustments,
        requested_amount: cents(requestedAmount),
      },
    })),
    payments: refund.payments.map(
      ({ id, providerId, amount, offline, isDeclined, declinedMessage, transactionId }) => ({
        ...{ id, provider_id: providerId, amount, offline, is_declined: isDeclined, declined_message: declinedMessage },
        transaction_id: transactionId === null ? '' : String(transactionId),
      }),
    ),
  };
}
