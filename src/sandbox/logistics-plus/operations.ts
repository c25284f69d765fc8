import type { CallKind } from '../ledger.js';
import { kindOf } from '../rest-api.js';
import { orderRoutes } from './order-routes.js';
import { productRoutes } from './product-routes.js';
import type { ApiRoute } from './route.js';

/** A word that faults, holds and the ledger use. */
export interface LogisticsPlusOperation {
  name: string;
  kind: CallKind;
}

/** Every call that the imitation answers. */
export const apiRoutes: readonly ApiRoute[] = [...orderRoutes, ...productRoutes];

/** Every operation of the sandbox, so that a test can go through all writes, or all reads. */
export const logisticsPlusOperations: readonly LogisticsPlusOperation[] = apiRoutes.map(({ operation, method }) => ({
  name: operation,
  kind: kindOf({ method }),
}));
