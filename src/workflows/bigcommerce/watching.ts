import { refuse } from '../cause.js';
import { cancelling } from './cancelling.js';
import type { BigcommerceAt, BigcommerceSeen, BigcommerceStanding } from './contract.js';
import type { Made } from './course.js';
import { inWords, othersIn, oursIn, whatIsLate, whyEnded, whyHeld } from './standing.js';

/** What a part of the story waits for. */
export interface Awaited {
  readonly what: string;
  /** @param forMs since when the store has shown this, in milliseconds */
  readonly isDone: (now: BigcommerceStanding, forMs: number) => boolean;
  readonly againIn?: (now: BigcommerceStanding, forMs: number) => number | undefined;
  readonly looks?: readonly number[];
  // biome-ignore lint/suspicious/noExplicitAny: what an update brings was parsed by its own schema.
  readonly serves: Readonly<Record<string, (value: any) => Promise<string>>>;
}

/** Waits for the store, and deals with what others do to the order meanwhile. */
export function watching(course: Made) {
  const { bc, telling, at, order } = course;
  const ours = (seen: BigcommerceSeen) => oursIn(seen, at.orderId);

  /**
   * @returns how the order stands. Undefined: it ended in the store, and a person lets it stay so
   */
  return async function watched({ what, isDone, againIn, looks, serves }: Awaited) {
    for (;;) {
      const done = (seen: BigcommerceSeen, forMs: number): boolean => {
        const now = ours(seen);
        return now !== undefined && isDone(now, forMs);
      };
      let isOver = false;
      const seen = await telling.until<BigcommerceSeen>({
        what,
        look: () => bc.readOrder(at),
        isTrue: (now, forMs) => {
          isOver = done(now, forMs);
          return isOver || problemIn(now);
        },
        againIn: (now, forMs) => {
          const standing = ours(now);
          return standing === undefined ? undefined : againIn?.(standing, forMs);
        },
        says: (now) => inWords(ours(now), course.lines),
        late: (now, forMs) => whatIsLate(ours(now), forMs),
        serves,
        ...(looks === undefined ? {} : { looks }),
      });
      const now = ours(seen);
      if (isOver && now !== undefined) return now;
      if ((await settle(seen)) === 'stays') return undefined;
    }
  };

  function problemIn(seen: BigcommerceSeen): boolean {
    const now = ours(seen);
    return whyEnded(now) !== undefined || whyHeld(now) !== undefined || othersIn(seen, at.orderId).length > 0;
  }

  /** Somebody has done something to the order, or there is another one. */
  async function settle(seen: BigcommerceSeen): Promise<'stays' | 'goes on'> {
    const now = ours(seen);
    const ended = whyEnded(now);
    if (ended !== undefined) return endedInTheStore(ended);
    const held = whyHeld(now);
    if (held !== undefined) await askToPutRight(held);
    for (const other of othersIn(seen, at.orderId)) await settleOther({ ...at, orderId: other });
    return 'goes on';
  }

  /** Nothing has left: then it is taken back here as well. Otherwise a person decides. */
  async function endedInTheStore(why: string): Promise<'stays' | 'goes on'> {
    if (course.reported.length === 0 && !(await hasShipped())) throw refuse('Conflict', why);
    return telling.ask<'stays' | 'goes on'>({
      question: `${why}, after a parcel had left. Put it right in the store, or let it end as it stands?`,
      facts: [
        'retry: look again; it goes on when the store shows it as before',
        'accept: it ends as it stands, and nothing is refunded or cancelled by Waybill',
      ],
      answers: {
        retry: async () => ({ it: 'goes on' }),
        accept: async () => ({ it: 'stays' }),
      },
      happens: (told) => (whyEnded(ours(told as BigcommerceSeen)) === undefined ? 'goes on' : undefined),
    });
  }

  /** Archived, it shows nothing of what has shipped; its shipments are still there. */
  async function hasShipped(): Promise<boolean> {
    const now = ours(await bc.readOrder(at));
    return (now?.itemsShipped ?? 0) > 0;
  }

  /** Only a person settles it, in the store; the hold ends when it is. */
  async function askToPutRight(why: string): Promise<void> {
    await telling.ask<true>({
      question: `Settle this in BigCommerce: ${why}. Nothing ships meanwhile; the order goes on by itself when it is.`,
      facts: ['retry: look again'],
      answers: {
        retry: async () => ({ it: true }),
        abandon: async () => ({ end: refuse('Conflict', why) }),
      },
      happens: (told) => (whyHeld(ours(told as BigcommerceSeen)) === undefined ? true : undefined),
    });
  }

  /** The very same order once more, which nobody has touched, is what a lost answer left. Anything else is a person's. */
  async function settleOther(other: BigcommerceAt): Promise<void> {
    const { double } = await bc.isDouble(order, other);
    if (double) {
      const { lines } = await bc.readBack(order, other);
      const undone = await cancelling(course, other, lines).cancel();
      if (undone.done && (await bc.archiveDouble(other)).archived) return;
    }
    await telling.ask<true>({
      question: `Another order is live under ${at.reference}: order ${other.orderId}. Cancel it in the store, or take the reference off it.`,
      facts: [`ours: order ${at.orderId}`],
      answers: {
        retry: async () => ({ it: true }),
        abandon: async () => ({ end: refuse('Conflict', `several orders are live under ${at.reference}`) }),
      },
      happens: (told) => (othersIn(told as BigcommerceSeen, at.orderId).includes(other.orderId) ? undefined : true),
    });
  }
}
