import type { BigcommerceAt, BigcommercePayment } from '../../workflows/bigcommerce/contract.js';
import type { Found } from '../../workflows/found.js';
import { failure } from '../failure.js';
import { write } from '../write.js';
import { detailsOf } from './details.js';
import { type Begun, transactionsOf } from './money.js';
import type { Open } from './open.js';
import { isUnpaid, status } from './status.js';

type ByApi = Extract<BigcommercePayment, { readonly kind: 'payments-api' }>;

/** What a payment that was begun makes of an order. */
const BEGUN = ['authorized', 'capture pending', 'captured', 'paid', 'pending', 'held for review'];

/** Money that the store's Payments API takes. It refuses an order that is no longer Incomplete. */
export function paymentSteps({ open }: Open) {
  return {
    async findPayment(at: BigcommerceAt, _payment: ByApi): Promise<Found<Begun>> {
      const { store, money } = open(at);
      const order = await store.getOrder(at.orderId);
      const { payment_status: is, status_id } = order;
      if (BEGUN.includes(is)) return { state: 'same', it: { paymentStatus: is } };
      const made = (await transactionsOf(money, at)).filter(
        ({ event, status: ended }) => ended === 'ok' && ['authorization', 'purchase'].includes(event),
      );
      if (made.length > 0 || !isUnpaid(status_id)) return { state: 'same', it: { paymentStatus: is } };
      return { state: 'none' };
    },

    async takePayment(at: BigcommerceAt, payment: ByApi): Promise<Begun> {
      return write('takePayment', async () => {
        const { store, money, payer } = open(at, [payment.instrument.token], [payment.payment_method_id]);
        const before = await store.getOrder(at.orderId);
        if (before.status_id !== status.incomplete) {
          throw failure('OutcomeUnknown', `order ${at.orderId} was ${before.status} before it was paid`, detailsOf(at));
        }
        const pat = await money.accessToken(at.orderId);
        const { payment_method_id, instrument } = payment;
        await money.pay(payer(pat), { payment: { instrument, payment_method_id, save_instrument: false } });
        return { paymentStatus: 'pending' };
      });
    },
  };
}
