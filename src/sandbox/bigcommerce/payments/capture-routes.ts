import { jsonAnswer } from '../../answer.js';
import { orderOf } from '../orders/target.js';
import type { ApiRoute } from '../route.js';
import { needs } from '../scopes.js';
import { start } from './capturing.js';

/** Of the whole amount: there is no other. */
export const captureRoutes: readonly ApiRoute[] = (['capture', 'void'] as const).map((action) => ({
  operation: `payments.${action}`,
  method: 'POST',
  path: `/orders/:orderId/payment_actions/${action}`,
  scopes: needs.moveMoney,
  handle: (request) => {
    start(request.store, orderOf(request).order, action, 'api');
    return jsonAnswer(201, {});
  },
}));
