import { expect } from 'vitest';
import { RefusedError } from '../../../src/client.js';
import type { FlxpointUpdates } from '../../../src/contracts.js';
import type { FlxpointControls, FlxpointFault } from '../../../src/sandbox/index.js';
import type * as kit from '../scenario.js';
import { reaches, shows, tell, tellToTheEnd, waits } from '../watching.js';
import { acknowledge, added, cancelByHand, request, shipAll } from './people.js';
import type { FlxpointAccount, LinesInput, LinesOrder } from './rig.js';

export type Scenario = kit.Scenario<FlxpointAccount>;
export type Stage = kit.Stage<FlxpointAccount>;

/** A scenario in which others are the sources. */
export const scenario = (of: Omit<Scenario, 'variant'>): Scenario => ({ ...of, variant: 'others-ship' });

/** A scenario in which Waybill plays the source. */
export const ourSource = (of: Omit<Scenario, 'variant'>): Scenario => ({ ...of, variant: 'we-ship' });

export const refusal = (operation: string, nth = 1): FlxpointFault => ({ kind: 'business', operation, nth });

/** Starts an order and waits until its lines are on it. */
export async function startWaiting({ start }: Stage): Promise<LinesOrder> {
  const order = await start();
  await waits(order);
  return order;
}

/** Starts an order and waits until a person is asked something. */
export async function startHeld(stage: Stage): Promise<LinesOrder> {
  const order = await stage.start();
  await stage.held(order);
  return order;
}

/** The same, where what is told meanwhile has the question asked anew: what could not be taken back is tried again then. */
export async function startLeft(stage: Stage): Promise<LinesOrder> {
  const order = await stage.start();
  await reaches(order, ({ hold }) => hold !== undefined);
  return order;
}

/** A run that knows nothing of the one before, which is over without a word. */
export async function startAgain(stage: Stage, order: LinesOrder): Promise<LinesOrder> {
  await stage.rig.client.workflow.getHandle(order.workflowId).terminate();
  return stage.startBare();
}

type OrderStatus = Parameters<FlxpointControls['setOrderStatus']>[0]['orderStatus'];

/** Somebody changes the status of the order. */
export function put(stage: Stage, orderStatus: OrderStatus): void {
  stage.sandbox.controls.setOrderStatus({ orderId: Number(stage.input.reference), orderStatus });
}

type PaymentStatus = Parameters<FlxpointControls['setPaymentStatus']>[0]['paymentStatus'];

/** Something becomes of the order's money. */
export function pay(stage: Stage, paymentStatus: PaymentStatus): void {
  stage.sandbox.controls.setPaymentStatus({ orderId: Number(stage.input.reference), paymentStatus });
}

/** What the order is held for is put right, and told: the hold settles itself. */
export async function putRight(stage: Stage, order: LinesOrder, act: () => unknown): Promise<void> {
  await stage.held(order);
  act();
  await tell({ ...stage, order }, ({ hold }) => hold === undefined);
  stage.settled();
}

/** Told of what has changed, until a person is asked something. */
export async function toldHeld(stage: Stage, order: LinesOrder): Promise<void> {
  await tell({ ...stage, order }, ({ hold }) => hold !== undefined);
  await stage.held(order);
}

/** A fulfillment request of the lines that were added, and of nothing else. */
export const requestAdded = (stage: Stage, more: Parameters<typeof request>[1] = {}) =>
  request(stage, { items: added(stage).map(({ id }) => ({ orderItemId: id })), ...more });

/** The same, acknowledged by its source, and seen. */
export async function acknowledged(stage: Stage, order: LinesOrder): Promise<{ fulfillmentRequestId: number }> {
  const made = requestAdded(stage);
  acknowledge(stage, made);
  await tell({ ...stage, order }, shows('acknowledged'));
  return made;
}

/** A person cancels what is asked for, and it is seen. */
export async function canceledThere(stage: Stage, order: LinesOrder): Promise<LinesOrder> {
  await reaches(order, ({ hold }) => hold !== undefined);
  cancelByHand(stage);
  await tellToTheEnd({ ...stage, order });
  return order;
}

/** Answers what could not be taken back. Whatever is told meanwhile has it tried again, and is asked anew. */
export async function answerLeft(order: LinesOrder, answer: 'retry' | 'done' | 'leave'): Promise<void> {
  for (;;) {
    const { hold } = await reaches(order, (now) => now.hold?.choices.includes('done') === true);
    try {
      return await order.resolve({ hold: hold?.id ?? '', answer });
    } catch (error) {
      if (!(error instanceof RefusedError)) throw error;
    }
  }
}

/** Something that is asked of a running order is refused with these words: at once, or told when it is decided. */
export async function refusedWith<Name extends 'addLines' | 'ship'>(
  order: LinesOrder,
  name: Name,
  asked: FlxpointUpdates[Name],
  words: RegExp,
): Promise<void> {
  try {
    expect(await order.send(name, asked)).toMatchObject({ verdict: 'pending' });
  } catch (error) {
    if (!(error instanceof RefusedError)) throw error;
    expect(error.message).toMatch(words);
    return;
  }
  const isIt = ({ text }: { text: string }) => text.startsWith(`${name} refused: `) && words.test(text);
  await reaches(order, ({ happenings }) => happenings.some(isIt));
}

/** A parcel of all lines that were ordered. */
export const parcelOf = ({ lines }: LinesInput, trackingNumber = '1ZOWN1'): FlxpointUpdates['ship'] => ({
  trackingNumber,
  carrier: 'UPS',
  lines: lines.map(({ reference, quantity }) => ({ reference, quantity })),
});

/** What it waits for happens: everything ships. */
export async function shipped(stage: Stage, order: LinesOrder): Promise<LinesOrder> {
  await waits(order);
  shipAll(stage);
  await tellToTheEnd({ ...stage, order });
  return order;
}

export const completed = { outcome: 'completed', lines: [{ shipped: 2, canceled: 0 }], left: [], undone: [] };
export const failed = (failure: string) => ({ outcome: 'failed', failure, left: [] });
/** What stays when nobody cancels it in Flxpoint. */
export const leftThere = (failure: string) => ({
  outcome: 'failed',
  failure,
  left: [{ what: expect.stringContaining('is canceled') }],
});
export const stopped = { outcome: 'canceled', left: [], cancel: { verdict: 'stopped' } };
