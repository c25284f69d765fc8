import { setTimeout as pause } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import { Order } from '../../src/client/order.js';
import { OrderNotCompletedError } from '../../src/client.js';
import { attributes, type Hold, type Outcome } from '../../src/workflows/contract.js';

/** How an order ended, without an exception: its outcome, with its result or the type of its failure. */
export type End = Partial<Outcome> & Record<string, unknown> & { readonly failure?: string | undefined };

export async function endOf(order: Pick<Order, 'result'>): Promise<End> {
  try {
    return { ...(await order.result()) };
  } catch (error) {
    if (!(error instanceof OrderNotCompletedError)) throw error;
    return { ...error.outcome, ...(error.failure && { failure: error.failure.type }) };
  }
}

/** Whether it completed (also: too late for its cancel), failed, or was canceled. */
export function howOf({ outcome }: End): 'completed' | 'failed' | 'canceled' {
  return outcome === 'failed' || outcome === 'canceled' ? outcome : 'completed';
}

/** Often enough that nobody waits for it, seldom enough for a busy machine. */
const LOOK_EVERY_MS = 250;

/** A hold, and the run that asks: the order itself, or a part of it. */
export type HoldAt = Hold & { readonly at: Pick<Order, 'resolve' | 'workflowId'> };

/** The order's hold, if it has one. Asks the worker only when there is one. */
export async function holdOf(client: Client, order: Order): Promise<HoldAt | undefined> {
  // The attribute costs the worker nothing, and without a cache each query replays the whole order.
  const { typedSearchAttributes } = await client.workflow.getHandle(order.workflowId).describe();
  if (typedSearchAttributes.get(attributes.phase) !== 'held') return undefined;
  const { hold, part } = await order.status();
  if (hold !== undefined) return { ...hold, at: order };
  if (part?.hold === undefined) return undefined;
  const [story = ''] = part.workflowId.split('/');
  const at = new Order(client, client.workflow.getHandle(part.workflowId), story);
  const asked = (await at.status()).hold;
  return asked && { ...asked, at };
}

/** A person who looks now and then, until it is over, whether something is asked. */
export async function answering<T>(
  client: Client,
  order: Order,
  end: Promise<T>,
  answer: (hold: HoldAt) => Promise<unknown>,
): Promise<T> {
  const running = Symbol('running');
  for (;;) {
    const over = await Promise.race([end, pause(LOOK_EVERY_MS, running)]);
    if (over !== running) return over as T;
    const hold = await holdOf(client, order);
    if (hold !== undefined) await answer(hold);
  }
}
