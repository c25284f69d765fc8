import { accountRoutes } from './account.js';
import { contactRoutes } from './contacts.js';
import { modelRoutes } from './models.js';
import { orderItemRoutes } from './order-items.js';
import { orderPaymentRoutes } from './order-payments.js';
import { orderRoutes } from './orders.js';
import { planRoutes } from './plans.js';
import { productRoutes } from './products.js';
import type { RestRoute } from './route.js';
import { salesRoutes } from './sales.js';
import { subscriptionRoutes } from './subscriptions.js';

/** Every call of REST v2 that the sandbox answers. */
export const restRoutes: readonly RestRoute[] = [
  ...orderRoutes,
  ...orderItemRoutes,
  ...orderPaymentRoutes,
  ...modelRoutes,
  ...contactRoutes,
  ...productRoutes,
  ...planRoutes,
  ...subscriptionRoutes,
  ...salesRoutes,
  ...accountRoutes,
];
