import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { createSend, type Send } from '../src/activities/http.js';
import { createLimiter, type Lane, type Limiter, unusedState, type Window } from '../src/activities/limiter.js';

/** What was asked of the limiter: bursts with idle gaps between them, then all the rest at once. */
export interface LimiterLoad {
  readonly windows: readonly Window[];
  /** Of each key of the account, where there are several: the requests go round them. */
  readonly keys?: readonly (readonly Window[])[];
  readonly requests: number;
}

export interface LimiterMeasurement {
  readonly requests: number;
  /** Requests that came when the server had already seen `limit` within a window, of all or of their key. */
  readonly breaches: number;
  /**
   * Of the time that the backlog took: what the windows alone would have made it take. 1 is perfect. Until only rounds
   * are left, which get half of the limit at most and leave the rest unused on purpose.
   */
  readonly shareOfRate: number;
  readonly seconds: number;
  /** How often a request was sent away by the limiter, on average. */
  readonly sentAway: number;
}

/** Keap's limits as they are: more than four minutes. */
export const fullLoad: LimiterLoad = {
  windows: [
    { limit: 10, perMs: 1_000 },
    { limit: 240, perMs: 60_000 },
  ],
  requests: 1_000,
};

/** Two a second, the limit that is assumed for a warehouse: more than eight minutes. */
export const fullWarehouseLoad: LimiterLoad = { windows: [{ limit: 2, perMs: 1_000 }], requests: 1_000 };

/** Four keys of one Infoplus site, three a second each and ten together: not two minutes. */
export const fullSiteLoad: LimiterLoad = {
  windows: [{ limit: 10, perMs: 1_000 }],
  keys: Array.from({ length: 4 }, () => [{ limit: 3, perMs: 1_000 }]),
  requests: 1_000,
};

/** The same, ten times as fast. */
export const quickSiteLoad: LimiterLoad = {
  windows: [{ limit: 10, perMs: 100 }],
  keys: Array.from({ length: 4 }, () => [{ limit: 3, perMs: 100 }]),
  requests: 500,
};

/** That of a warehouse, twenty times as fast. */
export const quickWarehouseLoad: LimiterLoad = { windows: [{ limit: 2, perMs: 50 }], requests: 500 };

/** The same shape, ten times as fast: half a minute. */
export const quickLoad: LimiterLoad = {
  windows: [
    { limit: 100, perMs: 1_000 },
    { limit: 240, perMs: 6_000 },
  ],
  requests: 1_000,
};

/** The server's own time for an answer. */
const LATENCY_MS = { least: 5, most: 60 };

/** Mostly what orders wait for; rounds take their tenth, as they are let in when everybody else waits too. */
const lanes: readonly Lane[] = ['read', 'write', 'read', 'write', 'read', 'undo', 'read', 'write', 'read', 'round'];

/** From a refusal's own time to the next attempt, as Temporal would make it. */
const REDELIVERY_MS = 20;

/** A twentieth of the requests each; with a gap that the short window forgets, and one that it does not. */
const BURSTS = [{ gapMs: 1_300 }, { gapMs: 400 }];

