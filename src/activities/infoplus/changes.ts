import { reference } from '../../workflows/input.js';
import type { Changed, Changes, News, Served } from '../platform.js';
import { sameReference } from '../references.js';
import { PAGE } from './client.js';
import { ordersUnderAny } from './family.js';
import { text } from './filter.js';
import { LookUps } from './look-ups.js';
import { openInfoplus } from './open.js';
import { seen } from './standing.js';

/** What becomes visible later than it was changed is named by the next question. The search lags by 30 s at most. */
const OVERLAP_MS = 2 * 60_000;

/** Before anything there: where an account without orders begins. */
const EPOCH = 0;

/** How far a feed has come, as its cursor. */
interface Position {
  /** Changes of this moment and later, in milliseconds since 1970. */
  readonly since: number;
  /** In place of the next moment, where one moment fills a page: orders with a higher number. */
  readonly after?: string;
  /** The newest change that was seen on the way. */
  readonly newest?: number;
}

/**
 * A hint is a reference: back orders repeat it, so one look shows all that belongs to it. What is shown no more is news,
 * too: somebody may have deleted it.
 */
export function changesOf(served: Served): Changes {
  const infoplus = openInfoplus(served);
  const lookUps = new LookUps(infoplus);
  const { openBlind } = infoplus;

  async function look(hints: readonly string[]): Promise<News[]> {
    const references = hints.map((hint) => hint.trim()).filter((hint) => reference.safeParse(hint).success);
    if (references.length === 0) return [];
    const client = openBlind();
    const orders = await ordersUnderAny(client, await lookUps.lineOfBusiness(client), references);
    return references.map((ours) => ({
      story: 'infoplusOrder',
      reference: ours,
      state: seen(orders.filter(({ customerOrderNo }) => sameReference(customerOrderNo, ours))),
    }));
  }

  return {
    look: (hint) => look([hint]),
    hintOf: (reference) => reference,
    batch: { size: PAGE, look },

    /**
     * Goes by the moment of the change, from one page's last moment to the next page: pages by number would shift while
     * orders change. Orders of one moment that fill a page are gone through by their numbers, which never change.
     */
    async feed(cursor): Promise<Changed> {
      const client = openBlind();
      const lob = `lobId eq ${await lookUps.lineOfBusiness(client)}`;
      if (cursor === undefined) {
        const [newest] = await client.searchChanges(lob, '!modifyDate', 1);
        return { hints: [], cursor: cursorOf({ since: overlapped(momentOf(newest)) ?? EPOCH }), more: false };
      }
      const at = JSON.parse(cursor) as Position;
      const since = `${lob} and modifyDate gte ${text(new Date(at.since).toISOString())}`;
      const filter = at.after === undefined ? since : `${since} and orderNo gt ${at.after}`;
      const rows = await client.searchChanges(filter, at.after === undefined ? 'modifyDate' : 'orderNo');
      const hints = [...new Set(rows.flatMap(({ customerOrderNo }) => customerOrderNo ?? []))];
      const moments = [at.newest, ...rows.map(momentOf)].filter((moment) => moment !== undefined);
      const newest = moments.length === 0 ? undefined : Math.max(...moments);
      const last = rows[rows.length - 1];
      if (rows.length < PAGE || last === undefined) {
        return { hints, cursor: cursorOf({ since: overlapped(newest) ?? at.since }), more: false };
      }
      const lastMoment = momentOf(last);
      const advanced = at.after === undefined && lastMoment !== undefined && lastMoment > at.since;
      const after = advanced ? {} : { after: at.after === undefined ? '0' : last.orderNo };
      const next = { since: advanced ? lastMoment : at.since, ...after, ...(newest === undefined ? {} : { newest }) };
      return { hints, cursor: cursorOf(next), more: true };
    },
  };
}

const cursorOf = (position: Position): string => JSON.stringify(position);

const overlapped = (moment: number | undefined): number | undefined =>
  moment === undefined ? undefined : Math.max(EPOCH, moment - OVERLAP_MS);

/** A time without an offset is read as the filter's, in UTC. */
function momentOf(row: { readonly modifyDate: string | undefined } | undefined): number | undefined {
  const time = row?.modifyDate;
  if (time === undefined) return undefined;
  const moment = Date.parse(/(Z|[+-]\d\d:?\d\d)$/.test(time) ? time : `${time}Z`);
  return Number.isFinite(moment) ? moment : undefined;
}
