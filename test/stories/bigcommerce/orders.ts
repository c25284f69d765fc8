import { bigcommerceSeed } from '../../../src/sandbox/index.js';
import { content } from './rig.js';

const [authorizedOrderId] = bigcommerceSeed.authorizedOrderIds;

/** An order that came from the shop, its card authorized. */
export const captured = { order: undefined, total: undefined, orderId: String(authorizedOrderId) };

/** Of goods whose stock nobody counts: nothing is to be given back when it is cancelled. */
export const uncounted = () => ({
  order: content({
    products: [
      { product_id: 116, quantity: 2, price_ex_tax: '25.00', price_inc_tax: '27.50' },
      { name: 'Engraving', sku: 'ENGRAVE', quantity: 1, price_ex_tax: '3.00', price_inc_tax: '3.30' },
    ],
  }),
});

/** The store's Payments API takes the money. */
export const byApi = (token: string = bigcommerceSeed.instruments.good) => ({
  payment: {
    kind: 'payments-api',
    payment_method_id: bigcommerceSeed.paymentMethods.card,
    instrument: { type: 'stored_card', token },
  },
});
