import type { FastifyInstance } from 'fastify';
import type { z } from 'zod';
import { SandboxClock } from './clock.js';
import { type Control, serveControls } from './controls.js';
import type { ExchangeParts } from './exchange.js';
import type { FaultBook, FaultRecord, FaultRule, WireFault } from './faults.js';
import { type Hold, HoldBook, type HoldPoint } from './holds.js';
import { type OperationSelector, RequestLog, type RequestRecord } from './ledger.js';
import { PlatformServer } from './server.js';

/** What can be said to the imitation of every platform at its start. */
export interface PlatformOptions {
  /** 0, the default, takes a free port. */
  port?: number;
  /** Sandbox time at the start, milliseconds since 1970. */
  startTime?: number;
  clockSpeed?: number;
}

/** How every platform can be made to behave. Durations are milliseconds of the sandbox's clock. */
export interface CommonBehaviour {
  /** How long what is new stays invisible to searches. */
  searchLagMs?: number;
  /** From the work to its answer. */
  latencyMs?: number;
  throttle?: 'off';
}

/** A running imitation of a platform, as all of them are. */
export interface RunningPlatform<Ledger = unknown, Controls = unknown, Fault = never> {
  /** `http://127.0.0.1:<port>` */
  readonly url: string;
  readonly port: number;
  readonly clock: SandboxClock;
  readonly controls: Controls;
  readonly faults: {
    add(fault: Fault): FaultRecord;
    all(): FaultRecord[];
    clear(): void;
  };
  /** What really happened. */
  ledger(): Ledger;
  /** Keeps the `nth` matching request from now on in flight, before its work or before its answer. */
  hold(options: { operation: OperationSelector; nth?: number; at?: HoldPoint }): Hold;
  /** Resolves once the nth such request since the start or the last reset was let in (by default the first). */
  whenRequest(operation: OperationSelector, nth?: number): Promise<RequestRecord>;
  /** The same, once its work is done. */
  whenWorked(operation: OperationSelector, nth?: number): Promise<RequestRecord>;
  /** Refuses connections for `ms`, or resets the next `connections`; idle connections are cut. */
  refuse(limits: { ms?: number; connections?: number }): void;
  /** Back to the seed: what was made, the ledger, faults and holds are gone; clock and settings stay. */
  reset(): void;
  stop(): Promise<void>;
}

/** What makes one platform: its account with all that is in it, its doors, its faults and what people can do there. */
export interface Imitation<Account, Ledger, Controls, FaultSchema extends z.ZodType<FaultRule>, Own extends FaultRule> {
  /** Everything that one account of the platform holds; a reset makes a new one. */
  open(clock: SandboxClock): Account;
  /** Ends what goes on in an account by itself. */
  close?(account: Account): void;
  faults: FaultBook<FaultSchema>;
  /** Every operation, so that a test can go through all writes, or all reads. */
  operations: readonly unknown[];
  /** From the work to its answer. */
  latencyMs(): number;
  /** The controls of the account that `current` gives at the time of each call. */
  controls(current: () => Account): Record<keyof Controls & string, Control>;
  /** Puts the platform's doors on the server. */
  serve(app: FastifyInstance, parts: ExchangeParts<Own>, current: () => Account): void;
  ledger(account: Account, requests: RequestRecord[], faults: FaultRecord[]): Ledger;
}

/** Starts an imitation on 127.0.0.1, with clock, ledger, faults, holds and controls. */
export async function startPlatform<
  Account,
  Ledger,
  Controls,
  FaultSchema extends z.ZodType<FaultRule>,
  Own extends FaultRule,
>(
  options: PlatformOptions,
  imitation: Imitation<Account, Ledger, Controls, FaultSchema, Own>,
): Promise<RunningPlatform<Ledger, Controls, z.input<FaultSchema>>> {
  const clock = new SandboxClock({ start: options.startTime, speed: options.clockSpeed });
  const server = new PlatformServer();
  const log = new RequestLog();
  const holds = new HoldBook();
  const { faults } = imitation;
  let account = imitation.open(clock);
  const current = () => account;

  const parts: ExchangeParts<Own> = {
    clock,
    log,
    holds,
    server,
    takeFault: (call) => faults.take(call) as WireFault | Own | null,
    latencyMs: imitation.latencyMs,
  };
  const controls = imitation.controls(current);
  const ledger = () => imitation.ledger(account, log.all(), faults.all());
  const reset = () => {
    imitation.close?.(account);
    account = imitation.open(clock);
    log.clear();
    faults.clear();
    holds.clear();
  };
  imitation.serve(server.app, parts, current);
  serveControls(server.app, {
    clock,
    holds,
    faults,
    operations: imitation.operations,
    controls,
    ledger,
    reset,
  });
  await server.start(options.port);

  return {
    url: server.url,
    port: server.port,
    clock,
    faults,
    controls: Object.fromEntries(
      Object.entries<Control>(controls).map(([name, { run }]) => [name, run]),
    ) as unknown as Controls,
    ledger,
    hold: (wanted) => holds.add(wanted),
    whenRequest: (operation, nth) => log.when('admitted', operation, nth),
    whenWorked: (operation, nth) => log.when('worked', operation, nth),
    refuse: (limits) => server.shut(limits, clock),
    reset,
    stop: async () => {
      imitation.close?.(account);
      clock.close();
      holds.clear();
      await server.stop();
    },
  };
}
