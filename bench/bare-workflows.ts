// The yardstick: as many activities in series as a product order has, each of which answers with what it was given.
import { condition, proxyActivities, workflowInfo } from '@temporalio/workflow';

export interface Echo {
  echo(value: unknown): Promise<unknown>;
}

export async function bareOrder(steps: number, order: unknown): Promise<void> {
  const { echo } = proxyActivities<Echo>({
    taskQueue: `${workflowInfo().taskQueue}/echo`,
    startToCloseTimeout: '1 minute',
  });
  for (let i = 0; i < steps; i += 1) await echo(order);
}

export async function bareWaiting(): Promise<void> {
  await condition(() => false);
}
