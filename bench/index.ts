// npm run bench            three rounds of 30 s each, a few minutes of waiting orders and of the limiter
// npm run bench -- --quick a look, not a measurement

import { progressOn } from '../src/processes/progress.js';
import { findExecutable } from '../src/temporal/find-server.js';
import { fullLoad, fullWarehouseLoad, measureLimiter, quickLoad, quickWarehouseLoad } from './limiter.js';
import { fullOrders, measureOrders, quickOrders } from './orders.js';
import { fullWaiting, measureWaiting, quickWaiting } from './waiting.js';

const quick = process.argv.includes('--quick');
const { path } = await findExecutable({ env: process.env, progress: progressOn(process.stderr) });
const orders = await measureOrders(path, quick ? quickOrders : fullOrders);
const waiting = await measureWaiting(path, quick ? quickWaiting : fullWaiting);
// Side by side: both mostly wait.
const limiters = await Promise.all([
  measureLimiter(quick ? quickLoad : fullLoad),
  measureLimiter(quick ? quickWarehouseLoad : fullWarehouseLoad),
]);

const n = (value: number, digits = 2) => value.toFixed(digits);
console.log(`
| measured | Waybill | bare workflow | ratio |
|---|---|---|---|
| activities of an order | ${orders.activities} | ${orders.activities} | |
| events of an order | ${orders.events.product} | ${orders.events.bare} | ${n(orders.events.product / orders.events.bare)} |
| orders a second | ${n(orders.product.perSecond)} | ${n(orders.bare.perSecond)} | ${n(orders.ratio.perSecond)} |
| CPU-ms of the worker per order | ${n(orders.product.cpuMsPerOrder, 1)} | ${n(orders.bare.cpuMsPerOrder, 1)} | ${n(orders.ratio.cpu)} |
| resident KiB per waiting order | ${n(orders.waitingKiB.product, 0)} | ${n(orders.waitingKiB.bare, 0)} | ${n(orders.waitingKiB.product / orders.waitingKiB.bare)} |

${waiting.orders} orders that wait: ${n(waiting.idleShareOfCore * 100, 1)} % of a core while nothing happens; from a webhook to the read ${n(waiting.wakeUpMs.idle, 0)} ms, in the middle of a round ${n(waiting.wakeUpMs.inARound, 0)} ms (95th percentile); ${waiting.connectionEvents} events in the history of the connection.
${limiters.map((limiter) => `Limiter: ${limiter.requests} requests in ${n(limiter.seconds, 0)} s, ${limiter.breaches} breaches, ${n(limiter.shareOfRate * 100, 1)} % of the rate under backlog.`).join('\n')}
`);
process.exit(limiters.every(({ breaches }) => breaches === 0) ? 0 : 1);
