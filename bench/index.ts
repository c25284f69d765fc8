// npm run bench                    three rounds of 30 s each, waiting orders, and the limiter: about twenty minutes
// npm run bench -- --quick         a look, not a measurement
// npm run bench -- waiting limits  only these parts; there are orders, waiting and limits

import { parseArgs } from 'node:util';
import { progressOn } from '../src/processes/progress.js';
import { findExecutable } from '../src/temporal/find-server.js';
import {
  fullLoad,
  fullSiteLoad,
  fullWarehouseLoad,
  measureLimiter,
  quickLoad,
  quickSiteLoad,
  quickWarehouseLoad,
} from './limiter.js';
import { fullOrders, measureOrders, quickOrders } from './orders.js';
import { fullWaiting, measureWaiting, quickWaiting } from './waiting.js';

const { values, positionals } = parseArgs({
  options: { quick: { type: 'boolean', default: false } },
  allowPositionals: true,
});
const { quick } = values;
const n = (value: number, digits = 2) => value.toFixed(digits);
const { path } = await findExecutable({ env: process.env, progress: progressOn(process.stderr) });

/** Each prints what it has measured, and says whether it is as it must be. */
const parts: Readonly<Record<string, () => Promise<boolean>>> = {
  async orders() {
    const orders = await measureOrders(path, quick ? quickOrders : fullOrders);
    console.log(`
| measured | Waybill | bare workflow | ratio |
|---|---|---|---|
| activities of an order | ${orders.activities} | ${orders.activities} | |
| events of an order | ${orders.events.product} | ${orders.events.bare} | ${n(orders.events.product / orders.events.bare)} |
| orders a second | ${n(orders.product.perSecond)} | ${n(orders.bare.perSecond)} | ${n(orders.ratio.perSecond)} |
| CPU-ms of the worker per order | ${n(orders.product.cpuMsPerOrder, 1)} | ${n(orders.bare.cpuMsPerOrder, 1)} | ${n(orders.ratio.cpu)} |
| resident KiB per waiting order | ${n(orders.waitingKiB.product, 0)} | ${n(orders.waitingKiB.bare, 0)} | ${n(orders.waitingKiB.product / orders.waitingKiB.bare)} |
`);
    return true;
  },

  async waiting() {
    const waiting = await measureWaiting(path, quick ? quickWaiting : fullWaiting);
    console.log(
      `${waiting.orders} orders that wait: ${n(waiting.idleShareOfCore * 100, 1)} % of a core while nothing happens; from a webhook to the read ${n(waiting.wakeUpMs.idle, 0)} ms, in the middle of a round ${n(waiting.wakeUpMs.inARound, 0)} ms (95th percentile); ${waiting.connectionEvents} events in the history of the connection.`,
    );
    return true;
  },

  async limits() {
    // Side by side: both mostly wait.
    const limiters = await Promise.all([
      measureLimiter(quick ? quickLoad : fullLoad),
      measureLimiter(quick ? quickWarehouseLoad : fullWarehouseLoad),
      measureLimiter(quick ? quickSiteLoad : fullSiteLoad),
    ]);
    for (const { requests, seconds, breaches, shareOfRate } of limiters) {
      console.log(
        `Limiter: ${requests} requests in ${n(seconds, 0)} s, ${breaches} breaches, ${n(shareOfRate * 100, 1)} % of the rate under backlog.`,
      );
    }
    return limiters.every(({ breaches }) => breaches === 0);
  },
};

const unknown = positionals.filter((name) => !(name in parts));
if (unknown.length > 0) {
  console.error(`There is no part called ${unknown.join(', ')}, only ${Object.keys(parts).join(', ')}.`);
  process.exit(2);
}
let good = true;
for (const name of positionals.length > 0 ? positionals : Object.keys(parts))
  good = (await parts[name]?.()) === true && good;
process.exit(good ? 0 : 1);
