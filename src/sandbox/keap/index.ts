import type { z } from 'zod';
import { SandboxClock } from '../clock.js';
import { serveControls } from '../controls.js';
import type { ExchangeParts } from '../exchange.js';
import { FaultBook, type FaultRecord } from '../faults.js';
import { type Hold, HoldBook, type HoldPoint } from '../holds.js';
import { type OperationSelector, RequestLog, type RequestRecord } from '../ledger.js';
import { PlatformServer } from '../server.js';
import { type KeapControls, keapControls } from './controls.js';
import { faultApplies, type KeapFault, type KeapOwnFault, keapFaultSchema } from './faults.js';
import { type KeapLedger, ledgerOf } from './ledger.js';
import { keapOperations } from './operations.js';
import { type KeapOptions, settingsFrom } from './options.js';
import { serveKeap } from './serve.js';
import { Tenant } from './tenant.js';

export type { KeapControls } from './controls.js';
export { keapDemonstration } from './demonstration.js';
export type { KeapFault } from './faults.js';
export type { KeapLedger, LedgerContact, LedgerOrder } from './ledger.js';
export { type KeapOperation, keapOperations } from './operations.js';
export type { KeapLimits, KeapOptions } from './options.js';
export { keapSeed } from './seed.js';

/** A running imitation of Keap. */
export interface KeapSandbox {
  /** `http://127.0.0.1:<port>`; REST v2 is below `/crm/rest/v2`, XML-RPC at `/crm/xmlrpc/v1`, tokens at `/token`. */
  readonly url: string;
  readonly restUrl: string;
  readonly xmlrpcUrl: string;
  readonly tokenUrl: string;
  readonly port: number;
  readonly clock: SandboxClock;
  readonly controls: KeapControls;
  readonly faults: {
    add(fault: KeapFault): FaultRecord;
    all(): FaultRecord[];
    clear(): void;
  };
  /** What really happened. */
  ledger(): KeapLedger;
  /** Keeps the `nth` matching request from now on in flight, before its work or before its answer. */
  hold(options: { operation: OperationSelector; nth?: number; at?: HoldPoint }): Hold;
  /** Resolves once the nth such request since the start or the last reset was let in (by default the first). */
  whenRequest(operation: OperationSelector, nth?: number): Promise<RequestRecord>;
  /** The same, once its work is done. */
  whenWorked(operation: OperationSelector, nth?: number): Promise<RequestRecord>;
  /** Refuses connections for `ms`, or resets the next `connections`; idle connections are cut. */
  refuse(limits: { ms?: number; connections?: number }): void;
  /** Back to the seed: orders, tokens, ledger, faults and holds are gone; clock and settings stay. */
  reset(): void;
  stop(): Promise<void>;
}

/** Starts an imitation of Keap on 127.0.0.1. */
export async function startKeap(options: KeapOptions = {}): Promise<KeapSandbox> {
  const clock = new SandboxClock({ start: options.startTime, speed: options.clockSpeed });
  const settings = settingsFrom(options);
  const server = new PlatformServer();
  const log = new RequestLog();
  const holds = new HoldBook();
  const faults = new FaultBook<typeof keapFaultSchema>(keapFaultSchema, faultApplies);
  let tenant = new Tenant(clock, settings, options);

  const parts: ExchangeParts<KeapOwnFault> = {
    clock,
    log,
    holds,
    server,
    takeFault: (call) => faults.take(call) as z.output<typeof keapFaultSchema> | null,
    latencyMs: () => settings.latencyMs,
  };
  const controls = keapControls(() => tenant);
  const ledger = () => ledgerOf(tenant, log.all(), faults.all());
  const reset = () => {
    tenant = new Tenant(clock, settings, options);
    log.clear();
    faults.clear();
    holds.clear();
  };
  serveKeap(server.app, parts, () => tenant);
  serveControls(server.app, { clock, holds, faults, operations: keapOperations, controls, ledger, reset });
  await server.start(options.port);

  return {
    url: server.url,
    restUrl: `${server.url}/crm/rest/v2`,
    xmlrpcUrl: `${server.url}/crm/xmlrpc/v1`,
    tokenUrl: `${server.url}/token`,
    port: server.port,
    clock,
    faults,
    controls: Object.fromEntries(
      Object.entries(controls).map(([name, { run }]) => [name, run]),
    ) as unknown as KeapControls,
    ledger,
    hold: (wanted) => holds.add(wanted),
    whenRequest: (operation, nth) => log.when('admitted', operation, nth),
    whenWorked: (operation, nth) => log.when('worked', operation, nth),
    refuse: (limits) => server.shut(limits, clock),
    reset,
    stop: async () => {
      clock.close();
      holds.clear();
      await server.stop();
    },
  };
}
