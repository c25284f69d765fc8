import { accountRoutes } from './account.js';
import { contactRoutes } from './contacts.js';
import { hookRoutes } from './hooks.js';
import { modelRoutes } from './models.js';
import { orderItemRoutes } from './order-items.js';
import { orderPaymentRoutes } from './order-payments.js';
import { orderRoutes } from './orders.js';
import { planRoutes } from './plans.js';
import { productRoutes } from './products.js';
import type { RestRoute } from './route.js';
import { salesRoutes } from './sales.js';
import { subscriptionRoutes } from './subscriptions.js';
import { v1SubscriptionRoutes } from './v1-subscriptions.js';
import { v1TransactionRoutes } from './v1-transactions.js';

/** Every call of REST that the sandbox answers; of v1 those that v2 has not, and what they lead to. */
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
  ...v1SubscriptionRoutes,
  ...v1TransactionRoutes,
  ...hookRoutes,
];
