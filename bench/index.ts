import { Argument, Command } from 'commander';
import { EXIT } from '../src/cli/exit.js';
import { countingNumber, wholeNumber } from '../src/cli/numbers.js';
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

const PARTS = ['orders', 'handed-in', 'waiting', 'limits'] as const;

const program = new Command('npm run bench --')
  .description('Measures Waybill beside bare workflows of the same run. All parts take about an hour.')
  .addArgument(new Argument('[parts...]', 'only these').choices(PARTS))
  .option('--quick', 'a look, not a measurement')
  .option('--orders <number>', 'of handed-in and waiting: how many there are of each kind', countingNumber)
  .option('--drain <seconds>', 'of handed-in: the backlog is followed so long instead of to its end', countingNumber)
  .option('--cached <number>', 'the size of the workflow cache', wholeNumber, MAX_CACHED_ORDERS)
  .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? EXIT.done : EXIT.badInput))
  .parse();
const { quick, cached, orders, drain } = program.opts<{
  quick?: true;
  cached: number;
  orders?: number;
  drain?: number;
}>();
const asked = program.args as (typeof PARTS)[number][];
const n = (value: number, digits = 2) => value.toFixed(digits);
const { path } = await findExecutable({ env: process.env, progress: progressOn(process.stderr) });

/** Each prints what it has measured, and says whether it is as it must be. */
const parts: Readonly<Record<(typeof PARTS)[number], () => Promise<boolean>>> = {
  async orders() {
    const measured = await measureOrders(path, quick ? quickOrders : fullOrders);
    console.log(`
| measured | Waybill | bare workflow | ratio |
|---|---|---|---|
| activities of an order | ${measured.activities} | ${measured.activities} | |
| events of an order | ${measured.events.product} | ${measured.events.bare} | ${n(measured.events.product / measured.events.bare)} |
| orders a second | ${n(measured.product.perSecond)} | ${n(measured.bare.perSecond)} | ${n(measured.ratio.perSecond)} |
| CPU-ms of the worker per order | ${n(measured.product.cpuMsPerOrder, 1)} | ${n(measured.bare.cpuMsPerOrder, 1)} | ${n(measured.ratio.cpu)} |
| resident KiB per waiting order | ${n(measured.waitingKiB.product, 0)} | ${n(measured.waitingKiB.bare, 0)} | ${n(measured.waitingKiB.product / measured.waitingKiB.bare)} |
`);
    return true;
  },

  async 'handed-in'() {
    const full = quick ? quickHandedIn : fullHandedIn;
    const load = {
      ...full,
      orders: orders ?? full.orders,
      drainSeconds: drain ?? full.drainSeconds,
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
    const load = { ...full, orders: orders ?? full.orders };
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

let good = true;
for (const name of asked.length > 0 ? asked : PARTS) good = (await parts[name]()) && good;
process.exit(good ? EXIT.done : EXIT.failed);
