import { join } from 'node:path';
import type { CaseRecord } from '../../test/stories/matrix.js';
import type { Check } from './check.js';

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
    readonly name: string;
    /** Why the file could not be tested at all. */
    readonly message: string;
    readonly assertionResults: readonly {
      readonly fullName: string;
      readonly status: string;
      readonly failureMessages?: readonly string[] | null;
      readonly meta?: { readonly cases?: readonly CaseRecord[] };
    }[];
  }[];
}

/**
 * A machine with too much to do makes tests late, bug or no bug. Vitest (4.1) writes only the stack of a time-out down, which
 * begins like that.
 */
const isLate = (message: string): boolean => message.startsWith('Error: STACK_TRACE_ERROR');

/**
 * Red is only what a test has found; not what does not compile, cannot begin, or was late.
 *
 * @param report of a run in `folder`, perhaps of other checks as well
 */
export function verdictOf(report: Report | undefined, check: Check, folder: string): Verdict {
  if (report === undefined) return { how: 'void', says: 'vitest has left no report' };
  const tests = report.testResults.flatMap(({ name, assertionResults }) =>
    assertionResults.filter(
      (test) => (test.status === 'passed' || test.status === 'failed') && isOf(test, name, check, folder),
    ),
  );
  const failures = tests.flatMap(({ status, failureMessages }) =>
    status === 'failed' ? [failureMessages?.[0] ?? ''] : [],
  );
  const found = failures.find((message) => !isLate(message));
  if (found !== undefined) return { how: 'red', says: firstLine(found) };
  if (tests.length > 0 && failures.length === 0) return { how: 'green' };
  const all = report.testResults.flatMap(({ message, assertionResults }) => [
    ...assertionResults.map(({ failureMessages }) => failureMessages?.[0]),
    message,
  ]);
  const [broken = 'nothing has such a name'] = all.flatMap((message) => message || []);
  return { how: 'void', says: firstLine(broken) };
}

type TestResult = Report['testResults'][number]['assertionResults'][number];

/** A test of the matrix is called after its case or its group, or has tried the case among others. */
function isOf({ fullName, meta }: TestResult, file: string, check: Check, folder: string): boolean {
  if ('test' in check) return file === join(folder, check.test) && fullName.includes(check.named);
  const isMeant = ({ id }: CaseRecord) => id === check.cases || id.startsWith(`${check.cases}/`);
  return meta?.cases?.some(isMeant) === true;
}

const firstLine = (message: string): string =>
  isLate(message) ? 'a test was late' : (message.split('\n', 1)[0] ?? '');
