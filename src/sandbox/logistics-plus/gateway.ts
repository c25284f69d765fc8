import type { FastifyRequest } from 'fastify';
import type { Admission } from '../exchange.js';
import { RecentRequests } from '../recent-requests.js';
import { logisticsPlusRefusals } from './envelope.js';
import type { LogisticsPlusLimits } from './options.js';
import { logisticsPlusSeed } from './seed.js';
import type { Tenant } from './tenant.js';

const secondMs = 1_000;

/** A request above the limit. */
export interface ThrottleBreach {
  time: number;
  credential: string;
}

/** No more than so many requests of one key in any second. */
export class Throttle {
  readonly #recent = new Map<string, RecentRequests>();
  readonly breaches: ThrottleBreach[] = [];

  /** Counts a request; gives the seconds to wait when it may not pass. */
  admit(credential: string, now: number, limits: LogisticsPlusLimits | 'off'): number | null {
    if (limits === 'off') return null;
    const recent = this.#recent.get(credential) ?? new RecentRequests(secondMs);
    this.#recent.set(credential, recent);
    recent.forget(now);
    if (!recent.holds(limits.perSecond, now - secondMs)) {
      recent.add(now);
      return null;
    }
    this.breaches.push({ time: Math.floor(now), credential });
    return Math.ceil(((recent.oldest ?? now) + secondMs - now) / secondMs);
  }
}

/** A key: the organization is its own, or named by each request. */
interface Key {
  /** A name that may stand in a ledger; never the secret. */
  id: string;
  organization: string | null;
}

const organizations: ReadonlySet<string> = new Set([logisticsPlusSeed.slug, logisticsPlusSeed.otherSlug]);

/** The keys of the account. They have no expiry. */
export class Keys {
  readonly #keys: ReadonlyMap<string, Key>;

  constructor(more: readonly string[]) {
    const { apiKey, singleOrganizationApiKey, slug } = logisticsPlusSeed;
    this.#keys = new Map<string, Key>([
      ...[apiKey, ...more].map((secret, index) => [secret, { id: `key-${index + 1}`, organization: null }] as const),
      [singleOrganizationApiKey, { id: 'single-1', organization: slug }],
    ]);
  }

  /** Whose request it is; null when the key is unknown, or names no organization where it has to. */
  identify(headers: FastifyRequest['headers']): { credential: string; organization: string } | null {
    const key = this.#keys.get(String(headers['x-api-key']));
    const organization = key?.organization ?? String(headers['organization-slug']);
    return key !== undefined && organizations.has(organization) ? { credential: key.id, organization } : null;
  }
}

/** Authentication, then the limit of the key. */
export function admit(tenant: Tenant, headers: FastifyRequest['headers']): Admission {
  const caller = tenant.keys.identify(headers);
  if (caller === null) return { credential: null, refusal: logisticsPlusRefusals.unauthorized(), headers: {} };
  const { credential } = caller;
  const wait = tenant.throttle.admit(credential, tenant.clock.precise(), tenant.settings.throttle);
  return wait === null
    ? { credential, refusal: null, headers: {} }
    : { credential, refusal: logisticsPlusRefusals.throttled(), headers: { 'retry-after': String(wait) } };
}
