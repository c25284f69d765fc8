// The yardstick: as many activities in series as a product order has, each of which answers with what it was given.
import { condition, defineSignal, proxyActivities, setHandler, workflowInfo } from '@temporalio/workflow';

interface BareActivities {
  echo(value: unknown): Promise<unknown>;
  /** Milliseconds since 1970. */
  now(): Promise<number>;
}

const activities = () =>
  proxyActivities<BareActivities>({
    taskQueue: `${workflowInfo().taskQueue}/echo`,
    startToCloseTimeout: '1 minute',
  });

export async function bareOrder(steps: number, order: unknown): Promise<void> {
  const { echo } = activities();
  for (let i = 0; i < steps; i += 1) await echo(order);
}

export const wake = defineSignal('wake');

/** Waits, and answers with the time at which the activity ran that it was woken for. */
export async function bareWaiting(_order?: unknown): Promise<number> {
  let awake = false;
  setHandler(wake, () => {
    awake = true;
  });
  await condition(() => awake);
  return activities().now();
}
