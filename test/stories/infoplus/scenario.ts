import { expect } from 'vitest';
import type { InfoplusFault, InfoplusLedger } from '../../../src/sandbox/index.js';
import type * as kit from '../scenario.js';
import type { Input } from '../tested.js';
import { numberOf } from './at-a-site.js';
import { createByHand } from './by-hand.js';
import { ship, tell, tellToTheEnd, waits } from './people.js';
import { ordersUnder, type SiteAccount, type SiteOrder } from './rig.js';

export type Scenario = kit.Scenario<SiteAccount>;
export type Stage = kit.Stage<SiteAccount>;
export type { CancelBy } from '../scenario.js';

/** A scenario of the one variant that there is. */
export const scenario = (of: Omit<Scenario, 'variant'>): Scenario => ({ ...of, variant: 'v3.0' });

export const refusal = (operation: string, nth = 1): InfoplusFault => ({ kind: 'business', operation, nth });

/** Starts an order and waits until it waits for the warehouse. */
export async function startWaiting({ start }: Stage): Promise<SiteOrder> {
  const order = await start();
  await waits(order);
  return order;
}

/** What it waits for happens: it is processed, then shipped. */
export async function shipped(stage: Stage, order: SiteOrder): Promise<SiteOrder> {
  await ship({ ...stage, order });
  return order;
}

/** The same once the answer to a hold has let it wait again. */
export async function goesOn(stage: Stage, order: SiteOrder): Promise<SiteOrder> {
  await waits(order);
  return shipped(stage, order);
}

/** Ours is shipped; another one has come to its end. */
export async function shippedBesideIt(stage: Stage, order: SiteOrder): Promise<SiteOrder> {
  await waits(order);
  const orderNo = String((await order.status()).ids?.order);
  stage.sandbox.controls.process({ orderNo });
  stage.sandbox.controls.ship({ orderNo });
  await tellToTheEnd({ ...stage, order });
  return order;
}

/** The order is processed, and known to be: no call takes it back any more. */
export async function startProcessed(stage: Stage): Promise<SiteOrder> {
  const order = await startWaiting(stage);
  stage.sandbox.controls.process({ reference: stage.input.reference });
  await tell({ ...stage, order }, ({ waitingFor }) => waitingFor?.includes('Processed') === true);
  return order;
}

/** The order is cancelled at the warehouse, and told; the hold that it is about settles itself. */
export async function canceledThere(stage: Stage, order: SiteOrder): Promise<SiteOrder> {
  await stage.held(order);
  cancelByHand(stage);
  await tellToTheEnd({ ...stage, order });
  return order;
}

/** A person makes an order under our reference. @returns its number */
export const makeByHand = ({ sandbox, input }: Stage, change: object = {}): Promise<string> =>
  createByHand(sandbox, input.reference, change);

/** The warehouse cancels the one order under our reference, and nobody tells of it. */
export const cancelByHand = (stage: Stage): void => {
  stage.sandbox.controls.cancel({ orderNo: numberOf(stage) });
};

export const hint = ({ account, input }: Stage) => account.hint(input.reference);

/** The statuses of all orders under the reference, sorted; of those that were deleted, that they were. */
export const expectStatuses =
  (...statuses: string[]) =>
  (ledger: InfoplusLedger, { reference }: Input): void =>
    expect(
      ordersUnder(ledger, reference)
        .map(({ status, deletedAt }) => (deletedAt === null ? status : 'deleted'))
        .sort(),
    ).toEqual(statuses);

export const completed = { outcome: 'completed', fulfillment: 'SHIPPED', left: [], undone: [] };
export const failed = (failure: string) => ({ outcome: 'failed', failure, left: [] });
export const stopped = { outcome: 'canceled', left: [], cancel: { verdict: 'stopped' } };
export const tooLate = { outcome: 'too-late', fulfillment: 'SHIPPED', left: [], cancel: { verdict: 'too-late' } };
