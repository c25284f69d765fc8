import type { FastifyRequest } from 'fastify';
import type { Admission } from '../exchange.js';
import { RecentRequests } from '../recent-requests.js';
import type { InfoplusLimits } from './options.js';
import { infoplusRefusals } from './refusals.js';
import { infoplusSeed } from './seed.js';
import type { Site } from './site.js';

const secondMs = 1_000;

/** A request above a limit. */
export interface ThrottleBreach {
  time: number;
  credential: string;
  limit: 'key' | 'site';
}

/** No more than so many requests in any second: of one key, and of the whole site. Only what was let in counts. */
export class Throttle {
  readonly #ofKey = new Map<string, RecentRequests>();
  readonly #ofSite = new RecentRequests(secondMs);
  readonly breaches: ThrottleBreach[] = [];

  /** Counts a request; false when it may not pass. `now` with fractions of a millisecond. */
  admit(credential: string, now: number, limits: InfoplusLimits | 'off'): boolean {
    if (limits === 'off') return true;
    const ofKey = this.#ofKey.get(credential) ?? new RecentRequests(secondMs);
    this.#ofKey.set(credential, ofKey);
    for (const recent of [ofKey, this.#ofSite]) recent.forget(now);
    const full = ofKey.holds(limits.perKey, now - secondMs)
      ? 'key'
      : this.#ofSite.holds(limits.perSite, now - secondMs)
        ? 'site'
        : null;
    if (full !== null) {
      this.breaches.push({ time: Math.floor(now), credential, limit: full });
      return false;
    }
    for (const recent of [ofKey, this.#ofSite]) recent.add(now);
    return true;
  }
}

/** The keys of the site, each of a user. They have no expiry. */
export class Keys {
  readonly #users: ReadonlyMap<string, string>;

  constructor(more: readonly string[]) {
    const { apiKey, otherApiKey } = infoplusSeed;
    this.#users = new Map([apiKey, otherApiKey, ...more].map((secret, index) => [secret, `user-${index + 1}`]));
  }

  /** A name that may stand in a ledger, never the secret; null when the key is unknown. */
  userOf(headers: FastifyRequest['headers']): string | null {
    return this.#users.get(String(headers['api-key'])) ?? null;
  }
}

/** Authentication, then the limits. Whether a refusal says how long to wait is not known: it does not. */
export function admit(site: Site, headers: FastifyRequest['headers']): Admission {
  const credential = site.keys.userOf(headers);
  if (credential === null) return { credential, refusal: infoplusRefusals.unauthorized(), headers: {} };
  const passes = site.throttle.admit(credential, site.clock.precise(), site.settings.throttle);
  return { credential, refusal: passes ? null : infoplusRefusals.throttled(), headers: {} };
}
