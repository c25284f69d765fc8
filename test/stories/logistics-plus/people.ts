import { setTimeout as pause } from 'node:timers/promises';
import type { OrderStatus } from '../../../src/client/status.js';
import { RefusedError } from '../../../src/client.js';
import { until } from '../serving.js';
import type { Way } from '../tested.js';
import { ordersUnder, type WarehouseAccount, type WarehouseOrder } from './rig.js';

type Going = Way<WarehouseAccount>;
type Sight = (status: OrderStatus) => boolean;

const LOOK_EVERY_MS = 100;

/** A hint that was looked at in vain is given again after this. */
const HINT_EVERY_MS = 3_000;

/** Waits until the order shows it, which it does not when it ends before. */
export async function reaches(order: WarehouseOrder, isTrue: Sight): Promise<void> {
  const status = await until(order, (now) => now.state !== 'running' || isTrue(now));
  if (!isTrue(status)) throw new Error(`${status.state} before it came to that`);
}

export const waits = (order: WarehouseOrder): Promise<void> => reaches(order, ({ phase }) => phase === 'waiting');

/** Hints, as the gateway does after webhooks, until the order knows of it or has ended. */
export async function tell({ account, input, order }: Going, isKnown: Sight): Promise<void> {
  for (;;) {
    await account.hint(input.reference);
    for (let waited = 0; waited < HINT_EVERY_MS; waited += LOOK_EVERY_MS) {
      const status = await order.status();
      if (status.state !== 'running' || isKnown(status)) return;
      await pause(LOOK_EVERY_MS);
    }
  }
}

/** Told until it has ended. */
export const tellToTheEnd = (way: Going): Promise<void> => tell(way, () => false);

export const shows =
  (word: string): Sight =>
  ({ waitingFor }) =>
    waitingFor?.includes(word) === true;

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

/** Does something at the warehouse, whatever comes in, and tells of it, until the order has ended. */
export const toTheEnd =
  (act: (way: Going) => void) =>
  async (way: Going): Promise<void> => {
    for (;;) {
      act(way);
      await way.account.hint(way.input.reference);
      if ((await way.order.status()).state !== 'running') return;
      await pause(LOOK_EVERY_MS);
    }
  };
