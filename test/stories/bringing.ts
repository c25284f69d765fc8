import { expect } from 'vitest';
import { type Case, writesAt, writesOf } from './cases.js';
import type { KillRig } from './killable.js';
import { any, type Standing, stand, start } from './standing.js';
import { momentOf, type Struck } from './strikes.js';
import type { Account, Journey, LedgerOf } from './tested.js';

/** At the pace of `openKillRig` a request is given up after so long. */
const GIVEN_UP_MS = 7_000;

/** How many requests a journey makes up to each of its writes, when nothing goes wrong. */
export type Positions<A extends Account> = ReadonlyMap<Journey<A>, readonly number[]>;

/** On a busy machine one stood for so long, until all of them did, that its sender had given up. */
export class StoodTooLongError extends Error {
  override readonly name = 'StoodTooLongError';
}

/** Brings writes to where they are to stand, about together. @throws {@link StoodTooLongError} when all is over */
export type Bring<A extends Account> = (of: KillRig<A>, struck: readonly Struck<A>[]) => Promise<Standing<A>[]>;

export const ledgerOf = <A extends Account>({ sandbox }: A): LedgerOf<A> => sandbox.ledger() as LedgerOf<A>;

/** Plays each journey undisturbed, and holds its writes against those that it says it makes. */
export async function playUndisturbed<A extends Account>(
  rig: KillRig<A>,
  journeys: readonly Journey<A>[],
): Promise<Positions<A>> {
  await rig.worker();
  const accounts = accountsFor(rig, journeys);
  const positions = journeys.map(async (journey, i) => {
    const account = accounts[i] as A;
    const { way, end } = await start(rig, account, journey);
    expect(await end, journey.name).toBe(journey.ends);
    journey.judge(ledgerOf(account), way.input);
    expect(writesAt(account.sandbox), journey.name).toEqual(writesOf(journey));
    const { requests } = account.sandbox.ledger();
    return [journey, requests.flatMap(({ kind }, before) => (kind === 'write' ? [before + 1] : []))] as const;
  });
  return new Map(await Promise.all(positions));
}

/** Those with the longest way begin first. */
export function bringing<A extends Account>(positions: Positions<A>): Bring<A> {
  return async (of, struck) => {
    const accounts = accountsFor(
      of,
      struck.map(({ journey }) => journey),
    );
    const ways = struck.map((one) => positionOf(positions, one));
    const longest = Math.max(...ways);
    const leader = accounts[ways.indexOf(longest)]?.sandbox as A['sandbox'];
    leader.reset();
    const standing = await Promise.all(
      struck.map(async (one, i) => {
        const ahead = longest - (ways[i] ?? 0);
        if (ahead > 0) await leader.whenRequest(any, ahead);
        return stand(of, accounts[i] as A, one);
      }),
    );
    const now = performance.now();
    const late = standing.find(({ one, since }) => momentOf(one) !== 'next' && now - since >= GIVEN_UP_MS);
    if (late === undefined) return standing;
    for (const { release } of standing) release();
    await Promise.allSettled(standing.map(({ end }) => end));
    throw new StoodTooLongError(`${late.one.id} stood for ${Math.round(now - late.since)} ms`);
  };
}

function accountsFor<A extends Account>(of: KillRig<A>, wanted: readonly Journey<A>[]): A[] {
  const free = [...of.accounts];
  return wanted.map(({ variant }) => {
    const found = free.findIndex((account) => account.variant === variant);
    const [account] = found < 0 ? [] : free.splice(found, 1);
    if (account === undefined) throw new Error(`too few accounts over ${variant}`);
    return account;
  });
}

function positionOf<A extends Account>(positions: Positions<A>, { journey, operation, nth }: Case<A>): number {
  const same = writesOf(journey).flatMap((name, i) => (name === operation ? [i] : []));
  return positions.get(journey)?.[same[nth - 1] ?? -1] ?? 0;
}
