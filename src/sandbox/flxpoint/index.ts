import type { z } from 'zod';
import { FaultBook, wireFaultSchema } from '../faults.js';
import { type RunningPlatform, startPlatform } from '../platform.js';
import { serveRest } from '../rest-api.js';
import { flxpointApi } from './api.js';
import type { FlxpointControls } from './control-inputs.js';
import { flxpointControls } from './controls.js';
import { type FlxpointLedger, ledgerOf } from './ledger.js';
import { flxpointOperations } from './operations.js';
import { behaviourFrom, type FlxpointOptions } from './options.js';
import { Tenant } from './tenant.js';

export type { FlxpointControls } from './control-inputs.js';
export { flxpointDemonstration } from './demonstration.js';
export type {
  FlxpointLedger,
  LedgerOrder as FlxpointLedgerOrder,
  LedgerOrderItem as FlxpointLedgerOrderItem,
} from './ledger.js';
export { type FlxpointOperation, flxpointOperations } from './operations.js';
export type { FlxpointLimits, FlxpointOptions, FlxpointWebhook } from './options.js';
export { flxpointSeed } from './seed.js';

/** A fault as it is added: `nth` and `times` default to 1. There are none beside those of every platform. */
export type FlxpointFault = z.input<typeof wireFaultSchema>;

/** A running imitation of Flxpoint's API, which is at the root and has no version. */
export type FlxpointSandbox = RunningPlatform<FlxpointLedger, FlxpointControls, FlxpointFault>;

/** Starts an imitation of Flxpoint on 127.0.0.1. Throws a ZodError when an option cannot be. */
export async function startFlxpoint(options: FlxpointOptions = {}): Promise<FlxpointSandbox> {
  const behaviour = behaviourFrom(options);
  return startPlatform<Tenant, FlxpointLedger, FlxpointControls, typeof wireFaultSchema, never>(options, {
    open: (clock) => new Tenant(clock, behaviour, options),
    close: ({ webhooks }) => webhooks.close(),
    faults: new FaultBook(wireFaultSchema, () => true),
    operations: flxpointOperations,
    latencyMs: () => behaviour.settings.latencyMs,
    controls: flxpointControls,
    serve: (app, parts, current) => serveRest(app, parts, current, flxpointApi),
    ledger: ledgerOf,
  });
}
