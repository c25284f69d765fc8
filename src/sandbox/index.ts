import { bigcommerceDemonstration, startBigcommerce } from './bigcommerce/index.js';
import type { Demonstration } from './demonstration.js';
import { flxpointDemonstration, startFlxpoint } from './flxpoint/index.js';
import { infoplusDemonstration, startInfoplus } from './infoplus/index.js';
import { keapDemonstration, startKeap } from './keap/index.js';
import { logisticsPlusDemonstration, startLogisticsPlus } from './logistics-plus/index.js';
import type { CommonBehaviour, RunningPlatform } from './platform.js';

export * from './bigcommerce/index.js';
export type { Demonstration, LedgerView, OrderFacts, SandboxLedger } from './demonstration.js';
export type { FaultRecord } from './faults.js';
export * from './flxpoint/index.js';
export type { Hold, HoldPoint } from './holds.js';
export * from './infoplus/index.js';
export * from './keap/index.js';
export type { CallKind, OperationSelector, RequestRecord } from './ledger.js';
export * from './logistics-plus/index.js';

/** Every imitation, in the order in which they are started and named. */
const imitations = {
  keap: { name: 'keap', start: startKeap, demonstration: keapDemonstration },
  logisticsPlus: { name: 'logistics-plus', start: startLogisticsPlus, demonstration: logisticsPlusDemonstration },
  infoplus: { name: 'infoplus', start: startInfoplus, demonstration: infoplusDemonstration },
  flxpoint: { name: 'flxpoint', start: startFlxpoint, demonstration: flxpointDemonstration },
  bigcommerce: { name: 'bigcommerce', start: startBigcommerce, demonstration: bigcommerceDemonstration },
} as const;

type Imitations = typeof imitations;
type Member = keyof Imitations;

/** Any of them: what its options are, {@link SandboxOptions} says. */
interface Imitation {
  readonly name: PlatformName;
  readonly start: (options: object) => Promise<RunningPlatform>;
  readonly demonstration: Demonstration;
}
const members = Object.entries(imitations) as unknown as readonly (readonly [Member, Imitation])[];

export type PlatformName = Imitations[Member]['name'];
export const platformNames: readonly PlatformName[] = members.map(([, { name }]) => name);

/** What a demonstration needs to know of each platform's imitation, by the platform's name. */
export const demonstrations: ReadonlyMap<string, Demonstration> = new Map(
  members.map(([, { name, demonstration }]) => [name, demonstration]),
);

/** Which platforms to start, and how each behaves; what is left out starts with its defaults. */
export type SandboxOptions = {
  /** All of them unless told. */
  only?: readonly PlatformName[];
  /** For every platform; what a platform is told itself goes before. */
  all?: CommonBehaviour;
  /** Ports of those that are not told one themselves; any free ones unless told. */
  ports?: Partial<Record<PlatformName, number>>;
} & { [M in Member]?: Parameters<Imitations[M]['start']>[0] };

/** Where an imitation listens. */
export interface PlatformPlace {
  readonly url: string;
  readonly ledgerUrl: string;
}

/** The running imitations. The member of a platform that was not started throws. */
export type Sandbox = { readonly [M in Member]: Awaited<ReturnType<Imitations[M]['start']>> } & {
  /** Those that were started, by name. */
  readonly platforms: ReadonlyMap<PlatformName, PlatformPlace>;
  /** Stops all of them and frees their ports. */
  stop(): Promise<void>;
};

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
  const started = new Map<PlatformName, RunningPlatform>();
  const stop = async () => {
    await Promise.all([...started.values()].map((platform) => platform.stop()));
  };
  try {
    for (const [member, { name, start }] of members) {
      if (!wanted.has(name)) continue;
      started.set(name, await start({ port: options.ports?.[name] ?? 0, ...options.all, ...options[member] }));
    }
  } catch (error) {
    // A taken port, for example: what runs already must not stay.
    await stop();
    throw error;
  }
  const platforms = new Map(
    [...started].map(([name, { url }]) => [name, { url, ledgerUrl: `${url}/_sandbox/ledger` }] as const),
  );
  const sandbox = { platforms, stop };
  for (const [member, { name }] of members) {
    Object.defineProperty(sandbox, member, { enumerable: true, get: () => expectStarted(started.get(name), name) });
  }
  return sandbox as unknown as Sandbox;
}

function expectStarted(platform: RunningPlatform | undefined, name: PlatformName): RunningPlatform {
  if (platform === undefined) throw new Error(`The imitation of ${name} was not started: "only" leaves it out.`);
  return platform;
}
