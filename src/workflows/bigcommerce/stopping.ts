import { causeOf } from '../cause.js';
import type { CancelAnswer } from '../contract.js';
import type { BigcommerceLine } from './contract.js';
import type { Made } from './course.js';
import type { goods } from './goods.js';
import type { money } from './money.js';
import { restocking } from './restocking.js';
import { BEFORE_SHIPPED, isOver, statuses, whyEnded } from './standing.js';

/**
 * How a cancel is decided. Nothing has left: it is stopped, and everything is taken back. Everything has left: it is too
 * late. A part has left: the rest is not shipped, and its quantities are refunded; shipping and handling are kept.
 */
export function stopping(course: Made, pay: ReturnType<typeof money>, sent: ReturnType<typeof goods>) {
  const { bc, telling, at, made, store } = course;

  return async function decide(): Promise<CancelAnswer> {
    await sent.postLeaving();
    const now = await pay.settled();
    if (now.itemsShipped === 0 && course.reported.length === 0) {
      return { verdict: 'stopped', reason: whyEnded(now) ?? 'nothing has shipped' };
    }
    course.lines = await bc.readLines(at, course.lines);
    if (isOver(now, course.lines)) return { verdict: 'too-late', reason: 'everything has shipped' };
    return stopTheRest(unshippedOf(course.lines));
  };

  async function stopTheRest(rest: readonly BigcommerceLine[]): Promise<CancelAnswer> {
    const names = rest.map(({ ref, quantity }) => `${quantity} of line ${ref}`).join(', ');
    const refunded = pay.isOutside()
      ? { why: 'it was paid outside, and BigCommerce gives nothing back', amount: '' }
      : await pay.refund('unshipped');
    let given = 'given' in refunded ? `${refunded.given} ${made.currency} refunded` : undefined;
    if ('why' in refunded) given = await askToRefund(names, refunded.why);
    if (given === undefined)
      return { verdict: 'too-late', reason: `a part has shipped, and the rest goes on: ${names}` };
    sent.close();
    const stock = await restock(rest);
    await tidied();
    return { verdict: 'partly', reason: `a part has shipped; not shipped: ${names}; ${given}${stock}` };
  }

  /** @returns what a person says was done; undefined: the rest is to be shipped after all */
  function askToRefund(names: string, why: string): Promise<string | undefined> {
    return telling.ask<string | undefined>({
      question: `A part of order ${at.orderId} has shipped. Give back what was paid for the rest: ${names}.`,
      facts: [
        why,
        'retry: try again',
        'done: it was given back by hand',
        'leave: the rest is shipped after all; the order goes on',
      ],
      answers: {
        retry: async () => {
          if (pay.isOutside()) return { refused: why };
          const again = await pay.refund('unshipped', true);
          return 'why' in again ? { refused: again.why } : { it: `${again.given} ${made.currency} refunded` };
        },
        done: async () => ({ it: 'given back by hand' }),
        leave: async () => ({ it: undefined }),
      },
    });
  }

  /** A refund never gives stock back: one correction does. */
  async function restock(rest: readonly BigcommerceLine[]): Promise<string> {
    if (store.takesStock !== 'order_placed') return '';
    const look = (why: string) => `; look at the stock: ${why}`;
    try {
      const stock = await bc.readStock(at, rest);
      if (stock.length === 0) return '';
      const problem = await restocking(course, at).correct(stock, rest);
      return problem === undefined ? '' : look(problem);
    } catch (error) {
      return look(causeOf(error).message);
    }
  }

  /** Nothing more ships. Whoever waits for the order is woken by what is seen here. What fails here changes no verdict. */
  async function tidied(): Promise<void> {
    try {
      await bc.setStatus(at, BEFORE_SHIPPED, statuses.shipped);
      await pay.settled();
    } catch (error) {
      causeOf(error);
    }
  }
}

/** What is left of the lines, in their quantities. */
function unshippedOf(lines: readonly BigcommerceLine[]): BigcommerceLine[] {
  return lines
    .filter(({ type }) => type === 'physical')
    .map((line) => ({ ...line, quantity: line.quantity - line.shipped - line.refunded }))
    .filter(({ quantity }) => quantity > 0);
}
