import { isMembers } from '../members.js';
import { currentState } from '../orders/order.js';
import { statusIds } from '../orders/statuses.js';
import { numbersIn, v3Answer } from '../query.js';
import { notFound, refused } from '../refusals.js';
import { type ApiRequest, type ApiRoute, membersOf } from '../route.js';
import { needs } from '../scopes.js';
import { bigcommerceSeed } from '../seed.js';
import { notIncomplete } from './paying.js';
import { paymentCodes, paymentRefused } from './payment-refusals.js';

const { paymentMethods, instruments } = bigcommerceSeed;

/** What leads to the payments host. */
export const paymentRoutes: readonly ApiRoute[] = [
  {
    operation: 'paymentMethods.list',
    method: 'GET',
    path: '/payments/methods',
    scopes: needs.readPaymentMethods,
    handle: (request) => {
      const [orderId] = numbersIn(request.query, 'order_id') ?? [];
      if (orderId === undefined) throw refused(422, 'order_id is required.', { order_id: 'error.path.missing' });
      const order = request.store.orders.byId(orderId);
      if (order === undefined) throw notFound();
      return v3Answer(200, methodsFor(currentState(order).customerId));
    },
  },
  {
    operation: 'paymentAccessTokens.create',
    method: 'POST',
    path: '/payments/access_tokens',
    scopes: needs.createPayments,
    handle: (request) => {
      const { accessTokens, clock } = request.store;
      return v3Answer(201, { id: accessTokens.issue(payableOrderOf(request).id, clock.now()) });
    },
  },
];

function payableOrderOf(request: ApiRequest) {
  const { order: named } = membersOf(request);
  const id = isMembers(named) ? named.id : undefined;
  if (typeof id !== 'number')
    throw refused(422, 'JSON data is missing or invalid', { 'order.id': 'error.path.missing' });
  const order = request.store.orders.byId(id);
  if (order === undefined || currentState(order).archivedAt !== null) {
    throw paymentRefused(404, 'The order is not found.', paymentCodes.orderNotFound);
  }
  const { statusId } = currentState(order);
  const partlyPaid = statusId === statusIds.pending && request.store.payments.taken(id).length > 0;
  if (statusId !== statusIds.incomplete && !partlyPaid) throw notIncomplete();
  return order;
}

function methodsFor(customerId: number): object[] {
  const method = (id: string, name: string, type: string) => ({
    ...{ id, name, type, test_mode: true, supported_instruments: [] as object[], stored_instruments: [] as object[] },
  });
  const card = {
    ...method(paymentMethods.card, 'Stripe', 'card'),
    supported_instruments: [{ instrument_type: 'VISA', verification_value_required: true }],
    stored_instruments:
      customerId === 0
        ? []
        : [
            {
              ...{ type: 'stored_card', brand: 'VISA', expiry_month: 9, expiry_year: 2029, is_default: true },
              ...{ issuer_identification_number: '424242', last_4: '4242', token: instruments.good },
            },
          ],
  };
  return [
    card,
    method(paymentMethods.giftCertificate, 'Gift Certificate', 'gift_certificate'),
    method(paymentMethods.storeCredit, 'Store Credit', 'store_credit'),
  ];
}
