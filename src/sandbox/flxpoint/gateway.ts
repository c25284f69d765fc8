import type { FastifyRequest } from 'fastify';
import { htmlPage } from '../answer.js';
import type { Admission } from '../exchange.js';
import { RecentRequests } from '../recent-requests.js';
import type { FlxpointLimits } from './options.js';
import { flxpointRefusals } from './refusals.js';
import { flxpointSeed } from './seed.js';
import type { Tenant } from './tenant.js';

const secondMs = 1_000;

export type TokenKind = 'account' | 'source' | 'channel';

/** Whose request it is. */
export interface Caller {
  kind: TokenKind;
  /** A name that may stand in a ledger; never the secret. */
  id: string;
  /** Of a source token. */
  sourceId: number | null;
  /** Of a channel token. */
  channelId: number | null;
}

/** The tokens of the account. They have no expiry. */
export class Tokens {
  readonly #callers: ReadonlyMap<string, Caller>;

  /** @param more account tokens beside the seeded one */
  constructor(more: readonly string[]) {
    const { tokens, sourceId, channelId } = flxpointSeed;
    this.#callers = new Map<string, Caller>([
      ...[tokens.account, ...more].map(
        (secret, index) =>
          [secret, { kind: 'account', id: `account-${index + 1}`, sourceId: null, channelId: null }] as const,
      ),
      [tokens.source, { kind: 'source', id: `source-${sourceId}`, sourceId, channelId: null }],
      [tokens.channel, { kind: 'channel', id: `channel-${channelId}`, sourceId: null, channelId }],
    ]);
  }

  identify(headers: FastifyRequest['headers']): Caller | null {
    return this.#callers.get(String(headers['x-api-token'])) ?? null;
  }
}

/** A request that found the bucket full. */
export interface ThrottleBreach {
  time: number;
  credential: string;
}

/** A second in which a token sent more than is documented, whether the bucket let it pass or not. */
export interface PaceBreach {
  /** When it ended: the request that was one too many. */
  time: number;
  credential: string;
  /** How many came in it. */
  requests: number;
}

interface Bucket {
  used: number;
  /** When `used` was right. */
  at: number;
  lastSecond: RecentRequests;
}

/** A leaky bucket for each token, which lets a burst pass; and a record of who relies on that. */
export class Throttle {
  readonly #buckets = new Map<string, Bucket>();
  readonly breaches: ThrottleBreach[] = [];
  readonly paceBreaches: PaceBreach[] = [];

  /** Counts a request; false when it may not pass. `now` with fractions of a millisecond. */
  admit(credential: string, now: number, { poolSize, perSecond }: FlxpointLimits): boolean {
    const bucket = this.#bucketOf(credential, now, perSecond);
    this.#judgePace(credential, bucket.lastSecond, now, perSecond);
    if (bucket.used + 1 > poolSize) {
      this.breaches.push({ time: Math.floor(now), credential });
      return false;
    }
    bucket.used += 1;
    return true;
  }

  headers(credential: string, now: number, { poolSize, perSecond }: FlxpointLimits): Record<string, string> {
    const { used } = this.#bucketOf(credential, now, perSecond);
    return {
      'x-auth-pool-size': String(poolSize),
      'x-auth-pool-used': String(Math.ceil(used)),
      'x-auth-replenished-per-second': String(perSecond),
    };
  }

  #bucketOf(credential: string, now: number, perSecond: number): Bucket {
    const bucket = this.#buckets.get(credential) ?? { used: 0, at: now, lastSecond: new RecentRequests(secondMs) };
    this.#buckets.set(credential, bucket);
    bucket.used = Math.max(0, bucket.used - ((now - bucket.at) / secondMs) * perSecond);
    bucket.at = now;
    return bucket;
  }

  #judgePace(credential: string, lastSecond: RecentRequests, now: number, perSecond: number): void {
    lastSecond.forget(now);
    lastSecond.add(now);
    if (lastSecond.count <= perSecond) return;
    this.paceBreaches.push({ time: Math.floor(now), credential, requests: lastSecond.count });
  }
}

/** Authentication, then the bucket of the token. Whether its kind may make the call is the call's to say. */
export function admit(tenant: Tenant, headers: FastifyRequest['headers']): Admission {
  const { clock, settings, throttle, tokens } = tenant;
  const caller = tokens.identify(headers);
  if (caller === null) {
    return {
      credential: null,
      refusal: settings.loginPage ? htmlPage : flxpointRefusals.unauthorized(),
      headers: {},
    };
  }
  const credential = caller.id;
  if (settings.throttle === 'off') return { credential, refusal: null, headers: {} };
  const now = clock.precise();
  const passes = throttle.admit(credential, now, settings.throttle);
  return {
    credential,
    refusal: passes ? null : flxpointRefusals.throttled(),
    headers: throttle.headers(credential, now, settings.throttle),
  };
}
