// npm run bench                        all parts: about an hour
// npm run bench -- --quick             a look, not a measurement
// npm run bench -- waiting limits      only these parts; there are orders, handed-in, waiting and limits
// npm run bench -- waiting --cached 500   with another size of the workflow cache
// npm run bench -- waiting --orders 2000  with another number of orders, as with handed-in
// npm run bench -- handed-in --drain 480  the backlog is followed for 480 s instead of to its end

import { parseArgs } from 'node:util';
import { progressOn } from '../src/processes/progress.js';
import { findExecutable } from '../src/temporal/find-server.js';
import { MAX_CACHED_ORDERS } from '../src/worker.js';
import { fullHandedIn, measureHandedIn, quickHandedIn } from './handed-in.js';
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
  options: {
    quick: { type: 'boolean', default: false },
    drain: { type: 'string' },
    orders: { type: 'string' },
    cached: { type: 'string', default: String(MAX_CACHED_ORDERS) },
  },
  allowPositionals: true,
});
const { quick } = values;
const cached = Number(values.cached);
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

  async 'handed-in'() {
    const full = quick ? quickHandedIn : fullHandedIn;
    const load = {
      ...full,
      orders: Number(values.orders ?? full.orders),
      drainSeconds: Number(values.drain ?? full.drainSeconds),
    };
    const handedIn = await measureHandedIn(path, load, cached);
    const { starts, accepted, listed, ended, running, paidOnce, wrong, steady, thirds, maxRssMiB } = handedIn;
    const rate = steady.reduce((sum, each) => sum + each, 0) / steady.length;
    const share = (third: number) => `${n(third)} (${n(third / rate)})`;
    console.log(`
| measured | Waybill | bare workflow | ratio |
|---|---|---|---|
| starts a second, ${load.orders} of each kind | ${n(starts.product, 0)} | ${n(starts.bare, 0)} | ${n(starts.ratio)} |

| the orders that were handed in | |
|---|---|
| accepted, listed | ${accepted}, ${listed} |
| ended, still under way or not begun | ${ended}, ${running} |
| at the platform once and paid once, otherwise paid | ${paidOnce}, ${wrong} |
| steady rate, orders a second | ${steady.map((each) => n(each)).join(' before, ')} |
| orders a second, by thirds of the time (of the steady rate) | ${thirds.map(share).join(', ')} |
| resident MiB of the worker at its highest, ${cached} orders cached | ${n(maxRssMiB, 0)} |
`);
    return accepted === listed && ended + running === accepted && paidOnce >= ended && wrong === 0;
  },

  async waiting() {
    const full = quick ? quickWaiting : fullWaiting;
    const load = { ...full, orders: Number(values.orders ?? full.orders) };
    const { product, bare, round, connectionEvents } = await measureWaiting(path, load, cached);
    const inAnHour = product.idleShareOfCore + (4 * round.cpuSeconds) / 3_600;
    console.log(`
| ${load.orders} that wait, ${cached} of them cached | Waybill | bare workflow |
|---|---|---|
| % of a core while nothing happens | ${n(product.idleShareOfCore * 100, 1)} | ${n(bare.idleShareOfCore * 100, 1)} |
| % of a core over an hour, with its four rounds | ${n(inAnHour * 100, 1)} | |
| requests in an hour: four rounds of ${round.requests}, ${n(round.seconds, 0)} s each without a limit | ${4 * round.requests} | |
| wake-up in ms, 95th percentile of ${load.webhooks} | ${n(product.wakeUpMs, 0)} | ${n(bare.wakeUpMs, 0)} |
| the same in the middle of a round | ${n(product.wakeUpInARoundMs, 0)} | |
| resident MiB of the worker | ${n(product.residentMiB, 0)} | ${n(bare.residentMiB, 0)} |
| resident KiB for each that waits | ${n(product.eachKiB, 0)} | ${n(bare.eachKiB, 0)} |
| events of the connection | ${connectionEvents} | |
`);
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
