import { expect } from 'vitest';
import type { LogisticsPlusFault, LogisticsPlusLedger } from '../../../src/sandbox/index.js';
import type * as kit from '../scenario.js';
import type { Input } from '../tested.js';
import { createByHand } from './by-hand.js';
import { cancelAll, ship, shipAtOnce, tell, waits } from './people.js';
import { ordersUnder, type WarehouseAccount, type WarehouseOrder } from './rig.js';

export type Scenario = kit.Scenario<WarehouseAccount>;
export type Stage = kit.Stage<WarehouseAccount>;
export type { CancelBy } from '../scenario.js';

/** A scenario of the one variant that there is. */
export const scenario = (of: Omit<Scenario, 'variant'>): Scenario => ({ ...of, variant: 'WAPI' });

export const refusal = (operation: string, nth = 1): LogisticsPlusFault => ({ kind: 'business', operation, nth });

/** Starts an order and waits until it waits for the warehouse. */
export async function startWaiting({ start }: Stage): Promise<WarehouseOrder> {
  const order = await start();
  await waits(order);
  return order;
}

/** What it waits for happens: it is picked, then shipped. */
export async function shipped(stage: Stage, order: WarehouseOrder): Promise<WarehouseOrder> {
  await ship({ ...stage, order });
  return order;
}

/** The same although a person is asked something: the hold settles itself. */
export async function shippedAllTheSame(stage: Stage, order: WarehouseOrder): Promise<WarehouseOrder> {
  await shipAtOnce({ ...stage, order });
  return order;
}

/** What may still ship is canceled at the warehouse, and told; the hold that it is about settles itself. */
export async function canceledThere(stage: Stage, order: WarehouseOrder): Promise<WarehouseOrder> {
  await stage.held(order);
  cancelAll({ ...stage, order });
  await tell({ ...stage, order }, ({ hold }) => hold === undefined);
  stage.settled();
  return order;
}

/** Ours is shipped; another one has come to its end. */
export async function shippedBesideIt(stage: Stage, order: WarehouseOrder): Promise<WarehouseOrder> {
  await waits(order);
  const orderId = (await order.status()).ids?.order;
  stage.sandbox.controls.pick({ orderId });
  stage.sandbox.controls.finalize({ orderId });
  await hint(stage);
  return order;
}

/** After this, in the sandbox's clock, a search shows what a person has done. */
const SEARCHABLE_MS = 1_000;
export const showNow = ({ sandbox }: Stage) => sandbox.clock.advance(SEARCHABLE_MS);

/** A person makes an order under our reference. @returns its id */
export async function makeByHand(stage: Stage, change: object = {}): Promise<string> {
  const id = await createByHand(stage.sandbox, { ...stage.input, ...change });
  showNow(stage);
  return id;
}

/** A person cancels an order, by default all under our reference, and nobody tells of it. */
export function cancelByHand(stage: Stage, orderId?: string): void {
  stage.sandbox.controls.cancel(orderId === undefined ? { reference: stage.input.reference } : { orderId });
  showNow(stage);
}

export const hint = ({ account, input }: Stage) => account.hint(input.reference);

/** The statuses of all orders under the reference, sorted. */
export const expectStatuses =
  (...statuses: string[]) =>
  (ledger: LogisticsPlusLedger, { reference }: Input): void =>
    expect(
      ordersUnder(ledger, reference)
        .map(({ status }) => status)
        .sort(),
    ).toEqual(statuses);

export const completed = { outcome: 'completed', fulfillment: 'SHIPPED', left: [], undone: [] };
export const failed = (failure: string) => ({ outcome: 'failed', failure, left: [] });

/** What stays when nobody cancels it at the warehouse. */
export const leftThere = (failure: string) => ({
  outcome: 'failed',
  failure,
  left: [{ what: 'the order is canceled at the warehouse' }],
});
