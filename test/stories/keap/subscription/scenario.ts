import { keapSubscriptionCycle } from '../../../../src/contracts.js';
import type * as kit from '../../scenario.js';
import type { OrderOf } from '../../tested.js';
import { reaches, shows } from '../../watching.js';
import type { Club } from './rig.js';

export type Scenario = kit.Scenario<Club>;
export type Stage = kit.Stage<Club>;

/** A plan that is billed each week. */
export const weekly = { plan: '6', quantity: 2, price: '4.50', total: '9.00' };

const DAY_MS = 24 * 60 * 60_000;

const subscriptionId = ({ sandbox }: Pick<Stage, 'sandbox'>): number => sandbox.ledger().subscriptions[0]?.id ?? 0;

/** The cycle before is charged, and Keap is asked for nothing. */
export const waitsFor = (order: OrderOf<Club>, n: number) => reaches(order, shows(`cycle ${n} is due`));

/** A webhook says that something happened to it. */
export const told = (stage: Pick<Stage, 'account' | 'sandbox'>): Promise<unknown> =>
  stage.account.hint(`subscription.edit:${subscriptionId(stage)}`);

/**
 * The n-th cycle comes due before its time: a person at Keap has put its day forward. To one that is past, and that no
 * other cycle was billed for.
 */
export async function due(stage: Stage, order: OrderOf<Club>, n: number): Promise<void> {
  await waitsFor(order, n);
  const nextBillDay = new Date(stage.sandbox.clock.now() - n * DAY_MS).toISOString().slice(0, 10);
  stage.sandbox.controls.changeSubscription({ subscriptionId: subscriptionId(stage), nextBillDay });
  await told(stage);
}

/** Each cycle comes due, up to the n-th. */
export const dueUpTo =
  (n: number) =>
  async (stage: Stage): Promise<OrderOf<Club>> => {
    const order = await stage.start();
    for (let cycle = 2; cycle <= n; cycle++) await due(stage, order, cycle);
    return order;
  };

/** Asks for something, and waits until it is done: on a busy machine it is answered with "pending" before. */
export async function send(order: OrderOf<Club>, update: 'pause' | 'resume' | 'end', value: object): Promise<void> {
  await order.send(update, value);
  await reaches(order, ({ happenings }) => happenings.some(({ text }) => text.startsWith(`${update}: `)));
}

/** The n-th cycle, as who asks for it finds it once it has begun. */
export async function cycleOf({ rig, account, input }: Stage, order: OrderOf<Club>, n: number) {
  const { ids } = await reaches(order, ({ part }) => part !== undefined);
  const reference = `${input.reference}.${ids?.subscription}.${n}`;
  return rig.waybill.order(keapSubscriptionCycle, { connection: account.connection, reference });
}
