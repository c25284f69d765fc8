import { causeOf, refuse } from '../cause.js';
import { canonical } from '../fingerprint.js';
import { story } from '../story.js';
import {
  flxpointOrder as contract,
  type FlxpointAt,
  type FlxpointLine,
  type FlxpointLines,
  type FlxpointMade,
  type FlxpointOrderResult,
  type FlxpointSeen,
  type FlxpointShip,
  type FlxpointVariant,
  type FlxpointWanted,
} from './contract.js';
import {
  areTagged,
  isOpen,
  isOver,
  names,
  shippedLines,
  toAcknowledge,
  whatIsLate,
  whyHeld,
  whyHeldBefore,
  whyRefused,
  wordsOf,
} from './standing.js';
import { flxpointSteps } from './steps.js';
import { lineIsCanceled, takingBack } from './taking-back.js';

/**
 * Lines of a Flxpoint order that is there already: each added once and tagged, and followed through its fulfillment
 * requests until it has shipped or was canceled. Taken back: through the fulfillment requests; where there is none, by a
 * person, with the order on hold meanwhile.
 */
export const flxpointOrder = story(contract, async (order, telling): Promise<FlxpointOrderResult> => {
  const { undo, once, until, knows } = telling;
  const fl = flxpointSteps(telling);
  const at: FlxpointAt = { connection: order.connection, reference: order.reference };
  knows({ order: at.reference });
  const lines: FlxpointMade[] = [];
  const { takeBackLine, cancelLines } = takingBack(telling, fl, at, lines);
  /** A cancel was answered, and not with "stopped": what goes on is to come to its end, not to grow. */
  let closing = false;

  await addAll(order.lines);
  telling.stop(async () => {
    const answer = await cancelLines();
    closing = answer.verdict !== 'stopped';
    return answer;
  });
  await followed();
  telling.noReturn('every line has shipped or was canceled');
  const fulfilled = await fl.readResult(at, lines, order.include ?? []);
  return { ...fulfilled, personInvolved: telling.personInvolved() };

  /** All products are known before the first line is added. */
  async function addAll(more: readonly FlxpointLine[]): Promise<void> {
    const seen = await expectOpenFor(more);
    const variants: FlxpointVariant[] = [];
    const problems: string[] = [];
    for (const line of more) {
      const found = await fl.findVariant(at, line, seen.channelId ?? null);
      if ('variant' in found) variants.push(found.variant);
      else if (areTagged(seen, [line])) variants.push(line.sku === undefined ? {} : { sku: line.sku });
      else problems.push(`line ${line.reference}: ${found.refused}`);
    }
    if (problems.length > 0) throw refuse('Rejected', problems.join('\n  '), { problems });
    for (const [index, line] of more.entries()) {
      await add(line, variants[index] ?? {}, areTagged(seen, [line]));
    }
  }

  async function add(line: FlxpointLine, variant: FlxpointVariant, tagged: boolean): Promise<void> {
    const want: FlxpointWanted = { line, variant, before: await fl.rememberItems(at) };
    if (closing) throw refuse('Rejected', `line ${line.reference} is not added any more: a cancel came first`);
    undo(lineIsCanceled(line.reference), (sent) => takeBackLine(want, sent));
    const made = await addedOnce(want);
    lines.push(made);
    knows({ [`line ${made.reference}`]: made.orderItemId });
    telling.settled('lines');
    if (!tagged) await fl.tagLine(at, made);
  }

  async function addedOnce(want: FlxpointWanted): Promise<FlxpointMade> {
    for (;;) {
      try {
        return await once(fl.findLine, fl.addLine, at, want);
      } catch (error) {
        // It may have been put on hold in the meantime; that passes.
        if (causeOf(error).type !== 'Rejected' || isOpen(await fl.readOrder(at))) throw error;
        await expectOpenFor([want.line]);
      }
    }
  }

  /** Waits until lines can be added. Those that a former run has added are taken whatever the order is now. */
  async function expectOpenFor(more: readonly FlxpointLine[]): Promise<FlxpointSeen> {
    for (;;) {
      const seen = await until<FlxpointSeen>({
        what: 'the order is Open',
        look: () => fl.readOrder(at),
        isTrue: (now) =>
          areTagged(now, more) || isOpen(now) || whyRefused(now) !== undefined || whyHeldBefore(now) !== undefined,
        says: (now) => `order ${now.orderStatus}`,
      });
      if (areTagged(seen, more)) return seen;
      const refused = whyRefused(seen);
      if (refused !== undefined) throw refuse('Rejected', refused);
      const held = whyHeldBefore(seen);
      if (held === undefined) return seen;
      await askToPutRight(held, whyHeldBefore);
    }
  }

  /** Waits for the end of all lines. */
  async function followed(): Promise<void> {
    // Each once: Flxpoint may show it later.
    const acknowledged = new Set<string>();
    const unacknowledged = (now: FlxpointSeen) => toAcknowledge(now, lines).filter((id) => !acknowledged.has(id));
    let hasShipped = false;
    const ships = (now: FlxpointSeen) => !hasShipped && shippedLines(now, lines).length > 0;
    for (;;) {
      const seen = await until<FlxpointSeen>({
        what: 'every line has shipped or is canceled',
        look: () => fl.readOrder(at),
        isTrue: (now) =>
          isOver(now, lines) || ships(now) || unacknowledged(now).length > 0 || whyHeld(now, lines) !== undefined,
        says: (now) => wordsOf(now, lines),
        late: (now, forMs) => whatIsLate(now, lines, forMs),
        serves: { addLines, ship },
      });
      if (ships(seen)) {
        hasShipped = true;
        telling.noReturn(`shipped: ${names(shippedLines(seen, lines))}`);
      }
      if (isOver(seen, lines)) return;
      for (const id of unacknowledged(seen)) {
        const { refused } = await fl.acknowledge(at, id);
        if (refused === undefined) acknowledged.add(id);
        else await askToPutRight(refused, (now) => (unacknowledged(now).includes(id) ? refused : undefined));
      }
      const held = whyHeld(seen, lines);
      if (held !== undefined) await askToPutRight(held, (now) => whyHeld(now, lines));
    }
  }

  /** Something at Flxpoint that only a person puts right; the hold ends when it has been. */
  async function askToPutRight(why: string, whyStill: (now: FlxpointSeen) => string | undefined): Promise<void> {
    await telling.ask<true>({
      question: `Put this right in Flxpoint: ${why}. The order goes on by itself when it is.`,
      facts: ['retry: look again'],
      answers: {
        retry: async () => ({ it: true }),
        abandon: async () => ({ end: refuse('Conflict', why) }),
      },
      happens: (now) => (whyStill(now as FlxpointSeen) === undefined ? true : undefined),
    });
  }

  async function addLines({ lines: more }: FlxpointLines): Promise<string> {
    const known = (line: FlxpointLine) =>
      order.lines.find(({ reference }) => reference.toLowerCase() === line.reference.toLowerCase());
    const other = more.filter((line) => known(line) !== undefined && canonical(known(line)) !== canonical(line));
    if (other.length > 0) {
      throw refuse('Rejected', `there is another line already: ${other.map(({ reference }) => reference).join(', ')}`);
    }
    const missing = more.filter((line) => known(line) === undefined);
    if (missing.length === 0) return 'they had been added before';
    const before = lines.length;
    try {
      await addAll(missing);
    } finally {
      const added = missing.filter(({ reference }) => lines.slice(before).some((made) => made.reference === reference));
      telling.amended({ ...order, lines: [...order.lines, ...added] });
    }
    return `added: ${names(lines.slice(before))}`;
  }

  async function ship(parcel: FlxpointShip): Promise<string> {
    const planned = await fl.planShipment(at, parcel, lines);
    if ('refused' in planned) throw refuse('Rejected', planned.refused);
    for (const each of planned.parcels) {
      const { refused } = each.toAcknowledge ? await fl.acknowledge(at, each.fulfillmentRequestId) : {};
      if (refused !== undefined) throw refuse('Rejected', refused);
      await once(fl.findShipment, fl.createShipment, at, each);
      telling.noReturn(`shipped: ${parcel.trackingNumber} is posted`);
    }
    return planned.parcels.length === 0 ? 'it had been posted before' : `${parcel.trackingNumber} is posted`;
  }
});
