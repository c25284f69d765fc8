import { mkdirSync, writeFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import type { Client } from '@temporalio/client';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import type { TestContext } from 'vitest';
import type { Account, Way } from './tested.js';

declare module 'vitest' {
  interface TaskMeta {
    /** The cases of the matrix that a test has tried. */
    cases?: CaseRecord[];
  }
}

/** What became of a case. */
export interface CaseRecord {
  /** `<story>/<kind>/<variant>/<journey>/…`, e.g. `keapOrder/faults/rest/plain/take-the-payment/reset-before-the-work`. */
  readonly id: string;
  readonly passed: boolean;
  readonly ms: number;
}

/** `all`, or the beginnings of the ids of those that are to run, by blanks. Unset: a few of each kind, spread over all. */
const wanted = process.env.WAYBILL_CASES?.split(' ');

/** Whether all cases are to run. */
export const isWhole = wanted?.[0] === 'all';

/** Whether only a few are to run. */
export const isSample = wanted === undefined;

const isNamed = (id: string): boolean => wanted?.some((one) => id === one || id.startsWith(`${one}/`)) === true;

/** Those that run. `oneIn`: when none are asked for, one of so many, from that one on. */
export function chosen<T extends { readonly id: string }>(all: readonly T[], oneIn = 1, from = 0): readonly T[] {
  const ids = new Set(all.map(({ id }) => id));
  if (ids.size < all.length) throw new Error(`two cases have one id: ${all.map(({ id }) => id)}`);
  if (isWhole) return all;
  return wanted === undefined ? all.filter((_, i) => i % oneIn === from) : all.filter(({ id }) => isNamed(id));
}

/** As {@link chosen}, from where their number says: each story is tried in other ways, though all have the same. */
export const spread = <T extends { readonly id: string }>(all: readonly T[], oneIn: number): readonly T[] =>
  chosen(all, oneIn, (all.length % oneIn) % all.length);

/** Those of which a case runs: the ids of their cases begin with theirs. */
export const withCases = <T extends { readonly id: string }>(groups: readonly T[]): readonly T[] =>
  wanted === undefined || isWhole
    ? groups
    : groups.filter(({ id }) => isNamed(id) || wanted.some((one) => one.startsWith(`${id}/`)));

/** What is given where there is nothing to try: of a request that an order does not make, e.g. */
export const noCase = Symbol('no case');

/** More than any order makes. */
const MOST_REQUESTS = 100;

/** What an account remembers for a while makes one order longer than the next: where none is left out, two in a row are none. */
const NO_MORE_AFTER = wanted === undefined ? 1 : 2;

/**
 * Cases at each request of an order, whose number only the order knows: `at` tries the k-th, counted from 1.
 *
 * @returns what came of those that there were, in order
 */
export async function atEachRequest<T>(
  group: string,
  oneIn: number,
  at: (k: number, id: string) => Promise<T | typeof noCase>,
): Promise<T[]> {
  const ids = Array.from({ length: MOST_REQUESTS }, (_, i) => ({ id: `${group}/request-${i + 1}`, k: i + 1 }));
  const all: T[] = [];
  let missing = 0;
  for (const { id, k } of chosen(ids, oneIn)) {
    const one = await at(k, id);
    if (one !== noCase) all.push(one);
    missing = one === noCase ? missing + 1 : 0;
    if (missing === NO_MORE_AFTER) return all;
  }
  return all;
}

/** The id of a case: `done, answer dropped` is `done-answer-dropped` in it. */
export const idOf = (story: string, ...more: readonly string[]): string =>
  [
    story,
    ...more.map((words) =>
      words
        .toLowerCase()
        .replaceAll(/[^a-z0-9.]+/g, '-')
        .replaceAll(/^-|-$/g, ''),
    ),
  ].join('/');

/** Has a case counted. */
export function count({ meta }: TestContext['task'], record: CaseRecord): void {
  meta.cases = [...(meta.cases ?? []), record];
}

/** Tries a case, and has it counted. What fails says which it is, and leaves what the platform and Temporal have seen. */
export async function inCase<A extends Account, T>(
  { task, onTestFailed }: Pick<TestContext, 'task' | 'onTestFailed'>,
  client: Client,
  id: string,
  work: (seen: (way: Way<A>) => void) => Promise<T>,
): Promise<T> {
  const from = performance.now();
  let way: Way<A> | undefined;
  let isOver = false;
  const record = (passed: boolean) => {
    isOver = true;
    count(task, { id, passed, ms: performance.now() - from });
  };
  const evidence = async () => (way === undefined ? '' : keepEvidence(client, id, way));
  // The test's time was up.
  onTestFailed(async () => {
    if (isOver) return;
    record(false);
    console.error(`${id} was not over\n${await evidence()}`);
  });
  try {
    const done = await work((seen) => {
      way = seen;
    });
    if (done === noCase) isOver = true;
    else if (!isOver) record(true);
    return done;
  } catch (error) {
    if (!isOver) record(false);
    const message = error instanceof Error ? error.message : String(error);
    throw new Error(`${id}: ${message}\n${await evidence()}`, { cause: error });
  }
}

const EVIDENCE = '.waybill/faults';

/** More than an order makes that does not go round in circles. */
const SHOWN_REQUESTS = 60;

/** @returns where it is */
async function keepEvidence(client: Client, id: string, { sandbox, order }: Way<Account>): Promise<string> {
  const path = `${EVIDENCE}/${id.replaceAll('/', '.')}`;
  mkdirSync(EVIDENCE, { recursive: true });
  const ledger = sandbox.ledger();
  writeFileSync(`${path}.ledger.json`, JSON.stringify(ledger, undefined, 2));
  const history = await client.workflow.getHandle(order.workflowId).fetchHistory();
  writeFileSync(`${path}.history.json`, historyToJSON(history));
  const requests = ledger.requests.map(({ operation, fault }) => (fault ? `${operation} (${fault})` : operation));
  const more = requests.length > SHOWN_REQUESTS ? `, and ${requests.length - SHOWN_REQUESTS} more` : '';
  return `requests: ${requests.slice(0, SHOWN_REQUESTS).join(', ')}${more}\nledger: ${path}.ledger.json\nhistory of ${order.workflowId}: ${path}.history.json`;
}
