import { FaultBook } from '../faults.js';
import { type RunningPlatform, startPlatform } from '../platform.js';
import { serveRest } from '../rest-api.js';
import { infoplusApi } from './api.js';
import type { InfoplusControls } from './control-inputs.js';
import { infoplusControls } from './controls.js';
import { type InfoplusFault, type InfoplusOwnFault, infoplusFaultSchema } from './faults.js';
import { type InfoplusLedger, ledgerOf } from './ledger.js';
import { infoplusOperations } from './operations.js';
import { behaviourFrom, type InfoplusOptions } from './options.js';
import { Site } from './site.js';

export type { InfoplusControls } from './control-inputs.js';
export { infoplusDemonstration } from './demonstration.js';
export type { InfoplusFault } from './faults.js';
export type {
  InfoplusLedger,
  LedgerCustomer as InfoplusLedgerCustomer,
  LedgerOrder as InfoplusLedgerOrder,
  LedgerShipment as InfoplusLedgerShipment,
} from './ledger.js';
export { type InfoplusOperation, infoplusOperations } from './operations.js';
export type { InfoplusLimits, InfoplusOptions } from './options.js';
export { infoplusSeed } from './seed.js';

/** A running imitation of Infoplus, whose API is below `/infoplus-wms/api/v3.0` and `/infoplus-wms/api/beta`. */
export type InfoplusSandbox = RunningPlatform<InfoplusLedger, InfoplusControls, InfoplusFault>;

/** Starts an imitation of Infoplus on 127.0.0.1. Throws a ZodError when an option cannot be. */
export async function startInfoplus(options: InfoplusOptions = {}): Promise<InfoplusSandbox> {
  const behaviour = behaviourFrom(options);
  return startPlatform<Site, InfoplusLedger, InfoplusControls, typeof infoplusFaultSchema, InfoplusOwnFault>(options, {
    open: (clock) => new Site(clock, behaviour, options),
    close: ({ webhooks }) => webhooks.close(),
    faults: new FaultBook(infoplusFaultSchema, () => true),
    operations: infoplusOperations,
    latencyMs: () => behaviour.settings.latencyMs,
    controls: infoplusControls,
    serve: (app, parts, current) => serveRest(app, parts, current, infoplusApi),
    ledger: ledgerOf,
  });
}
