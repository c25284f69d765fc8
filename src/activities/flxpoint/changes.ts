import { z } from 'zod';
import { failureType } from '../failure.js';
import type { Changed, Changes, News, Served } from '../platform.js';
import { changedFilters } from './client.js';
import { openFlxpoint } from './open.js';
import { readWhole } from './reading.js';
import { may } from './rights.js';
import { type ChangedThere, ID } from './shapes.js';
import { seen } from './standing.js';
import { requestIn } from './webhook.js';

const MINUTE = 60_000;

/** Whether a filter takes in the very moment, and how late a change becomes readable, is not documented. */
const OVERLAP_MS = 2 * MINUTE;

/** Machines kept by NTP agree to well within this; the first question is by our clock, the others by Flxpoint's. */
const CLOCKS_DIFFER_MS = 5 * MINUTE;

/** At two requests a second, of which rounds get half, so many pages are read within twenty seconds. */
const PAGES_AT_ONCE = 20;

/** What was changed within the overlap comes again each time; so many of the newest are remembered, to pass them over. */
const MOST_REMEMBERED = 1_000;

/**
 * A change is named in two rounds before it is passed over: times are seconds, and the first time that it is read the
 * second of its change may not be over.
 */
const NAMED_IN_ROUNDS = 2;

/** How far the questions have come. */
interface Position {
  /** Since when each filter asks, ISO. */
  readonly since: readonly string[];
  /** The filter that is being read, and its next page. */
  readonly filter: number;
  readonly page: number;
  /** The newest change that the filter has shown so far. */
  readonly newest?: string | undefined;
  /** By their ids: when the orders of the overlap were changed, and in how many rounds before this one that was named. */
  readonly known: Readonly<Record<string, readonly [change: string, rounds: number]>>;
}

const position = z.object({
  since: z.array(z.string()).length(changedFilters.length),
  filter: z
    .int()
    .min(0)
    .max(changedFilters.length - 1),
  page: z.int().positive(),
  newest: z.string().optional(),
  known: z.record(z.string(), z.tuple([z.string(), z.number()])),
});

/**
 * A hint is the id of an order, or names a fulfillment request, which is then asked for its order. What has changed is
 * asked with three filters, one at a time, because nothing says how they combine; the list tells which orders, and each is
 * then read by itself.
 */
export function changesOf(served: Served): Changes {
  const { open, openBlind, settings } = openFlxpoint(served);

  /** Hints come from outside, and become part of an address. */
  async function orderOf(hint: string): Promise<string | undefined> {
    const requestId = requestIn(hint);
    if (requestId === undefined) return ID.test(hint) ? hint : undefined;
    if (!ID.test(requestId) || !may(settings, 'fulfillmentRequests.get')) return undefined;
    return (await openBlind().getRequest(requestId)).orderId;
  }

  return {
    async look(hint): Promise<readonly News[]> {
      try {
        const reference = await orderOf(hint.trim());
        if (reference === undefined) return [];
        const whole = await readWhole(open({ reference }), settings, reference);
        return [{ story: 'flxpointOrder', reference, state: seen(whole, settings) }];
      } catch (error) {
        if (failureType(error) === 'NotFound') return [];
        throw error;
      }
    },

    hintOf: (reference) => reference,

    async feed(cursor): Promise<Changed> {
      if (cursor === undefined) return { hints: [], cursor: JSON.stringify(beginning(Date.now())), more: false };
      const from: Position = position.parse(JSON.parse(cursor));
      const filter = changedFilters[from.filter] ?? changedFilters[0];
      const since = from.since[from.filter] ?? '';
      const client = openBlind();
      let at = from;
      const hints = new Set<string>();
      for (let pages = 0; pages < PAGES_AT_ONCE; pages++) {
        const orders = await client.changedOrders(filter, since, at.page);
        if (orders.length === 0) {
          const next = passed(at);
          return { hints: [...hints], cursor: JSON.stringify(next), more: next.filter !== 0 };
        }
        for (const order of orders) if (isNews(order, at.known)) hints.add(order.id);
        at = read(at, orders);
      }
      return { hints: [...hints], cursor: JSON.stringify(at), more: true };
    },
  };
}

function beginning(now: number): Position {
  const since = new Date(now - CLOCKS_DIFFER_MS).toISOString();
  return { since: changedFilters.map(() => since), filter: 0, page: 1, known: {} };
}

const changeOf = ({ modifiedAt, updatedAt }: ChangedThere): string => modifiedAt ?? updatedAt ?? '';

function isNews(order: ChangedThere, known: Position['known']): boolean {
  const [change, rounds] = known[order.id] ?? ['', 0];
  return change === '' || change !== changeOf(order) || rounds < NAMED_IN_ROUNDS;
}

/** A page was read. The next one may shift by what changes meanwhile; the overlap and the next round take that in. */
function read(at: Position, orders: readonly ChangedThere[]): Position {
  const known = { ...at.known };
  let { newest } = at;
  for (const order of orders) {
    const change = changeOf(order);
    if (known[order.id]?.[0] !== change) known[order.id] = [change, 0];
    newest = later(newest, change);
  }
  return { ...at, page: at.page + 1, known, newest };
}

/** The later of two times; what is no time is none. */
function later(one: string | undefined, other: string): string | undefined {
  if (!Number.isFinite(Date.parse(other))) return one;
  return one === undefined || Date.parse(other) > Date.parse(one) ? other : one;
}

/** A filter was read to its end: the next one follows, and the next time it asks from the newest that it has shown. */
function passed({ since, filter, newest, known }: Position): Position {
  const from = newest === undefined ? Number.NaN : Date.parse(newest) - OVERLAP_MS;
  const next = since.map((old, index) =>
    index === filter && from > Date.parse(old) ? new Date(from).toISOString() : old,
  );
  const end = (filter + 1) % changedFilters.length;
  return { since: next, filter: end, page: 1, known: end === 0 ? remembered(known, next) : known };
}

/** At the end of a round. What no filter will show again need not be remembered. */
function remembered(known: Position['known'], since: readonly string[]): Position['known'] {
  const oldest = Math.min(...since.map((each) => Date.parse(each)));
  const still = Object.entries(known)
    .filter(([, [change]]) => Date.parse(change) >= oldest)
    .sort(([, [one]], [, [other]]) => Date.parse(other) - Date.parse(one))
    .map(([id, [change, rounds]]) => [id, [change, Math.min(NAMED_IN_ROUNDS, rounds + 1)]] as const);
  return Object.fromEntries(still.slice(0, MOST_REMEMBERED));
}
