import { accountRoutes } from './account.js';
import { contactRoutes } from './contacts.js';
import { orderItemRoutes } from './order-items.js';
import { modelRoutes } from './order-model.js';
import { orderPaymentRoutes } from './order-payments.js';
import { orderRoutes } from './orders.js';
import { productRoutes } from './products.js';
import type { RestRoute } from './route.js';
import { salesRoutes } from './sales.js';

/** Every call of REST v2 that the sandbox answers. */
export const restRoutes: readonly RestRoute[] = [
  ...orderRoutes,
  ...orderItemRoutes,
  ...orderPaymentRoutes,
  ...modelRoutes,
  ...contactRoutes,
  ...productRoutes,
  ...salesRoutes,
  ...accountRoutes,
];
