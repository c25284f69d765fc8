import { expect } from 'vitest';
import { RefusedError } from '../../../src/client.js';
import type { BigcommerceControls, BigcommerceFault } from '../../../src/sandbox/index.js';
import type * as kit from '../scenario.js';
import { reaches, shows, tell, tellToTheEnd, waits } from '../watching.js';
import { FIRST, pay, REST, released, send, there } from './people.js';
import type { BigcommerceAccount, ShopOrder } from './rig.js';

export type Scenario = kit.Scenario<BigcommerceAccount>;
export type Stage = kit.Stage<BigcommerceAccount>;

export const scenario = (of: Omit<Scenario, 'variant'>): Scenario => ({ ...of, variant: 'store' });

export const refusal = (operation: string, nth = 1): BigcommerceFault => ({ kind: 'business', operation, nth });

export const completed = { outcome: 'completed', statusId: 2, left: [] };
export const stopped = { outcome: 'canceled', left: [], cancel: { verdict: 'stopped' } };
export const failed = (failure: string) => ({ outcome: 'failed', failure, left: [] });

/** Starts an order, and waits until the word is waited for that it is paid. */
export async function startUnpaid({ start }: Stage): Promise<ShopOrder> {
  const order = await start();
  await waits(order);
  return order;
}

/** The same, and it is paid. */
export async function startPaid(stage: Stage): Promise<ShopOrder> {
  const order = await startUnpaid(stage);
  await pay({ ...stage, order });
  await released({ order });
  return order;
}

/** Starts one whose money the store takes itself. */
export async function startReleased({ start }: Stage): Promise<ShopOrder> {
  const order = await start();
  await released({ order });
  return order;
}

/** The first parcel leaves. */
export async function shipFirst(stage: Stage, order: ShopOrder): Promise<ShopOrder> {
  await send({ ...stage, order }, 'ship', FIRST);
  await tell({ ...stage, order }, shows('Partially Shipped'));
  return order;
}

/** Everything that is left leaves. */
export async function shipRest(stage: Stage, order: ShopOrder): Promise<ShopOrder> {
  await send({ ...stage, order }, 'ship', REST);
  await tellToTheEnd({ ...stage, order });
  return order;
}

/** Somebody does something in the control panel. */
export function inTheStore<N extends 'cancel' | 'dispute' | 'requireVerification' | 'archive' | 'refund'>(
  stage: Stage,
  control: N,
): void {
  const act = stage.sandbox.controls[control] as (input: { orderId: number }) => unknown;
  act({ orderId: there(stage).id });
}

type StatusId = Parameters<BigcommerceControls['setStatus']>[0]['statusId'];

export function putStatus(stage: Stage, statusId: StatusId): void {
  stage.sandbox.controls.setStatus({ orderId: there(stage).id, statusId });
}

/** What the order is held for is put right, and told: the hold settles itself. */
export async function putRight(stage: Stage, order: ShopOrder, act: () => unknown): Promise<void> {
  await stage.held(order);
  act();
  await tell({ ...stage, order }, ({ hold }) => hold === undefined);
  stage.settled();
}

/** Told of what has changed, until a person is asked something. */
export async function toldHeld(stage: Stage, order: ShopOrder): Promise<void> {
  await tell({ ...stage, order }, ({ hold }) => hold !== undefined);
  await stage.held(order);
}

/** Answers what could not be taken back. Whatever is told meanwhile has it tried again, and is asked anew. */
export async function answerLeft(order: ShopOrder, answer: 'retry' | 'done' | 'leave'): Promise<void> {
  for (;;) {
    const { hold } = await reaches(order, (now) => now.hold?.choices.includes('done') === true);
    try {
      return await order.resolve({ hold: hold?.id ?? '', answer });
    } catch (error) {
      if (!(error instanceof RefusedError)) throw error;
    }
  }
}

/** What is asked of a running order is refused with these words. */
export async function refusedWith(asked: Promise<unknown>, words: RegExp): Promise<void> {
  await expect(asked).rejects.toThrow(words);
}
