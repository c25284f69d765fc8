import { z } from 'zod';
import { failureType } from '../failure.js';
import type { Changed, Changes, News, Served } from '../platform.js';
import { changedFilters } from './client.js';
import { openFlxpoint } from './open.js';
import { readWhole } from './reading.js';
import type { ChangedThere } from './shapes.js';
import { seen } from './standing.js';

const MINUTE = 60_000;

/** Whether a filter takes in the very moment, and how late a change becomes readable, is not documented. */
const OVERLAP_MS = 2 * MINUTE;

/** Machines kept by NTP agree to well within this; the first question is by our clock, the others by Flxpoint's. */
const CLOCKS_DIFFER_MS = 5 * MINUTE;

/** At two requests a second, of which rounds get half, so many pages are read within twenty seconds. */
const PAGES_AT_ONCE = 20;

/** What was changed within the overlap comes again each time; so many of the newest are remembered, to pass them over. */
const MOST_REMEMBERED = 1_000;

/** An order's id as Flxpoint writes it. Hints come from outside, and this one becomes part of an address. */
const ORDER_ID = /^[1-9]\d{0,15}$/;

/** How far the questions have come. */
interface Position {
  /** Since when each filter asks, ISO. */
  readonly since: readonly string[];
  /** The filter that is being read, and its next page. */
  readonly filter: number;
  readonly page: number;
  /** The newest change that the filter has shown so far. */
  readonly newest?: string | undefined;
  /** When the orders of the overlap were changed, by their ids. */
  readonly known: Readonly<Record<string, string>>;
}

const position = z.object({
  since: z.array(z.string()).length(changedFilters.length),
  filter: z
    .int()
    .min(0)
    .max(changedFilters.length - 1),
  page: z.int().positive(),
  newest: z.string().optional(),
  known: z.record(z.string(), z.string()),
});

/**
 * A hint is the id of an order. What has changed is asked with three filters, one at a time, because nothing says how
 * they combine; the list tells which orders, and each is then read by itself.
 */
export function changesOf(served: Served): Changes {
  const { open, openBlind, settings } = openFlxpoint(served);
  return {
    async look(hint): Promise<readonly News[]> {
      const reference = hint.trim();
      if (!ORDER_ID.test(reference)) return [];
      try {
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
        for (const order of orders)
          if (at.known[order.id] !== changeOf(order) || changeOf(order) === '') hints.add(order.id);
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

/** A page was read. The next one may shift by what changes meanwhile; the overlap and the next round take that in. */
function read(at: Position, orders: readonly ChangedThere[]): Position {
  const times = [at.newest ?? '', ...orders.map(changeOf)].filter((time) => Number.isFinite(Date.parse(time)));
  const newest = times.reduce((one, other) => (Date.parse(other) > Date.parse(one) ? other : one), times[0] ?? '');
  const known = { ...at.known, ...Object.fromEntries(orders.map((order) => [order.id, changeOf(order)])) };
  return { ...at, page: at.page + 1, known, ...(newest === '' ? {} : { newest }) };
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

/** What no filter will show again need not be remembered. */
function remembered(known: Position['known'], since: readonly string[]): Position['known'] {
  const oldest = Math.min(...since.map((each) => Date.parse(each)));
  const still = Object.entries(known)
    .filter(([, time]) => Date.parse(time) >= oldest)
    .sort(([, one], [, other]) => Date.parse(other) - Date.parse(one));
  return Object.fromEntries(still.slice(0, MOST_REMEMBERED));
}
