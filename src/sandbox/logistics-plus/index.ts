import type { z } from 'zod';
import { FaultBook, wireFaultSchema } from '../faults.js';
import { type RunningPlatform, startPlatform } from '../platform.js';
import { serveRest } from '../rest-api.js';
import { logisticsPlusApi } from './api.js';
import type { LogisticsPlusControls } from './control-inputs.js';
import { logisticsPlusControls } from './controls.js';
import { type LogisticsPlusLedger, ledgerOf } from './ledger.js';
import { logisticsPlusOperations } from './operations.js';
import { behaviourFrom, type LogisticsPlusOptions } from './options.js';
import { Tenant } from './tenant.js';

export type { LogisticsPlusControls } from './control-inputs.js';
export { logisticsPlusDemonstration } from './demonstration.js';
export type {
  LedgerOrder as LogisticsPlusLedgerOrder,
  LedgerShipment as LogisticsPlusLedgerShipment,
  LogisticsPlusLedger,
} from './ledger.js';
export { type LogisticsPlusOperation, logisticsPlusOperations } from './operations.js';
export type { LogisticsPlusLimits, LogisticsPlusOptions, LogisticsPlusWebhook } from './options.js';
export { logisticsPlusSeed } from './seed.js';

/** A fault as it is added: `nth` and `times` default to 1. There are none beside those of every platform. */
export type LogisticsPlusFault = z.input<typeof wireFaultSchema>;

/** A running imitation of Logistics Plus's warehouse API, which is below `/warehouse/v1`. */
export type LogisticsPlusSandbox = RunningPlatform<LogisticsPlusLedger, LogisticsPlusControls, LogisticsPlusFault>;

/** Starts an imitation of Logistics Plus on 127.0.0.1. Throws a ZodError when an option cannot be. */
export async function startLogisticsPlus(options: LogisticsPlusOptions = {}): Promise<LogisticsPlusSandbox> {
  const behaviour = behaviourFrom(options);
  return startPlatform<Tenant, LogisticsPlusLedger, LogisticsPlusControls, typeof wireFaultSchema, never>(options, {
    open: (clock) => new Tenant(clock, behaviour, options),
    close: ({ webhooks }) => webhooks.close(),
    faults: new FaultBook(wireFaultSchema, () => true),
    operations: logisticsPlusOperations,
    latencyMs: () => behaviour.settings.latencyMs,
    controls: logisticsPlusControls,
    serve: (app, parts, current) => serveRest(app, parts, current, logisticsPlusApi),
    ledger: ledgerOf,
  });
}
