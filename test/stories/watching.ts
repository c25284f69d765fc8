import { setTimeout as pause } from 'node:timers/promises';
import type { Order } from '../../src/client/order.js';
import type { OrderStatus } from '../../src/client/status.js';
import { until } from './serving.js';
import type { Account, Way } from './tested.js';

type Sight = (status: OrderStatus) => boolean;
type Watched = Pick<Order, 'status'>;

/** What is told of an order: the same as the gateway tells. */
interface Told extends Pick<Way<Account>, 'input'> {
  readonly account: Pick<Account, 'hint'>;
  readonly order: Watched;
}

const LOOK_EVERY_MS = 100;

/** A hint that was looked at in vain is given again after this. */
const HINT_EVERY_MS = 3_000;

/** Waits until the order shows it, which it does not when it ends before. */
export async function reaches(order: Watched, isTrue: Sight): Promise<OrderStatus> {
  const status = await until(order, (now) => now.state !== 'running' || isTrue(now));
  if (!isTrue(status)) throw new Error(`${status.state} before it came to that`);
  return status;
}

/** Waits until the order waits for its platform. */
export const waits = (order: Watched): Promise<OrderStatus> => reaches(order, ({ phase }) => phase === 'waiting');

/** What it waits for is told in these words. */
export const shows =
  (words: string): Sight =>
  ({ waitingFor }) =>
    waitingFor?.includes(words) === true;

/** Hints, as the gateway does after webhooks, until the order knows of it or has ended. */
export async function tell({ account, input, order }: Told, isKnown: Sight): Promise<void> {
  for (;;) {
    await account.hint(input.reference);
    for (let waited = 0; waited < HINT_EVERY_MS; waited += LOOK_EVERY_MS) {
      const status = await order.status();
      if (status.state !== 'running' || isKnown(status)) return;
      await pause(LOOK_EVERY_MS);
    }
  }
}

/** Told until it has ended. */
export const tellToTheEnd = (way: Told): Promise<void> => tell(way, () => false);

/** Does something at the platform, whatever comes in, and tells of it, until the order has ended. */
export const toTheEnd =
  <W extends Told>(act: (way: W) => void) =>
  async (way: W): Promise<void> => {
    for (;;) {
      act(way);
      await way.account.hint(way.input.reference);
      if ((await way.order.status()).state !== 'running') return;
      await pause(LOOK_EVERY_MS);
    }
  };
