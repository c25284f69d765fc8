import { setTimeout as pause } from 'node:timers/promises';
import { RefusedError } from '../../../src/client.js';
import type { Way } from '../tested.js';
import { shows, tell, tellToTheEnd } from '../watching.js';
import { ordersUnder, type WarehouseAccount } from './rig.js';

export { reaches, shows, tell, tellToTheEnd, waits } from '../watching.js';

type Going = Way<WarehouseAccount>;

const LOOK_EVERY_MS = 100;

/** The warehouse picks the order, then sends it out. */
export async function ship(way: Going): Promise<void> {
  const { controls } = way.sandbox;
  const { reference } = way.input;
  controls.pick({ reference });
  await tell(way, shows('PIC'));
  controls.finalize({ reference });
  await tellToTheEnd(way);
}

/** The same at once: whoever is asked something shows no shipments meanwhile. */
export async function shipAtOnce(way: Going): Promise<void> {
  shipAll(way);
  await tellToTheEnd(way);
}

/** Asks for the order to be as in `change`, again until it is decided: a worker that dies takes no answer with it. */
export async function amend({ order, input }: Going, change: Record<string, unknown>): Promise<void> {
  for (;;) {
    try {
      const { verdict } = await order.send('amend', { ...input, ...change });
      if (verdict === 'done') return;
    } catch (error) {
      if (error instanceof RefusedError) return;
      await pause(LOOK_EVERY_MS);
    }
  }
}

/** Cancels what may still ship under the reference. */
export function cancelAll({ sandbox, input }: Going): void {
  for (const { id, status, shipments } of ordersUnder(sandbox.ledger(), input.reference)) {
    if (status === 'PRS' && shipments.length > 0) sandbox.controls.cancel({ orderId: id });
  }
}

/** Sends out what may still ship under the reference. */
export function shipAll({ sandbox, input }: Going): void {
  for (const { id, shipments } of ordersUnder(sandbox.ledger(), input.reference)) {
    if (shipments.some(({ status }) => status === 'ENT')) sandbox.controls.pick({ orderId: id });
    if (shipments.some(({ status }) => status !== 'FIN' && status !== 'CAN'))
      sandbox.controls.finalize({ orderId: id });
  }
}
