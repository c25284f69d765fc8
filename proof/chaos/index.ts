import { Command, Option } from 'commander';
import { EXIT } from '../../src/cli/exit.js';
import { countingNumber, wholeNumber } from '../../src/cli/numbers.js';
import { progressOn } from '../../src/processes/progress.js';
import { findExecutable } from '../../src/temporal/find-server.js';
import { stories } from '../stories.js';
import { report } from './report.js';
import { runChaos } from './run.js';

/** With less a process that only waits for a core of a busy machine counts as dead. */
const PACE = 0.1;

const program = new Command('npm run chaos --')
  .description('Carries random orders while requests fail, and workers and the server are killed.')
  .option('--orders <number>', 'how many', countingNumber, 200)
  .option('--seed <number>', 'what is drawn depends on it', wholeNumber, Date.now() % 1_000_000)
  .option('--order <number...>', 'only these of them', (text: string, others: number[] = []) => [
    ...others,
    countingNumber(text),
  ])
  .addOption(
    new Option('--story <name...>', 'only orders of these').choices(stories.map(({ contract }) => contract.name)),
  )
  .option('--verbose', 'tells what happens')
  .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? EXIT.done : EXIT.badInput))
  .parse();
const { seed, story, verbose, ...given } = program.opts<{
  orders: number;
  seed: number;
  order?: number[];
  story?: string[];
  verbose?: true;
}>();
const wanted = stories.filter(({ contract }) => story?.includes(contract.name) ?? true);
const orders = given.order ?? Array.from({ length: given.orders }, (_, i) => i + 1);

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
  ...(verbose && { progress: (text) => console.error(text) }),
});
console.log(report(result, seed, wanted));
process.exit(result.violations.length === 0 ? EXIT.done : EXIT.failed);
