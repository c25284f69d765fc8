import { isDeepStrictEqual } from 'node:util';
import type { LedgerView } from '../../sandbox/index.js';
import type { Outcome } from '../../workflows/contract.js';
import type { Example } from './example.js';

/** What became of an example's order. */
export interface Ending {
  readonly outcome: Outcome['outcome'] | 'unknown';
  /** What a completed order answered; empty otherwise. */
  readonly result: object;
  readonly ledger: LedgerView;
  /** What was to happen to the order and did not, one sentence each: without it the example shows nothing. */
  readonly missed: readonly string[];
}

/**
 * Compares how an order ended with how its example says it should. What the order says of itself is no proof: the
 * ledger of the sandbox is, in each of its facts, so that nothing is overlooked.
 *
 * @returns what differs, one sentence each
 */
export function judge({ expect }: Pick<Example, 'expect'>, { outcome, result, ledger, missed }: Ending): string[] {
  const facts = new Set([...Object.keys(expect.ledger), ...Object.keys(ledger.facts)]);
  const answered = new Map(Object.entries(result));
  return [
    ...missed,
    ...(outcome === expect.outcome ? [] : [`the outcome is ${outcome}, expected ${expect.outcome}`]),
    ...Object.entries(expect.result)
      .filter(([name, wanted]) => !isDeepStrictEqual(answered.get(name), wanted))
      .map(([name, wanted]) => `the result says ${name} ${shown(answered.get(name))}, expected ${shown(wanted)}`),
    ...[...facts]
      .map((name) => ({ name, is: ledger.facts[name], wanted: expect.ledger[name] }))
      .filter(({ is, wanted }) => is !== wanted)
      .map(({ name, is, wanted }) => `the ledger says ${name} ${shown(is)}, expected ${shown(wanted)}`),
  ];
}

function shown(value: unknown): string {
  if (value === undefined) return 'nothing';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
