import type { Demonstration } from './demonstration.js';
import { type FlxpointOptions, type FlxpointSandbox, flxpointDemonstration, startFlxpoint } from './flxpoint/index.js';
import { type KeapOptions, type KeapSandbox, keapDemonstration, startKeap } from './keap/index.js';
import {
  type LogisticsPlusOptions,
  type LogisticsPlusSandbox,
  logisticsPlusDemonstration,
  startLogisticsPlus,
} from './logistics-plus/index.js';
import type { CommonBehaviour, RunningPlatform } from './platform.js';

export type { Demonstration, LedgerView, OrderFacts, SandboxLedger } from './demonstration.js';
export type { FaultRecord } from './faults.js';
export * from './flxpoint/index.js';
export type { Hold, HoldPoint } from './holds.js';
export * from './keap/index.js';
export type { CallKind, OperationSelector, RequestRecord } from './ledger.js';
export * from './logistics-plus/index.js';

/** Which platforms to start, and how each behaves; what is left out starts with its defaults. */
export interface SandboxOptions {
  /** All of them unless told. */
  only?: readonly PlatformName[];
  /** For every platform; what a platform is told itself goes before. */
  all?: CommonBehaviour;
  /** Ports of those that are not told one themselves; any free ones unless told. */
  ports?: Partial<Record<PlatformName, number>>;
  keap?: KeapOptions;
  logisticsPlus?: LogisticsPlusOptions;
  flxpoint?: FlxpointOptions;
}

/** The platforms, in the order in which they are started and named. */
export const platformNames = ['keap', 'logistics-plus', 'flxpoint'] as const;
export type PlatformName = (typeof platformNames)[number];

/** What a demonstration needs to know of each platform's imitation, by the platform's name. */
export const demonstrations: ReadonlyMap<string, Demonstration> = new Map<PlatformName, Demonstration>([
  ['keap', keapDemonstration],
  ['logistics-plus', logisticsPlusDemonstration],
  ['flxpoint', flxpointDemonstration],
]);

/** Where an imitation listens. */
export interface PlatformPlace {
  readonly url: string;
  readonly ledgerUrl: string;
}

/** The running imitations. */
export interface Sandbox {
  /** Throws when Keap was not started, as every other platform's member does. */
  readonly keap: KeapSandbox;
  readonly logisticsPlus: LogisticsPlusSandbox;
  readonly flxpoint: FlxpointSandbox;
  /** Those that were started, by name. */
  readonly platforms: ReadonlyMap<PlatformName, PlatformPlace>;
  /** Stops all of them and frees their ports. */
  stop(): Promise<void>;
}

/**
 * Starts the sandbox: local, faithful imitations of the platforms, each on a port of its own, with a ledger of what
 * really happened, controls and faults.
 *
 * @example
 * const sandbox = await startSandbox({ only: ['keap'], keap: { throttle: 'off' } });
 * sandbox.keap.faults.add({ kind: 'reset-after', operation: 'orders.create' });
 * // … run an order against sandbox.keap.url with keapSeed.serviceAccountKey …
 * expect(sandbox.keap.ledger().orders).toHaveLength(1);
 * await sandbox.stop();
 */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const wanted = new Set<PlatformName>(options.only ?? platformNames);
  const started: RunningPlatform[] = [];
  const keep = <Platform extends RunningPlatform>(platform: Platform): Platform => {
    started.push(platform);
    return platform;
  };
  const stop = async () => {
    await Promise.all(started.map((platform) => platform.stop()));
  };
  const told = (name: PlatformName) => ({ port: options.ports?.[name] ?? 0, ...options.all });
  try {
    const keap = wanted.has('keap') ? keep(await startKeap({ ...told('keap'), ...options.keap })) : undefined;
    const logisticsPlus = wanted.has('logistics-plus')
      ? keep(await startLogisticsPlus({ ...told('logistics-plus'), ...options.logisticsPlus }))
      : undefined;
    const flxpoint = wanted.has('flxpoint')
      ? keep(await startFlxpoint({ ...told('flxpoint'), ...options.flxpoint }))
      : undefined;
    const running = [
      ['keap', keap],
      ['logistics-plus', logisticsPlus],
      ['flxpoint', flxpoint],
    ] as const;
    return {
      get keap() {
        return expectStarted(keap, 'keap');
      },
      get logisticsPlus() {
        return expectStarted(logisticsPlus, 'logistics-plus');
      },
      get flxpoint() {
        return expectStarted(flxpoint, 'flxpoint');
      },
      platforms: new Map(
        running.flatMap(([name, platform]) =>
          platform === undefined
            ? []
            : [[name, { url: platform.url, ledgerUrl: `${platform.url}/_sandbox/ledger` }] as const],
        ),
      ),
      stop,
    };
  } catch (error) {
    // A taken port, for example: what runs already must not stay.
    await stop();
    throw error;
  }
}

function expectStarted<Platform>(platform: Platform | undefined, name: PlatformName): Platform {
  if (platform === undefined) throw new Error(`The imitation of ${name} was not started: "only" leaves it out.`);
  return platform;
}
