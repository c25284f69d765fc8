// Every story, one line each: all that can be started by name.
export { bigcommerceOrder } from './bigcommerce/order.js';
export { connection } from './connection.js';
export { flxpointOrder } from './flxpoint/order.js';
export { hints } from './hints.js';
export { infoplusOrder } from './infoplus/order.js';
export { keapOrder } from './keap/order.js';
export { keapSubscriptionCycle } from './keap/subscription/cycle.js';
export { keapSubscription } from './keap/subscription/subscription.js';
export { logisticsPlusOrder } from './logistics-plus/order.js';
