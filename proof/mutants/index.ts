// npm run mutants             plants each bug in a copy of the project, and sees whether its check finds it
// npm run mutants -- <name>   one of them
import Table from 'cli-table3';
import { type Check, nameOf, run, type Verdict } from './check.js';
import { copyProject } from './copy.js';
import { type Mutant, mutants } from './mutants.js';

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
  const sound = await control(chosen.map(({ caughtBy }) => caughtBy));
  const outcomes: Outcome[] = [];
  for (const mutant of chosen) {
    const { verdict, seconds } = await timed(() => copy.with(mutant, () => run(mutant.caughtBy, copy.folder)));
    const caught = verdict.how === 'red' && sound.has(nameOf(mutant.caughtBy));
    say(caught ? 'caught' : 'NOT CAUGHT', mutant.name, verdict, seconds);
    outcomes.push({ mutant, caught, seconds });
  }
  console.log(tableOf(outcomes));
  const survived = outcomes.filter(({ caught }) => !caught).map(({ mutant }) => mutant.name);
  console.log(`${outcomes.length - survived.length} of ${outcomes.length} caught, ${secondsSince(began)} s`);
  for (const name of survived) console.log(`npm run mutants -- ${name}`);
  process.exitCode = survived.length === 0 ? 0 : 1;
} finally {
  await copy.remove();
}

/** Without any bug every check must be green: else its red says nothing. @returns the names of those that are */
async function control(checks: readonly Check[]): Promise<Set<string>> {
  const green = new Set<string>();
  for (const [name, check] of new Map(checks.map((each) => [nameOf(each), each]))) {
    const { verdict, seconds } = await timed(() => run(check, copy.folder));
    if (verdict.how === 'green') green.add(name);
    say(verdict.how === 'green' ? 'control' : 'CONTROL', name, verdict, seconds);
  }
  return green;
}

async function timed(work: () => Promise<Verdict>): Promise<{ readonly verdict: Verdict; readonly seconds: number }> {
  const from = performance.now();
  const verdict = await work();
  return { verdict, seconds: secondsSince(from) };
}

function secondsSince(from: number): number {
  return Math.round((performance.now() - from) / 1_000);
}

function say(what: string, name: string, verdict: Verdict, seconds: number): void {
  const says = 'says' in verdict ? `: ${verdict.says}` : '';
  console.log(`${what} ${name}, ${verdict.how} after ${seconds} s${says}`);
}

function tableOf(outcomes: readonly Outcome[]): string {
  const table = new Table({ head: ['mutant', 'caught by', 'seconds'], style: { head: [], border: [] } });
  for (const { mutant, caught, seconds } of outcomes) {
    const by = nameOf(mutant.caughtBy);
    table.push([mutant.name, caught ? by : `NOT CAUGHT by ${by}`, seconds]);
  }
  return table.toString();
}
