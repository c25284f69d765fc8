import type { CallKind } from '../ledger.js';
import { kindOf } from '../rest-api.js';
import { hookRoutes } from './hooks/hook-routes.js';
import { metafieldRoutes } from './metafields/metafield-routes.js';
import { addressRoutes } from './orders/address-routes.js';
import { annotationRoutes } from './orders/annotation-routes.js';
import { lineRoutes } from './orders/line-routes.js';
import { orderRoutes } from './orders/order-routes.js';
import { statusRoutes } from './orders/status-routes.js';
import { captureRoutes } from './payments/capture-routes.js';
import { paymentRoutes } from './payments/payment-routes.js';
import { paymentOperation } from './payments/payments-host.js';
import { refundRoutes } from './payments/refund-routes.js';
import { transactionRoutes } from './payments/transaction-routes.js';
import { peopleRoutes } from './people/people-routes.js';
import type { ApiRoute } from './route.js';
import { shipmentRoutes } from './shipments/shipment-routes.js';
import { catalogRoutes } from './stock/catalog-routes.js';
import { inventoryRoutes } from './stock/inventory-routes.js';
import { settingsRoutes } from './stock/settings-routes.js';
import { storeRoutes } from './store-routes.js';

/** A word that faults, holds and the ledger use. */
export interface BigcommerceOperation {
  name: string;
  kind: CallKind;
}

export const v2Routes: readonly ApiRoute[] = [
  ...orderRoutes,
  ...lineRoutes,
  ...addressRoutes,
  ...annotationRoutes,
  ...shipmentRoutes,
  ...statusRoutes,
  ...storeRoutes,
];

export const v3Routes: readonly ApiRoute[] = [
  ...captureRoutes,
  ...transactionRoutes,
  ...refundRoutes,
  ...metafieldRoutes,
  ...paymentRoutes,
  ...inventoryRoutes,
  ...settingsRoutes,
  ...catalogRoutes,
  ...peopleRoutes,
  ...hookRoutes,
];

/** Every operation of the sandbox, so that a test can go through all writes, or all reads. */
export const bigcommerceOperations: readonly BigcommerceOperation[] = [...v2Routes, ...v3Routes, paymentOperation].map(
  (route) => ({ name: route.operation, kind: kindOf(route) }),
);
