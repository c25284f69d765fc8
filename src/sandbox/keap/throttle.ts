import { RecentRequests } from '../recent-requests.js';
import type { Credential } from './accounts.js';
import type { KeapLimits, KeapSettings } from './options.js';

const secondMs = 1_000;
const minuteMs = 60_000;
const dayMs = 86_400_000;

export type ThrottleWindow = 'second' | 'minute' | 'day';

/** A request above a limit. */
export interface ThrottleBreach {
  time: number;
  credential: string;
  window: ThrottleWindow;
}

/** What one credential has used. Only requests that were let in count. */
interface Usage {
  lastMinute: RecentRequests;
  day: number;
  usedToday: number;
}

/** Keap's gateway: no more than so many requests in any second, any minute, and a day of UTC. */
export class Throttle {
  readonly #usage = new Map<string, Usage>();
  readonly breaches: ThrottleBreach[] = [];

  /** Counts a request; names the window that is full when it may not pass. `now` with fractions of a millisecond. */
  admit(credential: Credential, now: number, settings: KeapSettings): ThrottleWindow | null {
    const limits = limitsOf(credential, settings);
    if (limits === null) return null;
    const usage = this.#usageOf(credential, now);
    const full = fullWindow(usage, limits, now);
    if (full === null) {
      usage.lastMinute.add(now);
      usage.usedToday += 1;
    } else {
      this.breaches.push({ time: Math.floor(now), credential: credential.id, window: full });
    }
    return full;
  }

  /** The gateway's headers; they say nothing of the second, for which Keap has none. */
  headers(credential: Credential, now: number, settings: KeapSettings): Record<string, string> {
    const limits = limitsOf(credential, settings);
    if (limits === null) return {};
    const usage = this.#usageOf(credential, now);
    return {
      ...group('x-keap-product-quota', 'day', limits.perDay, usage.usedToday),
      'x-keap-product-quota-expiry-time': String((usage.day + 1) * dayMs),
      ...group('x-keap-product-throttle', 'minute', limits.perMinute, usage.lastMinute.count),
    };
  }

  #usageOf(credential: Credential, now: number): Usage {
    let usage = this.#usage.get(credential.id);
    if (usage === undefined) {
      usage = { lastMinute: new RecentRequests(minuteMs), day: 0, usedToday: 0 };
      this.#usage.set(credential.id, usage);
    }
    forget(usage, now);
    return usage;
  }
}

function limitsOf(credential: Credential, settings: KeapSettings): KeapLimits | null {
  return settings.throttle === 'off' ? null : settings.throttle[credential.kind];
}

function fullWindow(usage: Usage, limits: KeapLimits, now: number): ThrottleWindow | null {
  if (usage.usedToday >= limits.perDay) return 'day';
  if (usage.lastMinute.holds(limits.perMinute, now - minuteMs)) return 'minute';
  if (usage.lastMinute.holds(limits.perSecond, now - secondMs)) return 'second';
  return null;
}

function forget(usage: Usage, now: number): void {
  const today = Math.floor(now / dayMs);
  if (usage.day !== today) {
    usage.day = today;
    usage.usedToday = 0;
  }
  usage.lastMinute.forget(now);
}

function group(prefix: string, unit: string, limit: number, used: number): Record<string, string> {
  return {
    [`${prefix}-limit`]: String(limit),
    [`${prefix}-time-unit`]: unit,
    [`${prefix}-interval`]: '1',
    [`${prefix}-available`]: String(Math.max(0, limit - used)),
    [`${prefix}-used`]: String(used),
  };
}
