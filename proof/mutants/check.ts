import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { spawnTethered } from '../../src/processes/tethered.js';
import type { CaseRecord } from '../../test/stories/matrix.js';

/** What must be red when a bug is in the code: cases of the matrix, or a test. */
export type Check =
  /** The cases whose ids begin like that, as for `npm run faults`. */
  | { readonly cases: string }
  /** The tests of a file; `named`: those alone whose names contain it. */
  | { readonly test: string; readonly named?: string };

/** How a check is told. */
export const nameOf = (check: Check): string =>
  'cases' in check ? check.cases : [check.test, ...(check.named === undefined ? [] : [`"${check.named}"`])].join(' ');

/** What came of a check. */
export type Verdict =
  | { readonly how: 'green' }
  /** `says`: what the first test that failed says. */
  | { readonly how: 'red'; readonly says: string }
  /** Nothing was tested, and why: it says nothing about the bug. */
  | { readonly how: 'void'; readonly says: string };

/** Of what vitest writes down, as much as is read. */
export interface Report {
  readonly testResults: readonly {
    /** Why the file could not be tested at all. */
    readonly message: string;
    readonly assertionResults: readonly {
      readonly status: string;
      readonly failureMessages?: readonly string[] | null;
      readonly meta?: { readonly cases?: readonly CaseRecord[] };
    }[];
  }[];
}

/** A machine with too much to do makes tests late, bug or no bug. */
const isLate = (message: string): boolean => /^Error: (Test|Hook) timed out in /.test(message);

/** Red is only what a test has found; not what does not compile, cannot begin, or was late. */
export function verdictOf(report: Report, check: Check): Verdict {
  const tests = report.testResults
    .flatMap(({ assertionResults }) => assertionResults)
    .filter(({ status }) => status === 'passed' || status === 'failed');
  const failures = tests.flatMap(({ status, failureMessages }) =>
    status === 'failed' ? [failureMessages?.[0] ?? ''] : [],
  );
  const found = failures.find((message) => !isLate(message));
  if (found !== undefined) return { how: 'red', says: firstLine(found) };
  const [broken] = [...failures, ...report.testResults.map(({ message }) => message)].filter(Boolean);
  if (broken !== undefined) return { how: 'void', says: firstLine(broken) };
  const tried = 'cases' in check ? tests.flatMap(({ meta }) => meta?.cases ?? []) : tests;
  return tried.length === 0 ? { how: 'void', says: 'nothing has such a name' } : { how: 'green' };
}

const firstLine = (message: string): string => message.split('\n', 1)[0] ?? '';

/** Four times what the slowest takes on a machine that has nothing else to do. */
const LONGEST_MS = 600_000;

/** Runs a check on the project in `folder`. Ends with this process. */
export async function run(check: Check, folder: string): Promise<Verdict> {
  const report = join(folder, '.waybill', 'report.json');
  // One of an earlier run must not speak for this one.
  await rm(report, { force: true });
  const vitest = await spawnTethered(
    process.execPath,
    ['node_modules/vitest/vitest.mjs', 'run', ...argumentsOf(check), '--reporter=json', `--outputFile=${report}`],
    {
      cwd: folder,
      env: { ...process.env, WAYBILL_CASES: 'cases' in check ? check.cases : undefined },
      output: 'ignore',
    },
  );
  const late = setTimeout(() => vitest.stop(), LONGEST_MS);
  await vitest.exited;
  clearTimeout(late);
  try {
    return verdictOf(JSON.parse(await readFile(report, 'utf8')) as Report, check);
  } catch (error) {
    return { how: 'void', says: `vitest left no report: ${(error as Error).message}` };
  }
}

function argumentsOf(check: Check): string[] {
  if ('cases' in check) return ['--config', 'proof/faults/vitest.config.ts'];
  const { test, named } = check;
  return named === undefined ? [test] : [test, '--testNamePattern', literal(named)];
}

/** A text as a pattern that matches just it. */
const literal = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
