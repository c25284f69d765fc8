import { cents } from '../money.js';
import { isoTime } from '../times.js';
import type { Transaction } from './transactions.js';

export function transactionView(transaction: Transaction, currency: string): object {
  const { id, event, method, card, remaining, giftCode } = transaction;
  return {
    id,
    // A text here, and a number everywhere else.
    order_id: String(transaction.orderId),
    event,
    method,
    amount: cents(transaction.amount),
    currency,
    gateway: transaction.gateway,
    gateway_transaction_id: transaction.gatewayTransactionId,
    payment_method_id: transaction.paymentMethodId,
    status: transaction.status,
    test: true,
    fraud_review: false,
    reference_transaction_id: transaction.referenceId,
    date_created: isoTime(transaction.createdAt),
    avs_result: card === null ? {} : { code: '', message: '', street_match: '', postal_match: '' },
    cvv_result: card === null ? {} : { code: '', message: '' },
    credit_card: card,
    gift_certificate:
      giftCode === null
        ? null
        : {
            ...{ code: giftCode, original_balance: 0, starting_balance: cents((remaining ?? 0) + transaction.amount) },
            ...{ remaining_balance: cents(remaining ?? 0), status: 'active' },
          },
    store_credit: method === 'store_credit' ? { remaining_balance: cents(remaining ?? 0) } : null,
    offline: null,
    custom: method === 'custom' ? { payment_method: transaction.paymentMethodId } : null,
    payment_instrument_token: null,
    custom_provider_field_result: null,
  };
}
