import type { CallKind } from '../ledger.js';
import { kindOf } from '../rest-api.js';
import { customerRoutes } from './customer-routes.js';
import { externalShipmentRoutes } from './external-shipment-routes.js';
import { lookUpRoutes } from './look-up-routes.js';
import { orderAnnotationRoutes } from './order-annotation-routes.js';
import { orderRoutes } from './order-routes.js';
import { processingRoutes } from './processing-routes.js';
import type { ApiRoute } from './route.js';
import { shipmentRoutes } from './shipment-routes.js';

/** A word that faults, holds and the ledger use. */
export interface InfoplusOperation {
  name: string;
  kind: CallKind;
}

/** Every call that the imitation answers. */
export const apiRoutes: readonly ApiRoute[] = [
  ...orderRoutes,
  ...orderAnnotationRoutes,
  ...processingRoutes,
  ...shipmentRoutes,
  ...externalShipmentRoutes,
  ...customerRoutes,
  ...lookUpRoutes,
];

/** Every operation of the sandbox, so that a test can go through all writes, or all reads. */
export const infoplusOperations: readonly InfoplusOperation[] = apiRoutes.map(({ operation, method }) => ({
  name: operation,
  kind: kindOf({ method }),
}));
