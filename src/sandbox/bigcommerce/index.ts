import { type RunningPlatform, startPlatform } from '../platform.js';
import { serveBigcommerce } from './api.js';
import type { BigcommerceControls } from './control-inputs.js';
import { bigcommerceControls } from './controls.js';
import { type BigcommerceFault, type BigcommerceFaultSchema, type BigcommerceOwnFault, faultBook } from './faults.js';
import { type BigcommerceLedger, ledgerOf } from './ledger.js';
import { bigcommerceOperations } from './operations.js';
import { type BigcommerceOptions, behaviourFrom } from './options.js';
import { Store } from './store.js';

export type { BigcommerceControls } from './control-inputs.js';
export { bigcommerceDemonstration } from './demonstration.js';
export type { BigcommerceFault } from './faults.js';
export type { BigcommerceLedger, LedgerOrder as BigcommerceLedgerOrder } from './ledger.js';
export { type BigcommerceOperation, bigcommerceOperations } from './operations.js';
export type { BigcommerceLimits, BigcommerceOptions, BigcommerceWebhook } from './options.js';
export { bigcommerceSeed } from './seed.js';

/** A running imitation of BigCommerce's API: V2, V3 and the payments host, all below `/stores/<store hash>`. */
export type BigcommerceSandbox = RunningPlatform<BigcommerceLedger, BigcommerceControls, BigcommerceFault>;

/** Starts an imitation of BigCommerce on 127.0.0.1. Throws a ZodError when an option cannot be. */
export async function startBigcommerce(options: BigcommerceOptions = {}): Promise<BigcommerceSandbox> {
  const behaviour = behaviourFrom(options);
  return startPlatform<Store, BigcommerceLedger, BigcommerceControls, BigcommerceFaultSchema, BigcommerceOwnFault>(
    options,
    {
      open: (clock) => new Store(clock, behaviour, options),
      close: (store) => store.close(),
      faults: faultBook(),
      operations: bigcommerceOperations,
      latencyMs: () => behaviour.settings.latencyMs,
      controls: bigcommerceControls,
      serve: serveBigcommerce,
      ledger: ledgerOf,
    },
  );
}
