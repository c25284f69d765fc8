import { setTimeout as pause } from 'node:timers/promises';
import { Dice } from './dice.js';
import type { Stage } from './stage.js';

export interface StormOptions {
  readonly seed: number;
  /** At least and at most, from the moment at which all workers work to the kill of one. */
  readonly killEveryMs: readonly [number, number];
  /** From the server's return to its next kill. */
  readonly restartEveryMs: number;
  /** Each at most so often; as long as orders are under way unless told. */
  readonly most?: number;
}

/** No order has this number: the storm has dice of its own. */
const STORM = 0;

/** Kills workers and the server until it is stopped. */
export function startStorm(
  { workers, server }: Pick<Stage, 'workers' | 'server'>,
  { seed, killEveryMs, restartEveryMs, most = Number.POSITIVE_INFINITY }: StormOptions,
): { stop(): Promise<void> } {
  const over = new AbortController();
  const { signal } = over;
  const whileItLasts = async (everyMs: () => number, act: () => Promise<void>) => {
    for (let times = 0; times < most; times += 1) {
      await pause(everyMs(), undefined, { signal }).catch(() => undefined);
      if (signal.aborted) return;
      await act();
    }
  };
  const dice = new Dice(seed, STORM);
  const kill = () => workers.killOne(dice);
  const all = Promise.all([
    whileItLasts(() => dice.between(...killEveryMs), kill),
    whileItLasts(
      () => restartEveryMs,
      () => server.restart(),
    ),
  ]);
  return {
    async stop() {
      over.abort();
      await all;
    },
  };
}
