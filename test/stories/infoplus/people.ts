import { setTimeout as pause } from 'node:timers/promises';
import type { OrderStatus } from '../../../src/client/status.js';
import { RefusedError } from '../../../src/client.js';
import { until } from '../serving.js';
import type { Way } from '../tested.js';
import { reaches, shows, tell, tellToTheEnd } from '../watching.js';
import { ordersUnder, type SiteAccount, type SiteOrder } from './rig.js';

export { reaches, shows, tell, tellToTheEnd } from '../watching.js';

export type Going = Pick<Way<SiteAccount>, 'account' | 'sandbox' | 'input' | 'order'>;
const LOOK_EVERY_MS = 100;

/** It waits for the warehouse to process it: it is no longer Pending. */
export const waits = (order: SiteOrder): Promise<unknown> =>
  reaches(order, (now) => now.phase === 'waiting' && shows('On Order')(now));

/** The orders under the reference that are there: ours, its back orders, doubles. */
export const thereOf = ({ sandbox, input }: Pick<Going, 'sandbox' | 'input'>) =>
  ordersUnder(sandbox.ledger(), input.reference).filter(({ deletedAt }) => deletedAt === null);

/** The warehouse processes the order. */
export async function process(way: Going): Promise<void> {
  way.sandbox.controls.process({ reference: way.input.reference });
  await tell(way, shows('Processed'));
}

/** The warehouse processes the order, then ships it in one parcel. */
export async function ship(way: Going): Promise<void> {
  await process(way);
  way.sandbox.controls.ship({ reference: way.input.reference });
  await tellToTheEnd(way);
}

type Sent = Awaited<ReturnType<SiteOrder['send']>>;

/** Asks for something, again as long as it is not decided: at the pace of the tests the first answer comes within 2 s. */
export async function decided(send: () => Promise<Sent>): Promise<Sent> {
  for (;;) {
    const answer = await send();
    if (answer.verdict === 'done') return answer;
    await pause(LOOK_EVERY_MS);
  }
}

/**
 * The same although workers die, which take no answer with them. It is not asked for again once the order tells what
 * became of it: what was refused for good might be done then.
 */
async function sent({ order }: Going, name: 'amend' | 'release', input: object): Promise<void> {
  const isTold = ({ happenings }: OrderStatus) =>
    happenings.some(({ text }) => text.startsWith(`${name}: `) || text.startsWith(`${name} refused: `));
  for (;;) {
    try {
      if (isTold(await order.status())) return;
      await order.send(name, input as never);
    } catch (error) {
      if (error instanceof RefusedError) return;
    }
    await pause(LOOK_EVERY_MS);
  }
}

/** Asks for the order to be as in `change`. */
export const amend = (way: Going, change: Record<string, unknown>): Promise<void> =>
  sent(way, 'amend', { ...way.input, ...change });

/** Asks for the hold to be off that the order was created with. */
export const release = (way: Going): Promise<void> => sent(way, 'release', {});

/** Answers the order's hold that the warehouse does not cancel it, again until it asks no more. */
export async function giveUp({ order }: Going): Promise<void> {
  for (;;) {
    // Where no worker answers, nobody has said that nothing is asked.
    const { hold, state } = await until(order, ({ happenings }) => happenings.length > 0);
    if (hold === undefined || state !== 'running') return;
    // A worker that dies takes no answer with it.
    await order.resolve({ hold: hold.id, answer: 'leave' }).catch(() => pause(LOOK_EVERY_MS));
  }
}

const OPEN = ['On Order', 'Processed', 'Back Order', 'Error'];

/** Cancels what may still ship under the reference. */
export function cancelAll(way: Going): void {
  for (const { orderNo, status } of thereOf(way)) {
    if (OPEN.includes(status)) way.sandbox.controls.cancel({ orderNo });
  }
}

/** Processes what may still ship under the reference. */
export function processAll(way: Going): void {
  for (const { orderNo, status, holdCode } of thereOf(way)) {
    if (status === 'On Order' && holdCode === 'N') way.sandbox.controls.process({ orderNo });
  }
}

/** Sends out what may still ship under the reference, and can. */
export function shipAll(way: Going): void {
  processAll(way);
  for (const { orderNo, status } of thereOf(way)) {
    if (status === 'Processed') way.sandbox.controls.ship({ orderNo });
  }
}
