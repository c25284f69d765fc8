import type { CallKind } from '../ledger.js';
import { kindOf } from '../rest-api.js';
import { accountRoutes } from './account-routes.js';
import { invoiceRoutes } from './invoice-routes.js';
import { orderRoutes } from './order-routes.js';
import { requestRoutes } from './request-routes.js';
import { returnRoutes } from './return-routes.js';
import type { ApiRoute } from './route.js';
import { shipmentRoutes } from './shipment-routes.js';
import { variantRoutes } from './variant-routes.js';
import { webhookRoutes } from './webhook-routes.js';

/** A word that faults, holds and the ledger use. */
export interface FlxpointOperation {
  name: string;
  kind: CallKind;
}

/** Every call that the imitation answers. */
export const apiRoutes: readonly ApiRoute[] = [
  ...orderRoutes,
  ...requestRoutes,
  ...shipmentRoutes,
  ...invoiceRoutes,
  ...returnRoutes,
  ...variantRoutes,
  ...accountRoutes,
  ...webhookRoutes,
];

/** Every operation of the sandbox, so that a test can go through all writes, or all reads. */
export const flxpointOperations: readonly FlxpointOperation[] = apiRoutes.map((route) => ({
  name: route.operation,
  kind: kindOf(route),
}));
