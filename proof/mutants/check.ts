import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { spawnTethered } from '../../src/processes/tethered.js';
import { type Report, type Verdict, verdictOf } from './verdict.js';

/** What must be red when a bug is in the code: cases of the matrix, or a test. */
export type Check =
  /** The cases whose ids begin like that, as for `npm run faults`. */
  | { readonly cases: string }
  /** The tests of a file whose names contain `named`. */
  | { readonly test: string; readonly named: string };

/** How a check is told. */
export const nameOf = (check: Check): string => ('cases' in check ? check.cases : `${check.test} "${check.named}"`);

/** More than all checks together take on a machine that has nothing else to do. */
const LONGEST_MS = 1_200_000;

/** Runs checks on the project in `folder`. @returns what came of each, by its name */
export async function run(checks: readonly Check[], folder: string): Promise<Map<string, Verdict>> {
  const byCases = checks.filter((check) => 'cases' in check);
  const byTests = checks.filter((check) => 'test' in check);
  const verdicts = new Map<string, Verdict>();
  if (byCases.length > 0) {
    const ids = [...new Set(byCases.map(({ cases }) => cases))].join(' ');
    const report = await vitest(folder, ['--config', 'proof/faults/vitest.config.ts'], { WAYBILL_CASES: ids });
    for (const check of byCases) verdicts.set(nameOf(check), verdictOf(report, check, folder));
  }
  if (byTests.length > 0) {
    const files = new Set(byTests.map(({ test }) => test));
    const names = new Set(byTests.map(({ named }) => literal(named)));
    const report = await vitest(folder, [...files, '--testNamePattern', [...names].join('|')], {});
    for (const check of byTests) verdicts.set(nameOf(check), verdictOf(report, check, folder));
  }
  return verdicts;
}

/** A text as a pattern that matches just it. */
const literal = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** Runs vitest, which ends with this process. @returns undefined: it left no report */
async function vitest(folder: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<Report | undefined> {
  const file = join(folder, '.waybill', 'report.json');
  // One of an earlier run must not speak for this one.
  await rm(file, { force: true });
  const running = await spawnTethered(
    process.execPath,
    ['node_modules/vitest/vitest.mjs', 'run', ...args, '--reporter=json', `--outputFile=${file}`],
    { cwd: folder, env: { ...process.env, ...env }, output: 'ignore' },
  );
  const late = setTimeout(() => running.stop(), LONGEST_MS);
  await running.exited;
  clearTimeout(late);
  return readFile(file, 'utf8').then(
    (text) => JSON.parse(text) as Report,
    () => undefined,
  );
}
