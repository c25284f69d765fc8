import type { Demonstration } from './demonstration.js';
import { type KeapOptions, type KeapSandbox, keapDemonstration, startKeap } from './keap/index.js';

export type { Demonstration, LedgerView, OrderFacts, SandboxLedger } from './demonstration.js';
export type { FaultRecord } from './faults.js';
export type { Hold, HoldPoint } from './holds.js';
export * from './keap/index.js';
export type { CallKind, OperationSelector, RequestRecord } from './ledger.js';

/** Options of each platform's imitation; what is left out starts with its defaults. */
export interface SandboxOptions {
  keap?: KeapOptions;
}

/** What a demonstration needs to know of each platform's imitation, by the platform's name. */
export const demonstrations: ReadonlyMap<string, Demonstration> = new Map([['keap', keapDemonstration]]);

/** The running imitations. */
export interface Sandbox {
  keap: KeapSandbox;
  /** Stops all of them and frees their ports. */
  stop(): Promise<void>;
}

/**
 * Starts the sandbox: local, faithful imitations of the platforms, each on a port of its own, with a ledger of what
 * really happened, controls and faults.
 *
 * @example
 * const sandbox = await startSandbox({ keap: { throttle: 'off' } });
 * sandbox.keap.faults.add({ kind: 'reset-after', operation: 'orders.create' });
 * // … run an order against sandbox.keap.url with keapSeed.serviceAccountKey …
 * expect(sandbox.keap.ledger().orders).toHaveLength(1);
 * await sandbox.stop();
 */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const platforms = {
    keap: await startKeap(options.keap),
  };
  return {
    ...platforms,
    stop: async () => {
      await Promise.all(Object.values(platforms).map((platform) => platform.stop()));
    },
  };
}
