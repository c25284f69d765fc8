// npm run chaos -- --orders 2000 --seed 7                 all stories
// npm run chaos -- --orders 2000 --seed 7 --order 17      this order of that run alone
// npm run chaos -- --orders 20 --story keapOrder          only this story, with a seed of its own

import { parseArgs } from 'node:util';
import { progressOn } from '../../src/processes/progress.js';
import { findExecutable } from '../../src/temporal/find-server.js';
import { stories } from '../stories.js';
import { report } from './report.js';
import { runChaos } from './run.js';

/** With less a process that only waits for a core of a busy machine counts as dead. */
const PACE = 0.1;

const { values } = parseArgs({
  options: {
    orders: { type: 'string', default: '200' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    order: { type: 'string', multiple: true },
    story: { type: 'string', multiple: true },
    verbose: { type: 'boolean', default: false },
  },
});
const wanted = stories.filter(({ contract }) => values.story?.includes(contract.name) ?? true);
const orders = values.order?.map(Number) ?? Array.from({ length: Number(values.orders) }, (_, i) => i + 1);
const seed = Number(values.seed);
if (wanted.length === 0 || !Number.isInteger(seed) || orders.length === 0 || !orders.every((n) => n > 0)) {
  console.error(
    `--orders and --seed are numbers; --story is one of ${stories.map(({ contract }) => contract.name).join(', ')}`,
  );
  process.exit(2);
}

const { path } = await findExecutable({ env: process.env, progress: progressOn(process.stderr) });
console.log(`seed ${seed}, ${orders.length} orders`);
const result = await runChaos({
  executable: path,
  seed,
  orders,
  stories: wanted,
  killEveryMs: [2_000, 5_000],
  restartEveryMs: 30_000,
  inFlight: 27,
  accountsOfEach: 3,
  pace: PACE,
  ...(values.verbose && { progress: (text) => console.error(text) }),
});
console.log(report(result, seed, wanted));
process.exit(result.violations.length === 0 ? 0 : 1);
