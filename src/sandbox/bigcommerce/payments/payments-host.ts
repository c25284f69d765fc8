import { jsonAnswer } from '../../answer.js';
import type { RestApi } from '../../rest-api.js';
import { type BigcommerceOwnFault, spoil } from '../faults.js';
import { expectAccepted, expectJson, expectStore } from '../gateway.js';
import { isMembers } from '../members.js';
import { refusalAs, refusalsAs, refused } from '../refusals.js';
import { type ApiRequest, membersOf } from '../route.js';
import type { Store } from '../store.js';
import type { Caller } from '../tokens.js';
import { pay } from './paying.js';
import { paymentCodes, paymentFailure, paymentRefused } from './payment-refusals.js';

/** So many payments in so many milliseconds. */
const limits = { quota: 50, windowMs: 4_000 };

const failure = (status: number, title: string) =>
  paymentFailure(status, title, status >= 500 ? paymentCodes.connection : paymentCodes.badData);
const refusals = refusalsAs(failure);
const nobody: Caller = { clientId: '', clientSecret: '', scopes: new Set() };

export const paymentOperation = { operation: 'payments.process', method: 'POST', path: '' } as const;

/** The host that takes payments. It is opened by a token of its own kind, which names the order. */
export const paymentsHost: RestApi<Store, ApiRequest, BigcommerceOwnFault> = {
  roots: [''],
  routes: [
    {
      ...paymentOperation,
      handle: (request) => {
        const { store, headers } = request;
        expectStore(store, request.params);
        expectAccepted(request);
        expectJson(request, 415);
        const access = store.accessTokens.accessOf(headers.authorization, store.clock.now());
        const order = store.orders.byId(access?.orderId ?? 0);
        if (order === undefined) throw paymentRefused(404, 'The order is not found.', paymentCodes.orderNotFound);
        const { payment } = membersOf(request);
        if (!isMembers(payment)) throw paymentRefused(400, 'The payment is missing.', paymentCodes.badData);
        store.agenda.catchUp();
        return jsonAnswer(201, { data: pay(store, order, payment) });
      },
    },
  ],
  refusals,
  admit({ accessTokens, clock, paymentsThrottle, settings }, { authorization }) {
    const access = accessTokens.accessOf(authorization, clock.now());
    if (access === undefined) return { credential: null, refusal: refusals.unauthorized(), headers: {} };
    const credential = `payment of ${access.orderId}`;
    const passes = paymentsThrottle.admit(credential, clock.precise(), settings.throttle === 'off' ? 'off' : limits);
    return { credential, refusal: passes ? null : refusals.throttled(), headers: {} };
  },
  asked: (store, request) => ({ ...request, store, caller: nobody }),
  unknown() {
    throw refused(404, 'The route is not found, check the URL');
  },
  refusal: refusalAs(failure),
  spoil: (rule, work) => spoil(rule, work, failure),
};
