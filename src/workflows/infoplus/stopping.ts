import type { CancelAnswer } from '../contract.js';
import type { Served } from '../hold.js';
import type { InfoplusSeen, InfoplusStanding } from './contract.js';
import type { Course } from './course.js';
import { endOf, inWords, oursOf } from './standing.js';

/** How a cancel is decided: what Infoplus deletes is deleted; for the rest people are asked, and what they do counts. */
export function stopping({ ip, telling, want, made }: Course) {
  /** Those of ours that were deleted for it: nothing shows them any more. */
  const deleted: InfoplusStanding[] = [];
  const verdict = (now: InfoplusSeen) => endOf(now, made, deleted);

  return {
    deleted: (): readonly InfoplusStanding[] => deleted,

    async stop(): Promise<CancelAnswer> {
      const seen = await ip.readOrder(want, made);
      const end = verdict(seen);
      if (end !== undefined) return end;
      const undone = await ip.deleteOrder(want, made, 'yes');
      const left = await ip.readOrder(want, made);
      const shown = oursOf(left, made).map(({ orderNo }) => orderNo);
      deleted.push(...oursOf(seen, made).filter(({ orderNo }) => !shown.includes(orderNo)));
      if (undone.done) return { verdict: 'stopped', reason: undone.note ?? 'it is deleted at Infoplus' };
      return verdict(left) ?? askTheWarehouse();
    },
  };

  /** No call cancels an order that is processed. */
  async function askTheWarehouse(): Promise<CancelAnswer> {
    const asked = await ip.askToCancel(want, made);
    return telling.ask<CancelAnswer>({
      question: `Have order ${made.orderNo} cancelled at the warehouse: only a person there can do it. It is watched until it is cancelled or shipped.`,
      facts: [
        'retry: look again',
        'accept: it was cancelled (it is looked at)',
        'leave: the warehouse does not cancel it; it goes on',
      ],
      answers: {
        retry: looked,
        accept: looked,
        leave: async () => {
          await ip.askNoMore(want, asked);
          if (deleted.length === 0) return { it: { verdict: 'too-late', reason: 'the warehouse did not cancel it' } };
          const gone = deleted.map(({ orderNo }) => orderNo).join(', ');
          return { it: { verdict: 'partly', reason: `deleted: ${gone}; the rest goes on` } };
        },
      },
      happens: (now) => verdict(now as InfoplusSeen),
    });
  }

  async function looked(): Promise<Served<CancelAnswer>> {
    const now = await ip.readOrder(want, made);
    const it = verdict(now);
    return it === undefined ? { refused: `not cancelled yet: ${inWords(now, made)}` } : { it };
  }
}
