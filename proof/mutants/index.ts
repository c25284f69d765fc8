// npm run mutants             plants each bug in a copy of the project, and sees whether its check finds it
// npm run mutants -- <name>   one of them
import Table from 'cli-table3';
import { nameOf, run } from './check.js';
import { copyProject } from './copy.js';
import { type Mutant, mutants } from './mutants.js';
import type { Verdict } from './verdict.js';

/** What came of a bug. */
interface Outcome {
  readonly mutant: Mutant;
  readonly caught: boolean;
  readonly seconds: number;
}

const names = process.argv.slice(2);
const unknown = names.filter((name) => !mutants.some((mutant) => mutant.name === name));
if (unknown.length > 0) {
  console.error(`No mutant is called ${unknown.join(', ')}. There are:\n${mutants.map(({ name }) => name).join('\n')}`);
  process.exit(2);
}
const chosen = names.length === 0 ? mutants : mutants.filter(({ name }) => names.includes(name));

const began = performance.now();
const copy = await copyProject();
try {
  await Promise.all(chosen.map((mutant) => copy.expectFits(mutant)));
  // Without any bug every check must be green: else its red says nothing.
  const control = await run(
    chosen.map(({ caughtBy }) => caughtBy),
    copy.folder,
  );
  for (const [check, verdict] of control) if (verdict.how !== 'green') say(`without a bug: ${check}`, verdict);
  console.log(`without a bug: ${control.size} checks, ${secondsSince(began)} s`);
  const outcomes: Outcome[] = [];
  for (const mutant of chosen) {
    const from = performance.now();
    const check = nameOf(mutant.caughtBy);
    const verdicts = await copy.with(mutant, () => run([mutant.caughtBy], copy.folder));
    const verdict = verdicts.get(check) as Verdict;
    const caught = verdict.how === 'red' && control.get(check)?.how === 'green';
    say(`${mutant.name}: ${caught ? 'caught' : 'NOT CAUGHT'} after ${secondsSince(from)} s`, verdict);
    outcomes.push({ mutant, caught, seconds: secondsSince(from) });
  }
  console.log(tableOf(outcomes));
  const survived = outcomes.filter(({ caught }) => !caught).map(({ mutant }) => mutant.name);
  console.log(`${outcomes.length - survived.length} of ${outcomes.length} caught, ${secondsSince(began)} s`);
  for (const name of survived) console.log(`npm run mutants -- ${name}`);
  process.exitCode = survived.length === 0 ? 0 : 1;
} finally {
  await copy.remove();
}

function secondsSince(from: number): number {
  return Math.round((performance.now() - from) / 1_000);
}

function say(what: string, verdict: Verdict): void {
  console.log(`${what}, ${verdict.how}${'says' in verdict ? `: ${verdict.says}` : ''}`);
}

function tableOf(outcomes: readonly Outcome[]): string {
  const table = new Table({ head: ['mutant', 'caught by', 'seconds'], style: { head: [], border: [] } });
  for (const { mutant, caught, seconds } of outcomes) {
    const by = nameOf(mutant.caughtBy);
    table.push([mutant.name, caught ? by : `NOT CAUGHT by ${by}`, seconds]);
  }
  return table.toString();
}
