import type { Resolve } from '../../src/workflows/contract.js';
import type { CancelBy, Scenario, Stage } from './scenario.js';
import type { Account, Judge, OrderOf } from './tested.js';

/** Starts an order, and gives these answers to its holds. */
export const answered =
  (...answers: readonly Resolve['answer'][]) =>
  async <A extends Account>({ start, answer }: Stage<A>): Promise<OrderOf<A>> => {
    const order = await start();
    for (const each of answers) await answer(order, each);
    return order;
  };

/** Starts an order, and asks for a cancel while a request of it is under way: before its work, or after it. */
export const cancelAt =
  (at: 'arrival' | 'done', operation: string, by: CancelBy) =>
  async <A extends Account>({ sandbox, start, askCancel }: Stage<A>): Promise<OrderOf<A>> => {
    const place = sandbox.hold({ operation, at });
    const order = await start();
    await place.reached;
    await askCancel(order, by);
    place.release();
    return order;
  };

/** Long enough that the order has to wait, short enough for a test. */
const SOON_MS = 1_500;

/** An order that begins a little later. */
export const startsSoon = () => ({ startAt: new Date(Date.now() + SOON_MS).toISOString() });

/** A connection whose orders wait for so few days that their looks run out seconds after the wait began. */
export const soonOver = { settings: { waitDays: 0.002 } };

/** Nobody waits that long: it is canceled before. */
const TOMORROW_MS = 24 * 60 * 60_000;

/** An order that is canceled before it begins. */
export const canceledBeforeItsStart = <A extends Account>(
  variant: A['variant'],
  by: CancelBy,
  nothingSent: Judge<A>,
): Scenario<A> => ({
  name: `canceled-by-${by}-before-its-start`,
  variant,
  order: () => ({ startAt: new Date(Date.now() + TOMORROW_MS).toISOString() }),
  play: async ({ start, askCancel }): Promise<OrderOf<A>> => {
    const order = await start();
    await askCancel(order, by);
    return order;
  },
  ends: { outcome: 'canceled', left: [], cancel: { verdict: 'stopped' } },
  ledger: nothingSent,
});

/** Runs that must not begin. */
export function rejected<A extends Account>(
  variant: A['variant'],
  unreadable: Record<string, unknown>,
  nothingSent: Judge<A>,
): Scenario<A>[] {
  const ends = { outcome: 'failed', failure: 'Rejected' };
  return [
    {
      name: 'rejected-unreadable',
      variant,
      play: ({ startBare, input }) => startBare({ ...input, ...unreadable }),
      ends,
      ledger: nothingSent,
    },
    {
      name: 'rejected-other-workflow-id',
      variant,
      play: ({ startBare, input }) => startBare(input, `order-${input.reference}`),
      ends,
      ledger: nothingSent,
    },
    {
      name: 'rejected-unknown-connection',
      variant,
      play: ({ startBare, input }) => startBare({ ...input, connection: input.connection.replace(/\/.*/, '/nobody') }),
      ends,
      ledger: nothingSent,
    },
  ];
}
