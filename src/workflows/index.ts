// Every story, one line each: all that can be started by name.
export { connection } from './connection.js';
export { keapOrder } from './keap/order.js';
