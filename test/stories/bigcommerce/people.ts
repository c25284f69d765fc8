import { setTimeout as pause } from 'node:timers/promises';
import type { BigcommerceUpdates } from '../../../src/contracts.js';
import type { Way } from '../tested.js';
import { reaches } from '../watching.js';
import { type BigcommerceAccount, orderIn, ordersIn } from './rig.js';

export type Going = Way<BigcommerceAccount>;
export type There = Pick<Going, 'sandbox' | 'input'>;

const LOOK_EVERY_MS = 100;

/** The order as it really is. */
export const there = ({ sandbox, input }: There) => orderIn(sandbox.ledger(), input);

/** Asks an update, again until it is done: a worker that dies takes no answer with it, and a refusal is looked into. */
export async function send<N extends 'paid' | 'ship'>(
  { order }: Pick<Going, 'order'>,
  name: N,
  value: BigcommerceUpdates[N],
): Promise<void> {
  for (;;) {
    try {
      const { verdict } = await order.send(name, value);
      if (verdict === 'done') return;
    } catch {
      if ((await order.status()).state !== 'running') return;
    }
    await pause(LOOK_EVERY_MS);
  }
}

export const PAYMENT = { payment_provider_id: 'pay_7f3a19', payment_method: 'Card (Acme Pay)' };

/** The word that the money was taken. */
export const pay = (way: Going): Promise<void> => send(way, 'paid', PAYMENT);

/** Waits until parcels are waited for. */
export const released = ({ order }: Pick<Going, 'order'>) =>
  reaches(
    order,
    ({ phase, waitingFor }) => phase === 'waiting' && waitingFor?.includes('everything has shipped') === true,
  );

/** One piece of the first line leaves. */
export const FIRST = { tracking_number: '1ZFIRST', shipping_provider: 'ups', lines: [{ ref: '1', quantity: 1 }] };
/** Everything else leaves. */
export const REST = { tracking_number: '1ZREST', shipping_provider: 'ups' };

/** Everything leaves in two parcels. */
export async function shipTwice(way: Going): Promise<void> {
  await send(way, 'ship', FIRST);
  await send(way, 'ship', REST);
}

/** What could not be taken back: the money is given back where it was taken, and the order is cancelled in the store. */
export async function takeBack({ sandbox, input, order }: Going): Promise<void> {
  const { hold } = await order.status();
  if (hold?.choices.includes('done') !== true) return;
  for (const { id, statusId, archivedAt } of ordersIn(sandbox.ledger(), input)) {
    if (archivedAt === null && statusId !== REFUNDED) sandbox.controls.setStatus({ orderId: id, statusId: REFUNDED });
  }
}

const REFUNDED = 4;

/** Sees to what is asked until the order has ended. */
export async function seeTo(way: Going): Promise<void> {
  while ((await way.order.status()).state === 'running') {
    await takeBack(way);
    await way.account.hint(way.input.reference);
    await pause(LOOK_EVERY_MS);
  }
}
