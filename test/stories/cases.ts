import type { Account, Imitation, Journey, Write } from './tested.js';

/** One write of a journey. */
export interface Case<A extends Account> {
  readonly journey: Journey<A>;
  readonly step: string;
  readonly operation: string;
  /** Which of the journey's requests of this operation, counted from 1. */
  readonly nth: number;
}

/** Every write of the journeys. Those that an earlier journey makes alike, by what `alike` gives, only once. */
export function casesOf<A extends Account>(
  journeys: readonly Journey<A>[],
  alike: (step: string, nth: number) => string,
): Case<A>[] {
  const seen = new Set<string>();
  return journeys.flatMap((journey) =>
    journey.writes.flatMap(([step, operation], i, all) => {
      const nth = countOf(all.slice(0, i + 1), operation);
      const key = `${journey.variant} ${operation} ${alike(step, nth)}`;
      if (seen.has(key)) return [];
      seen.add(key);
      return [{ journey, step, operation, nth }];
    }),
  );
}

const countOf = (writes: readonly Write[], wanted: string) =>
  writes.filter(([, operation]) => operation === wanted).length;

/** The writes that a platform has seen since its last reset, in the words of the imitation. */
export const writesAt = (sandbox: Imitation): string[] =>
  sandbox
    .ledger()
    .requests.filter(({ kind }) => kind === 'write')
    .map(({ operation }) => operation);

/** The writes of a journey when nothing goes wrong. */
export const writesOf = <A extends Account>({ writes }: Journey<A>): string[] =>
  writes.map(([, operation]) => operation);
