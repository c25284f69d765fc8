import type { LedgerView } from '../../sandbox/index.js';
import type { Outcome } from '../../workflows/contract.js';
import type { Example } from './example.js';

/** What became of an example's order. */
export interface Ending {
  readonly outcome: Outcome['outcome'] | 'unknown';
  readonly ledger: LedgerView;
  /** What was to happen to the order and did not, one sentence each: without it the example shows nothing. */
  readonly missed: readonly string[];
}

/**
 * Compares how an order ended with how its example says it should. What the order says of itself is no proof: the
 * ledger of the sandbox is.
 *
 * @returns what differs, one sentence each
 */
export function judge({ expect }: Pick<Example, 'expect'>, { outcome, ledger, missed }: Ending): string[] {
  const facts = Object.entries(expect.ledger) as [keyof typeof expect.ledger, string | number][];
  return [
    ...missed,
    ...(outcome === expect.outcome ? [] : [`the outcome is ${outcome}, expected ${expect.outcome}`]),
    ...facts
      .filter(([name, wanted]) => ledger.facts[name] !== wanted)
      .map(([name, wanted]) => `the ledger says ${name} ${ledger.facts[name]}, expected ${wanted}`),
  ];
}
