import type * as kit from '../scenario.js';
import { tellToTheEnd, waits } from '../watching.js';
import { shipAll } from './people.js';
import type { FlxpointAccount, LinesOrder } from './rig.js';

export type Scenario = kit.Scenario<FlxpointAccount>;
export type Stage = kit.Stage<FlxpointAccount>;

/** A scenario in which others are the sources. */
export const scenario = (of: Omit<Scenario, 'variant'>): Scenario => ({ ...of, variant: 'others-ship' });

/** Starts an order and waits until its lines are on it. */
export async function startWaiting({ start }: Stage): Promise<LinesOrder> {
  const order = await start();
  await waits(order);
  return order;
}

/** What it waits for happens: everything ships. */
export async function shipped(stage: Stage, order: LinesOrder): Promise<LinesOrder> {
  await waits(order);
  shipAll(stage);
  await tellToTheEnd({ ...stage, order });
  return order;
}

export const completed = { outcome: 'completed', lines: [{ shipped: 2, canceled: 0 }], left: [], undone: [] };
export const failed = (failure: string) => ({ outcome: 'failed', failure, left: [] });
export const stopped = { outcome: 'canceled', left: [], cancel: { verdict: 'stopped' } };
