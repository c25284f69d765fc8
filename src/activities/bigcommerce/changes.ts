import { z } from 'zod';
import { hintOfOrder, orderIn } from '../../workflows/bigcommerce/hints.js';
import { reference } from '../../workflows/input.js';
import { failureType } from '../failure.js';
import type { Changed, Changes, News, Served } from '../platform.js';
import { MARKS } from './adopt.js';
import { type BigcommerceClient, PAGE } from './client.js';
import { openBigcommerce } from './open.js';
import { ID, type OrderThere } from './shapes.js';
import { goneAt, inOrder, seen, standingAt, under } from './standing.js';

const SECOND = 1_000;

/** A filter may lag by half a minute; what becomes visible later than it was changed is named by the next question. */
const OVERLAP_MS = 120 * SECOND;

/** Archived orders are shown no more; of so many it is remembered whose they were. */
const MOST_REMEMBERED = 5_000;

/** How far a feed has come, as its cursor. */
interface Position {
  /** Changes of this moment and later, in milliseconds since 1970. */
  readonly since: number;
  /** The next page of that moment, where one moment fills a page. */
  readonly page?: number | undefined;
  /** The newest change that was seen on the way. */
  readonly newest?: number | undefined;
}

const position = z.object({
  since: z.number(),
  page: z.int().positive().optional(),
  newest: z.number().optional(),
});

/**
 * A hint is a reference, or names an order of the store, whose references are then looked up: its `external_order_id`, and
 * the mark of one that was taken over.
 */
export function changesOf(served: Served): Changes {
  const { openBlind } = openBigcommerce(served);
  const remembered = new Map<string, string>();

  function remember(orderId: string, ours: string): void {
    remembered.delete(orderId);
    remembered.set(orderId, ours);
    const [oldest] = remembered.keys();
    if (remembered.size > MOST_REMEMBERED && oldest !== undefined) remembered.delete(oldest);
  }

  /** Everything that carries a reference. Empty: nothing is shown, which is no news. */
  async function newsOf(store: BigcommerceClient, ours: string): Promise<News[]> {
    const orders = await under(store, ours);
    const marked = orders.length > 0 ? [] : await store.marks(MARKS, ours);
    const taken = await Promise.all(marked.map((mark) => standingAt(store, mark.resource_id)));
    const all = inOrder([...seen(orders).orders, ...taken]);
    for (const { orderId } of all.orders) remember(orderId, ours);
    return all.orders.length === 0 ? [] : [{ story: 'bigcommerceOrder', reference: ours, state: all }];
  }

  /** An order that is shown no more was archived: that is news for whoever waits for it. */
  async function newsOfOrder(store: BigcommerceClient, orderId: string): Promise<News[]> {
    let order: OrderThere;
    try {
      order = await store.getOrder(orderId);
    } catch (error) {
      if (failureType(error) !== 'NotFound') throw error;
      const ours = remembered.get(orderId);
      const state = inOrder([goneAt(orderId)]);
      return ours === undefined ? [] : [{ story: 'bigcommerceOrder', reference: ours, state }];
    }
    const external = order.external_order_id.trim();
    if (external === '') return [];
    const marks = await store.metafieldsOf(orderId, MARKS);
    const news = await Promise.all(
      referencesIn([external, ...marks.map(({ key }) => key)]).map((ours) => newsOf(store, ours)),
    );
    return news.flat();
  }

  return {
    look(hint): Promise<readonly News[]> {
      const { store } = openBlind();
      const orderId = orderIn(hint.trim());
      if (orderId === undefined) return referencesIn([hint]).length === 0 ? none() : newsOf(store, hint.trim());
      return ID.test(orderId) ? newsOfOrder(store, orderId) : none();
    },

    hintOf: (ours) => ours,

    /**
     * Goes by the moment of the change, from one page's last moment to the next page: pages by number would shift while
     * orders change. Only a moment that fills a page is gone through by number.
     */
    async feed(cursor): Promise<Changed> {
      const { store } = openBlind();
      if (cursor === undefined) {
        const since = (await store.time()) * SECOND - OVERLAP_MS;
        return { hints: [], cursor: JSON.stringify({ since }), more: false };
      }
      const at: Position = position.parse(JSON.parse(cursor));
      const rows = await store.listOrders({
        min_date_modified: new Date(at.since).toISOString(),
        sort: 'date_modified:asc',
        limit: PAGE,
        page: at.page ?? 1,
      });
      const hints = hintsOf(rows);
      const moments = rows.map(momentOf).filter((moment) => moment !== undefined);
      const newest = moments.length === 0 ? at.newest : Math.max(at.newest ?? 0, ...moments);
      if (rows.length < PAGE) {
        const since = newest === undefined ? at.since : Math.max(at.since, newest - OVERLAP_MS);
        return { hints, cursor: JSON.stringify({ since }), more: false };
      }
      const last = moments[moments.length - 1];
      const next: Position =
        last !== undefined && last > at.since
          ? { since: last, newest }
          : { since: at.since, page: (at.page ?? 1) + 1, newest };
      return { hints, cursor: JSON.stringify(next), more: true };
    },
  };
}

const none = async (): Promise<News[]> => [];

/** What can be a reference of ours. */
const referencesIn = (texts: readonly string[]): string[] =>
  [...new Set(texts.map((each) => each.trim()))].filter((each) => reference.safeParse(each).success);

/**
 * The references of changed orders, and their ids: by its id an order is named that was taken over under another
 * reference of the store's. Its mark is asked of nobody, however many there are.
 */
const hintsOf = (rows: readonly OrderThere[]): string[] =>
  rows
    .filter(({ external_order_id }) => external_order_id.trim() !== '')
    .flatMap(({ id, external_order_id }) => [...referencesIn([external_order_id]), hintOfOrder(id)]);

function momentOf({ date_modified }: OrderThere): number | undefined {
  const moment = Date.parse(date_modified);
  return Number.isFinite(moment) ? moment : undefined;
}
