import type { Leftover } from '../failures.js';
import type { Undone } from '../found.js';
import type { BigcommerceAt, BigcommerceLine, BigcommerceStock } from './contract.js';
import type { Course } from './course.js';
import { find, isBack, nameOf, restocking } from './restocking.js';
import { isLive, oursIn } from './standing.js';

/** An Incomplete order has taken no stock yet. */
const INCOMPLETE = 0;

/** What is true of an order that was cancelled. */
export const ORDER_IS_CANCELLED = 'the order is cancelled and its stock is back';

/** How one order is cancelled, and its stock given back: by the store, or by one correction, never twice. */
export function cancelling(course: Course, at: BigcommerceAt, lines: readonly BigcommerceLine[]) {
  const { bc, store } = course;
  const restock = restocking(course, at);
  /** What was in stock while the order still held its part. Remembered once, whatever is repeated later. */
  let before: readonly BigcommerceStock[] | undefined;

  return { remember, cancel };

  /** To be called before money goes back, too: that may move the order out of the statuses that hold stock. */
  async function remember(): Promise<void> {
    if (before !== undefined || store.takesStock !== 'order_placed') return;
    const now = oursIn(await bc.readOrder(at), at.orderId);
    if (now === undefined || !isLive(now) || now.statusId === INCOMPLETE) return;
    before = await bc.readStock(at, lines);
  }

  async function cancel(): Promise<Undone> {
    await remember();
    const { done, now, why = '' } = await bc.cancelOrder(at);
    if (!done) return { done: false, left: leftOf(ORDER_IS_CANCELLED, why) };
    if (before === undefined || before.length === 0) return { done: true, found: true };
    const problem = await stockIsBack(before);
    if (problem !== undefined) return { done: false, left: leftOf('the stock of the order is back', problem) };
    return { done: true, found: true, ...(now ? {} : { note: 'it had been cancelled before' }) };
  }

  /** @returns why a person has to look at the stock; undefined when it is back */
  async function stockIsBack(held: readonly BigcommerceStock[]): Promise<string | undefined> {
    const missing = store.givesBack ? await notGivenBack(held) : held;
    if (typeof missing === 'string') return missing;
    if (missing.length === 0) return undefined;
    return restock.correct(missing, lines);
  }

  /** The store gives stock back by itself. What has not moved at all within a minute is to be corrected. */
  async function notGivenBack(held: readonly BigcommerceStock[]): Promise<readonly BigcommerceStock[] | string> {
    const stock = await restock.back(held, lines);
    const left = held.filter((each) => !isBack(each, stock));
    const moved = left.filter((each) => find(each, stock)?.available !== each.available);
    if (moved.length === 0) return left;
    // Others sell meanwhile: what is missing of it is anybody's guess, and a guess would oversell.
    return `it has not come back as expected, and moves: ${moved.map(nameOf).join(', ')}`;
  }

  function leftOf(what: string, why: string): Leftover {
    return { what, why, ids: { order: at.orderId } };
  }
}
