import type { CancelAnswer } from '../contract.js';
import type { Leftover } from '../failures.js';
import type { Sent, Undone } from '../found.js';
import type { Served } from '../hold.js';
import type { Telling } from '../telling.js';
import type { FlxpointAt, FlxpointKilled, FlxpointMade, FlxpointSeen, FlxpointWanted } from './contract.js';
import { canceledLines, endOf, isOpen, isOver, linesLeft, linesUnrequested, withItem, wordsOf } from './standing.js';
import { type flxpointSteps, SHOWN_AGAIN_MS, SHOWN_WITHIN_MS } from './steps.js';

/** What is true of a line that was taken back. */
export const lineIsCanceled = (reference: string): string => `line ${reference} is canceled`;

/**
 * How the lines of one run are taken back. What a source was asked to ship is canceled through its fulfillment request.
 * No call cancels the rest: the order is put on hold, so that no request is made of it, and a person cancels the line in
 * Flxpoint; then the order is released. Lines of others are never touched.
 */
export function takingBack(
  telling: Telling,
  fl: ReturnType<typeof flxpointSteps>,
  at: FlxpointAt,
  lines: readonly FlxpointMade[],
) {
  /** Items that a person was asked to cancel. */
  const asked = new Set<string>();
  /** The order was Open before it was put on hold here, and is to be Open again. */
  let wasOpen = false;

  return { takeBackLine, cancelLines };

  /** Takes one line back: the undo of adding it. */
  async function takeBackLine(want: FlxpointWanted, sent: Sent): Promise<Undone> {
    const { reference } = want.line;
    if (sent === 'no') return { done: true, found: false };
    const found = await addedAs(want);
    if ('done' in found) return found;
    const made = found;
    const { seen, refused } = await kill(made);
    const end = endOf(seen, [made]);
    if (end?.verdict === 'stopped') {
      await release(made);
      await fl.untagLine(at, made);
      return { done: true, found: true };
    }
    if (end === undefined) await askFor([made], seen);
    const why = end === undefined ? [...refused, BY_HAND].join('; ') : `${end.reason}; have it returned`;
    return { done: false, left: leftOf(reference, why, made.orderItemId) };
  }

  /** The item that was added for a line whose answer came, or was lost. */
  async function addedAs(want: FlxpointWanted): Promise<FlxpointMade | Undone> {
    const { reference } = want.line;
    const known = lines.find((made) => made.reference === reference);
    if (known !== undefined) return known;
    const found = await fl.findLine(at, want);
    if ('it' in found) return found.it;
    if (found.state === 'none') return { done: true, found: false };
    if (found.state === 'dead') return { done: true, found: true };
    return { done: false, left: leftOf(reference, found.why, found.ids.join(', ')) };
  }

  function leftOf(reference: string, why: string, items: string): Leftover {
    return { what: lineIsCanceled(reference), why, ids: { order: at.reference, 'order item': items } };
  }

  /** Cancels what of a line was requested, and gives Flxpoint the time to show it. */
  async function kill(made: FlxpointMade): Promise<FlxpointKilled> {
    const killed = await fl.killLine(at, made);
    if (killed.refused.length > 0 || !isSentFor(killed.seen, made)) return killed;
    const seen = await telling.until<FlxpointSeen>({
      what: `${withItem(made)} is canceled`,
      look: () => fl.readOrder(at),
      isTrue: (now, forMs) => !isSentFor(now, made) || forMs >= SHOWN_WITHIN_MS,
      againIn: () => SHOWN_AGAIN_MS,
      untold: true,
    });
    return { seen, refused: isSentFor(seen, made) ? ['the cancellation was sent, and Flxpoint does not show it'] : [] };
  }

  /** Reads the order so that the run knows of it: whoever waits for the order goes on by what was seen last. */
  function read(): Promise<FlxpointSeen> {
    return telling.until({ what: 'the order can be read', look: () => fl.readOrder(at), isTrue: () => true });
  }

  /** Has a person cancel lines. From here on no new fulfillment request is made of them. */
  async function askFor(which: readonly FlxpointMade[], seen: FlxpointSeen): Promise<void> {
    if (isOpen(seen)) wasOpen = true;
    for (const { orderItemId } of which) asked.add(orderItemId);
    await fl.holdOrder(at, which);
    // While a person is asked, nothing should leave.
    if (linesUnrequested(seen, which).length < which.length) await fl.cancelRequests(at, which);
  }

  /** Nobody has to cancel this line any more. After the last of them the order is as it was. */
  async function release(...which: readonly FlxpointMade[]): Promise<void> {
    const before = asked.size;
    for (const { orderItemId } of which) asked.delete(orderItemId);
    if (before === 0 || asked.size > 0) return;
    await fl.releaseOrder(at, wasOpen);
    wasOpen = false;
  }

  /** Decides a cancel: what can be canceled by a call is, and a person is asked for the rest. The platform has the last word. */
  async function cancelLines(): Promise<CancelAnswer> {
    const refused: string[] = [];
    for (const made of lines) refused.push(...(await kill(made)).refused);
    const seen = await read();
    const end = endOf(seen, lines);
    if (end !== undefined) return end;
    const left = linesLeft(seen, lines);
    await askFor(left, seen);
    const answer = await telling.ask<CancelAnswer>({
      question: `Cancel in Flxpoint: ${left.map(withItem).join(', ')} of order ${at.reference}. It is watched until nothing more can ship.`,
      facts: [
        ...refused,
        'retry: try again',
        'accept: it was canceled (it is looked at)',
        'leave: it is not to be canceled; the order goes on',
      ],
      answers: {
        retry: looked,
        accept: looked,
        leave: async () => ({ it: await asItStands() }),
      },
      happens: (now) => endOf(now as FlxpointSeen, lines),
    });
    await release(...lines);
    return answer;
  }

  async function looked(): Promise<Served<CancelAnswer>> {
    for (const made of lines) await kill(made);
    const seen = await read();
    const it = endOf(seen, lines);
    return it === undefined ? { refused: `not canceled yet: ${wordsOf(seen, lines)}` } : { it };
  }

  /** Nobody cancels what is left of the lines. */
  async function asItStands(): Promise<CancelAnswer> {
    const seen = await read();
    const reason = `not canceled in Flxpoint: ${linesLeft(seen, lines).map(withItem).join(', ')}`;
    return { verdict: canceledLines(seen, lines).length > 0 ? 'partly' : 'too-late', reason };
  }
}

/** Something of the line may still ship, and all of that is requested of a source. */
const isSentFor = (seen: FlxpointSeen, made: FlxpointMade): boolean =>
  !isOver(seen, [made]) && linesUnrequested(seen, [made]).length === 0;

const BY_HAND =
  'a person has to cancel it in Flxpoint; the order is on hold, and is released when that is seen (not after done or leave)';
