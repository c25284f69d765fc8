import { bigcommerceSeed } from '../../../src/sandbox/index.js';

const [authorizedOrderId] = bigcommerceSeed.authorizedOrderIds;

/** An order that came from the shop, its card authorized. */
export const captured = { order: undefined, total: undefined, orderId: String(authorizedOrderId) };

/** The store's Payments API takes the money. */
export const byApi = (token: string = bigcommerceSeed.instruments.good) => ({
  payment: {
    kind: 'payments-api',
    payment_method_id: bigcommerceSeed.paymentMethods.card,
    instrument: { type: 'stored_card', token },
  },
});
