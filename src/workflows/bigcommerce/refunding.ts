import type { PlannedRefund } from '../../activities/bigcommerce/refund.js';
import { causeOf } from '../cause.js';
import type { Made } from './course.js';
import { SETTLED_WITHIN, settlesIn } from './standing.js';

/** What was quoted a moment ago is refused so while the gateway has not settled the payment; the words differ. */
const UNPROCESSABLE = 422;

/** Gateways settle within a day or two: it is tried once an hour for three days, and then a person is asked. */
const UNSETTLED_AGAIN_MS = 60 * 60_000;
const UNSETTLED_TRIES = 72 + 1;

/** Refunds that can be asked for. */
export type RefundOf = 'all' | 'unshipped';

/** What became of a refund: what was given back, or why not, and how much. */
export type Refund = { readonly given: string } | FailedRefund;
/** `unsettled`: the gateway does not give it back yet. */
type FailedRefund = { readonly why: string; readonly amount: string; readonly unsettled?: true };

/** How money is given back by the store: by quote, once, and as soon as the gateway does it. */
export function refunding(course: Made) {
  const { bc, telling, at } = course;
  const { once, until } = telling;
  /** A refund that failed, and how many answers a person had given by then. */
  let failed: { readonly refund: FailedRefund; readonly answers: number } | undefined;

  return refund;

  /**
   * A refund by quote: begun once, and watched until the gateway has done it, or declined.
   *
   * @param asked a person has just asked for it
   */
  async function refund(of: RefundOf, asked = false): Promise<Refund> {
    for (let tries = 1; ; tries++) {
      const planned = await bc.planRefund(at, of, course.lines);
      if ('nothing' in planned) return { given: '0.00' };
      // Somebody may be giving it back at the gateway, where nobody sees it: only a person has it tried again.
      if (!asked && failed?.answers === telling.answers()) return failed.refund;
      const done: Refund =
        'refused' in planned ? { why: planned.refused, amount: planned.amount } : await refunded(of, planned);
      const unsettled = 'why' in done && done.unsettled === true;
      // A person who asks waits for an answer.
      if (unsettled && !asked && tries < UNSETTLED_TRIES) {
        await anHourLater(done.why);
        continue;
      }
      failed = 'why' in done ? { refund: done, answers: telling.answers() } : undefined;
      return done;
    }
  }

  async function anHourLater(why: string): Promise<void> {
    await until<{ readonly why: string }>({
      what: 'the gateway has settled the payment, so that it can be refunded',
      look: async () => ({ why }),
      isTrue: (_, forMs) => forMs >= UNSETTLED_AGAIN_MS,
      againIn: () => UNSETTLED_AGAIN_MS,
      says: (so) => so.why,
      untold: true,
    });
  }

  async function refunded(
    of: RefundOf,
    planned: Exclude<PlannedRefund, { nothing: true } | { refused: string }>,
  ): Promise<Refund> {
    const { amount } = 'refund' in planned ? planned.refund : planned.begun;
    try {
      const create = of === 'all' ? bc.refundAll : bc.refundUnshipped;
      const begun = 'begun' in planned ? planned.begun : await once(bc.findRefund, create, at, planned.refund);
      const end = await until({
        what: `refund ${begun.refundId} is done`,
        look: () => bc.readRefund(at, begun.refundId),
        isTrue: ({ state }) => state !== 'pending',
        againIn: (_, forMs) => settlesIn(forMs),
        looks: SETTLED_WITHIN,
        untold: true,
      });
      if (end.state === 'done') return { given: end.amount };
      return { why: `refund ${end.refundId} was declined: ${end.reason ?? 'no reason given'}`, amount };
    } catch (error) {
      const { message: why, details } = causeOf(error);
      return { why, amount, ...(details.status === UNPROCESSABLE ? { unsettled: true } : {}) };
    }
  }
}
