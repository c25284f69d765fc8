import { FaultBook } from '../faults.js';
import { type RunningPlatform, startPlatform } from '../platform.js';
import { type KeapControls, keapControls } from './controls.js';
import { faultApplies, type KeapFault, type KeapOwnFault, keapFaultSchema } from './faults.js';
import { type KeapLedger, ledgerOf } from './ledger.js';
import { keapOperations } from './operations.js';
import { behaviourFrom, type KeapOptions } from './options.js';
import { serveKeap } from './serve.js';
import { Tenant } from './tenant.js';

export type { KeapControls } from './controls.js';
export { keapDemonstration } from './demonstration.js';
export type { KeapFault } from './faults.js';
export type { KeapLedger, LedgerContact, LedgerOrder } from './ledger.js';
export { type KeapOperation, keapOperations } from './operations.js';
export type { KeapHookSettings, KeapLimits, KeapOptions } from './options.js';
export { keapSeed } from './seed.js';
export type { LedgerSubscription } from './subscription-ledger.js';

/** A running imitation of Keap. REST v2 is below `/crm/rest/v2`, v1 below `/crm/rest/v1`, XML-RPC at `/crm/xmlrpc/v1`, tokens at `/token`. */
export interface KeapSandbox extends RunningPlatform<KeapLedger, KeapControls, KeapFault> {
  readonly restUrl: string;
  readonly restV1Url: string;
  readonly xmlrpcUrl: string;
  readonly tokenUrl: string;
}

/** Starts an imitation of Keap on 127.0.0.1. */
export async function startKeap(options: KeapOptions = {}): Promise<KeapSandbox> {
  const behaviour = behaviourFrom(options);
  const platform = await startPlatform<Tenant, KeapLedger, KeapControls, typeof keapFaultSchema, KeapOwnFault>(
    options,
    {
      open: (clock) => new Tenant(clock, behaviour, options),
      close: (tenant) => tenant.close(),
      faults: new FaultBook(keapFaultSchema, faultApplies),
      operations: keapOperations,
      latencyMs: () => behaviour.settings.latencyMs,
      controls: keapControls,
      serve: serveKeap,
      ledger: ledgerOf,
    },
  );
  return {
    ...platform,
    restUrl: `${platform.url}/crm/rest/v2`,
    restV1Url: `${platform.url}/crm/rest/v1`,
    xmlrpcUrl: `${platform.url}/crm/xmlrpc/v1`,
    tokenUrl: `${platform.url}/token`,
  };
}
