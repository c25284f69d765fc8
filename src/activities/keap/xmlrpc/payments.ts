import { paymentNote } from '../marks.js';
import type { KeapSettings } from '../settings.js';
import type { PayAnswer, PaymentAtKeap, Transport } from '../transport.js';
import { decimal, wallTime } from '../wire.js';
import type { XmlRpcClient } from './client.js';
import { dateTime } from './xml.js';

/** Payments by XML-RPC, where a payment can be balanced by a counter-entry: a manual payment of a negative amount. */
export function xmlRpcPayments(
  keap: XmlRpcClient,
  { timeZone }: KeapSettings,
): Required<Pick<Transport, 'readPayments' | 'pay' | 'bookEntry'>> {
  const wall = (iso: string) => dateTime(wallTime(new Date(iso), timeZone));
  return {
    async readPayments({ invoiceId }) {
      return (await keap.getPayments(invoiceId)).map(
        (row): PaymentAtKeap => ({
          id: row.Id,
          ...(row.ChargeId === undefined ? {} : { transactionId: row.ChargeId }),
          amount: decimal(row.PayAmt),
          note: row.PayNote,
          type: row.PayType,
          // Read as REST v2 explains its `refund_payment_id`: the payment that gave this one back.
          state: row.RefundId === undefined ? 'settled' : 'reversed',
        }),
      );
    },

    async pay({ order }, { invoiceId }, amount): Promise<PayAnswer> {
      const { payment } = order;
      const note = paymentNote(order);
      if (payment.kind === 'taken') {
        await keap.addManualPayment({
          invoiceId,
          amount,
          date: wall(payment.paidAt ?? order.orderedAt),
          type: payment.method,
          description: note,
          bypassCommissions: false,
        });
        return { state: 'settled', says: 'true' };
      }
      const charged = await keap.chargeInvoice(invoiceId, note, payment.card, payment.merchantAccount ?? '0');
      const says = charged.Code;
      const reference = /^(0|None|)$/.test(charged.RefNum) ? {} : { transactionId: charged.RefNum };
      return { state: answerOf(says), says, ...reference };
    },

    async bookEntry({ invoiceId }, { type, amount, note }) {
      await keap.addManualPayment({
        invoiceId,
        amount,
        date: wall(new Date().toISOString()),
        type,
        description: note,
        // No commission is due on an entry that only balances another.
        bypassCommissions: true,
      });
    },
  };
}

function answerOf(code: string): PayAnswer['state'] {
  switch (code) {
    case 'APPROVED':
      return 'settled';
    case 'DECLINED':
      return 'refused';
    case 'SKIPPED':
      return 'nothing owed';
    default:
      // ERROR: the gateway failed; whether before or after it charged, it does not say.
      return 'unclear';
  }
}
