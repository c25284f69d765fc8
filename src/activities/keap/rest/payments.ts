import { failure } from '../../failure.js';
import { paymentNote } from '../marks.js';
import type { PayAnswer, PaymentAtKeap, Transport } from '../transport.js';
import { decimal, utcTime } from '../wire.js';
import type { RestClient } from './client.js';
import { orderIdOf } from './orders.js';

/**
 * Payments by REST v2. There is no refund, no void and no counter-entry: whether negative amounts are taken is not
 * documented, so none is sent.
 */
export function restPayments(rest: RestClient): Pick<Transport, 'readPayments' | 'pay'> {
  return {
    async readPayments(made) {
      const rows = await rest.listPayments(orderIdOf(made));
      // A refund is a row of its own that names the payment; it is not a payment.
      const refunded = new Set(rows.map((row) => row.refund_invoice_payment_id).filter((id) => id && id !== '0'));
      return rows
        .filter((row) => !row.refund_invoice_payment_id || row.refund_invoice_payment_id === '0')
        .map((row): PaymentAtKeap => {
          const reversed = refunded.has(row.id) || (row.payment_id != null && refunded.has(row.payment_id));
          return {
            id: row.id,
            ...(row.payment_id == null ? {} : { transactionId: row.payment_id }),
            amount: decimal(row.amount),
            note: row.note ?? '',
            state: reversed ? 'reversed' : stateOf(row.pay_status),
          };
        });
    },

    async pay({ order, contactId }, made, amount): Promise<PayAnswer> {
      const { payment } = order;
      const how =
        payment.kind === 'charge'
          ? { payment_method_id: await methodOf(rest, contactId, payment) }
          : { payment_method_type: payment.method, payment_time: utcTime(payment.paidAt ?? order.orderedAt) };
      const result = await rest.createPayment(orderIdOf(made), {
        ...how,
        payment_amount: Number(amount),
        apply_to_commissions: true,
        notes: paymentNote(order),
        external_source: 'waybill',
        external_source_value: payment.reference,
      });
      const says = result.payment_status_message;
      return {
        state: answerOf(says),
        says,
        ...(result.id == null ? {} : { paymentId: result.id }),
        ...(result.transaction_id == null ? {} : { transactionId: result.transaction_id }),
      };
    },
  };
}

function stateOf(payStatus: string): PaymentAtKeap['state'] {
  switch (payStatus) {
    case 'MANUAL_PAID':
    case 'PAYPAL_PAID':
    case 'APPROVED':
      return 'settled';
    case 'REFUNDED':
    case 'VOIDED':
      return 'reversed';
    case 'FAILED':
    case 'ERROR':
      return 'failed';
    default:
      // PENDING, and any word that is new: not final.
      return 'pending';
  }
}

function answerOf(status: string): PayAnswer['state'] {
  switch (status.toUpperCase()) {
    case 'APPROVED':
    case 'COMPLETED':
    case 'MANUAL_PAID':
    case 'PAYPAL_PAID':
      return 'settled';
    case 'DECLINED':
    case 'FAILED':
      return 'refused';
    case 'SKIPPED':
      return 'nothing owed';
    case 'PENDING':
      return 'pending';
    default:
      return 'unclear';
  }
}

/** REST v2 charges a payment method; the card is one by its own id or by the id that the older APIs call it. */
export async function methodOf(
  rest: RestClient,
  contactId: string,
  { card, merchantAccount }: { card: string; merchantAccount?: string | undefined },
): Promise<string> {
  const methods = await rest.listPaymentMethods(contactId);
  const method =
    methods.find(({ credit_card_id }) => credit_card_id === card) ??
    methods.find(({ payment_method_id }) => payment_method_id === card);
  if (method === undefined) {
    throw failure('Rejected', `payment.card: contact ${contactId} has no card ${card} at Keap that can be charged`);
  }
  const { merchant_account_id: account } = method;
  if (merchantAccount !== undefined && account != null && account !== merchantAccount) {
    throw failure('Rejected', `payment.merchantAccount: card ${card} belongs to merchant account ${account}`);
  }
  return method.payment_method_id;
}