/** Sends real requests over real sockets to a server that counts them in its own clock. */
export async function measureLimiter({ windows, keys = [], requests }: LimiterLoad): Promise<LimiterMeasurement> {
  const arrivals: Moment[] = [];
  const server = createServer((request, response) => {
    const { 'x-key': key = 0, 'x-lane': lane } = request.headers;
    arrivals.push({ at: performance.now(), key: Number(key), lane: lane as Lane });
    setTimeout(() => response.end('{}'), LATENCY_MS.least + Math.random() * (LATENCY_MS.most - LATENCY_MS.least));
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const byName = new Map(keys.map((each, key) => [String(key), each]));
  const limiter = createLimiter({ windows, keys: byName, state: unusedState });
  const sends = keys.length === 0 ? [createSend({ limiter })] : keys.map((_, key) => sendWith(limiter, key));
  const asked: Moment[] = [];
  const sending: Promise<number>[] = [];
  const ask = (count: number): void => {
    for (let i = 0; i < count; i += 1) {
      const key = asked.length % sends.length;
      // The next lane with every turn of the keys, so that each key has all of them.
      const lane = lanes[Math.ceil((asked.length + 1) / sends.length) % lanes.length] ?? 'read';
      asked.push({ at: performance.now(), key, lane });
      sending.push(sendInTurn(sends[key] as Send, url, key, lane));
    }
  };
  for (const { gapMs } of BURSTS) {
    ask(Math.floor(requests / 20));
    await sleep(gapMs);
  }
  const backlogFrom = performance.now();
  ask(requests - asked.length);
  const sentAway = (await Promise.all(sending)).reduce((sum, each) => sum + each, 0) / requests;
  server.close();
  const last = arrivals.findLastIndex(({ lane }) => lane !== 'round');
  const took = (arrivals[last]?.at ?? 0) - backlogFrom;
  const breachesOf = (key: number): number => countBreaches(momentsOf(arrivals, key), keys[key] ?? []);
  return {
    requests: arrivals.length,
    breaches: keys.reduce((sum, _, key) => sum + breachesOf(key), countBreaches(momentsOf(arrivals), windows)),
    shareOfRate: ((idealMoments(asked, windows, keys)[last] ?? 0) - backlogFrom) / took,
    seconds: ((arrivals.at(-1)?.at ?? 0) - backlogFrom) / 1_000,
    sentAway,
  };
}

/** When a request was asked for or came, and with which key. */
interface Moment {
  readonly at: number;
  readonly key: number;
  readonly lane: Lane;
}

const momentsOf = (moments: readonly Moment[], of?: number): number[] =>
  moments.filter(({ key }) => of === undefined || key === of).map(({ at }) => at);

const sendWith = (limiter: Limiter, key: number): Send => createSend({ limiter: limiter.withKey(String(key)) });

/** Resolves to how often the limiter sent it away before. */
async function sendInTurn(send: Send, url: string, key: number, lane: Lane): Promise<number> {
  const headers = { 'x-key': String(key), 'x-lane': lane };
  for (let sentAway = 0; ; sentAway += 1) {
    try {
      await send({ operation: 'bench', method: 'GET', url, headers, effect: 'read', lane, timeoutMs: 10_000 });
      return sentAway;
    } catch (error) {
      const { nextRetryDelay } = error as { nextRetryDelay?: number };
      if (nextRetryDelay === undefined) throw error;
      await sleep(nextRetryDelay + REDELIVERY_MS);
    }
  }
}

/** Those of these moments, in ascending order, that come within a window of the one that is `limit` places before. */
export function breachesIn(arrivals: readonly number[], windows: readonly Window[]): number[] {
  return arrivals.filter((at, i) =>
    windows.some(({ limit, perMs }) => at - (arrivals[i - limit] ?? Number.NEGATIVE_INFINITY) < perMs),
  );
}

export const countBreaches = (arrivals: readonly number[], windows: readonly Window[]): number =>
  breachesIn(arrivals, windows).length;

/** When the requests that were asked for would be sent if nothing but the windows took time. In ascending order. */
function idealMoments(
  asked: readonly Moment[],
  windows: readonly Window[],
  keys: readonly (readonly Window[])[],
): number[] {
  const all: number[] = [];
  const byKey = keys.map((): number[] => []);
  const free = (sent: readonly number[], kept: readonly Window[]): number =>
    Math.max(0, ...kept.map(({ limit, perMs }) => (sent.at(-limit) ?? Number.NEGATIVE_INFINITY) + perMs));
  for (const { at, key } of asked) {
    const moment = Math.max(at, free(all, windows), free(byKey[key] ?? [], keys[key] ?? []));
    all.push(moment);
    byKey[key]?.push(moment);
  }
  return all.toSorted((one, other) => one - other);
}
