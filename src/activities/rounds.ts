import { fingerprint } from '../workflows/fingerprint.js';
import { paced, timing } from '../workflows/timing.js';
import { failureType } from './failure.js';
import { type OpenOrder, type Pass, passed, runningOrders, waitingOrders } from './open-orders.js';
import type { Changed } from './platform.js';
import { isRefusal, Reader, type Work } from './reader.js';

/** How far a round has come, and what the next one must know. */
export interface Position {
  /** When the round began, or is to begin, in milliseconds since 1970. */
  readonly from: number;
  /** While all waiting orders are read. */
  readonly pass?: Pass;
  /** Where the question what has changed goes on. */
  readonly cursor?: string;
  /** Named as changed, and not read yet: hints. */
  readonly left?: readonly string[];
  /** There is more to ask for in this round. */
  readonly more?: boolean;
  /** The latest answers to the question what has changed. */
  readonly heard?: readonly Heard[];
  /** The platform would not say what has changed, and is asked again then, in milliseconds since 1970. */
  readonly refusedUntil?: number;
}

/** An answer, and how often in a row it was the same. */
interface Heard {
  readonly cursor: string;
  readonly print: string;
  readonly times: number;
}

/**
 * A platform names the newest changes again with every question, because the next one overlaps the last. What it names
 * is read when it is first named, and in the round after, or two: by then also a change is seen that came right after the
 * first read, in the same tick of the platform's clock. The same answer for a third time names nothing that was not read
 * since it changed, so nothing else needs to be remembered.
 */
const READ_TIMES = 2;

/** Answers of one round are its pages; a platform that changes so much that there are more will not stand still. */
const MOST_HEARD = 20;

/** With more than that named at once, reading all is as quick; and they have to fit into a heartbeat. */
const MOST_LEFT = 1_000;

/** Goes on with a round, and yields how far it has come after each request. Ends with the round. */
export async function* goOn(work: Work, at: Position): AsyncGenerator<Position> {
  const reader = new Reader(work);
  let now = at.pass === undefined && !canFeed(work, at) ? { ...at, pass: { before: at.from } } : at;
  while (now.pass === undefined) {
    const next = await follow(work, reader, now);
    if (next === undefined) return;
    now = next;
    yield now;
  }
  yield* readWaiting(work, reader, now, now.pass);
}

/** One request of a round that asks what has changed; undefined when it is over. */
async function follow(work: Work, reader: Reader, now: Position): Promise<Position | undefined> {
  const { left, more } = now;
  if (left === undefined || (left.length === 0 && more)) return ask(work, reader, now);
  return left.length === 0 ? undefined : { ...now, left: left.slice(await reader.read(left)) };
}

async function* readWaiting(work: Work, reader: Reader, at: Position, from: Pass): AsyncGenerator<Position> {
  let pass = from;
  for await (const some of inParts(waitingOrders(work.client, work.connection, from), reader.most)) {
    for (let rest = some; rest.length > 0; ) {
      const done = await reader.read(rest.map((order) => reader.hintOf(order)));
      pass = rest.slice(0, done).reduce(passed, pass);
      rest = rest.slice(done);
      yield { ...at, pass };
    }
  }
}

/** What the next round must know. */
export function afterRound({ cursor, heard, refusedUntil }: Position, from: number): Position {
  return {
    from,
    ...(cursor === undefined ? {} : { cursor }),
    ...(heard === undefined ? {} : { heard }),
    ...(refusedUntil === undefined ? {} : { refusedUntil }),
  };
}

const canFeed = ({ changes }: Work, { refusedUntil = 0 }: Position): boolean =>
  changes.feed !== undefined && Date.now() >= refusedUntil;

/** Asks what has changed. Without a cursor, or where that is refused, all waiting orders are to be read. */
async function ask(
  work: Work,
  reader: Reader,
  { from, cursor, heard = [], refusedUntil }: Position,
): Promise<Position> {
  const { changes, connection, log, pace } = work;
  let changed: Changed;
  try {
    changed = (await changes.feed?.(cursor)) as Changed;
  } catch (error) {
    if (!isRefusal(error)) throw error;
    if (refusedUntil === undefined) {
      const why = { connection, type: failureType(error), reason: (error as Error).message };
      log.warn('the platform does not say what has changed: all waiting orders are read in each round', why);
    }
    return { from, pass: { before: from }, refusedUntil: Date.now() + paced(timing.feedAgain, pace) };
  }
  // Who starts after this looks for the first time after the cursor.
  const all = { from, cursor: changed.cursor, pass: { before: Date.now() } };
  if (cursor === undefined) return all;
  const print = fingerprint(changed);
  const last = heard.find((each) => each.cursor === cursor);
  const times = last?.print === print ? last.times + 1 : 1;
  const left = times > READ_TIMES ? [] : await namedOf(work, reader, changed);
  if (left.length > MOST_LEFT) return all;
  return {
    from,
    cursor: changed.cursor,
    left,
    // A platform that sends us back to where we were would be asked for ever.
    more: changed.more && changed.cursor !== cursor,
    heard: [...heard.filter((each) => each !== last), { cursor, print, times }].slice(-MOST_HEARD),
  };
}

/** The hints of our orders that are among those named. In capitals, as one order is one whatever the case. */
async function namedOf({ client, connection }: Work, reader: Reader, { hints }: Changed): Promise<string[]> {
  const ours = new Set<string>();
  if (hints.length === 0) return [];
  const named = new Set(hints.map((hint) => hint.toUpperCase()));
  for await (const order of runningOrders(client, connection)) {
    const hint = reader.hintOf(order);
    if ([hint, order.alias].some((name) => name !== undefined && named.has(name.toUpperCase()))) ours.add(hint);
  }
  return [...ours];
}

async function* inParts(orders: AsyncIterable<OpenOrder>, size: number): AsyncGenerator<OpenOrder[]> {
  let part: OpenOrder[] = [];
  for await (const order of orders) {
    part.push(order);
    if (part.length < size) continue;
    yield part;
    part = [];
  }
  if (part.length > 0) yield part;
}
