import { story } from '../story.js';
import type { Telling } from '../telling.js';
import { type BigcommerceOrder, type BigcommerceOrderResult, bigcommerceOrder as contract } from './contract.js';
import { goods } from './goods.js';
import { created, takenOver } from './making.js';
import { money } from './money.js';
import { BEFORE_SHIPPED, statuses } from './standing.js';
import { bigcommerceSteps } from './steps.js';
import { stopping } from './stopping.js';
import { watching } from './watching.js';

/**
 * A BigCommerce order: created, or taken over; its money taken outside, by the store's Payments API, or captured; and
 * followed, parcel by parcel, until everything has shipped. Taken back: the money is voided or refunded, the order is
 * cancelled, and its stock given back. Once a parcel has left nothing is taken back by itself.
 */
export async function carryBigcommerceOrder(
  order: BigcommerceOrder,
  telling: Telling,
): Promise<BigcommerceOrderResult> {
  const bc = bigcommerceSteps(telling);
  const store = await bc.readStore(order);
  const course = { bc, telling, order, store };

  const [made, own] = order.orderId === undefined ? await created(course) : await takenOver(course, order.orderId);
  const watched = watching(made);
  const pay = money(made, watched, own);
  const sent = goods(made, watched, pay.paid);
  telling.stop(stopping(made, pay, sent));

  const by = await pay.take();
  await sent.shipped();
  if (order.complete === true) await bc.setStatus(made.at, [...BEFORE_SHIPPED, statuses.shipped], statuses.completed);
  telling.noReturn('everything has shipped');
  const fulfilled = await bc.readResult(made.at, made.lines);
  return { ...fulfilled, money: by, personInvolved: telling.personInvolved() };
}

/** The same as a workflow. */
export const bigcommerceOrder = story(contract, carryBigcommerceOrder);
