import { setTimeout as pause } from 'node:timers/promises';
import { failureType } from './failure.js';

/** One call that registers webhooks at a platform, or takes a registration out. */
export interface RegistrationAct {
  /** What it is about, for a person; nothing secret. */
  readonly what: string;
  /** It is registered, and the platform has switched it off. */
  readonly switchedOff?: boolean;
  send(): Promise<void>;
}

/** What it takes to have a connection's webhooks registered as they should be. */
export interface Registered {
  /** Empty: all is there, and as it should be. */
  readonly missing: readonly RegistrationAct[];
  /** Takes out what else is registered for the connection: what goes to an earlier path of it, or would come twice. */
  readonly stale: readonly RegistrationAct[];
}

/** How a platform registers the webhooks of one connection at one address. */
export interface Registration {
  /** Asks the platform what is registered there. */
  look(): Promise<Registered>;
}

/** What came of it, in the words of the acts. */
export interface RegistrationOutcome {
  /** Empty: all was there before. */
  readonly registered: readonly string[];
  /** What is stale and is still there. */
  readonly stale: readonly string[];
  readonly removed: readonly string[];
}

interface RegisterOptions {
  readonly removeStale: boolean;
  readonly onlySwitchedOff?: boolean;
  readonly settleMs?: number;
}

/** What a platform still works on when an answer gets lost is done by then, as a rule. A webhook told twice does no harm. */
const SETTLE_MS = 5_000;

/** Once more after a lost answer or a full limit; whoever needs a third has a platform that does not answer. */
const MOST_LOOKS = 3;

/**
 * Registers what is missing: twice is as good as once, and what was lost on the way is looked for before it is sent again.
 *
 * @param removeStale whether what is stale is taken out as well, after the rest
 * @param onlySwitchedOff nothing but what the platform has switched off: the rest may be as a newer configuration wants it
 */
export async function register(
  registration: Registration,
  { removeStale, onlySwitchedOff = false, settleMs = SETTLE_MS }: RegisterOptions,
): Promise<RegistrationOutcome> {
  const registered = new Set<string>();
  const removed = new Set<string>();
  for (let looks = 1; ; looks += 1) {
    const { missing, stale } = await registration.look();
    try {
      for (const { what, send } of onlySwitchedOff ? missing.filter((act) => act.switchedOff) : missing) {
        registered.add(what);
        await send();
      }
      for (const { what, send } of removeStale ? stale : []) {
        removed.add(what);
        await send();
      }
      const left = removeStale ? [] : stale.map(({ what }) => what);
      return { registered: [...registered], stale: left, removed: [...removed] };
    } catch (error) {
      if (!passes(error) || looks === MOST_LOOKS) throw error;
      await pause(settleMs);
    }
  }
}

/** Lost on the way, or one too many beside the process that serves the account: a later look may go through. */
function passes(error: unknown): boolean {
  const type = failureType(error);
  return type === 'OutcomeUnknown' || type === 'Unavailable' || type === 'RateLimited';
}

/**
 * Where a registered address leads, seen from ours: `same` is ours, `earlier` differs from it in nothing but what is secret,
 * the last part of the path and the query.
 */
export function whither(registered: string, address: string): 'same' | 'earlier' | 'elsewhere' {
  if (!URL.canParse(registered)) return 'elsewhere';
  const [there, ours] = [new URL(registered), new URL(address)];
  if (there.href === ours.href) return 'same';
  return beforeSecret(there) === beforeSecret(ours) ? 'earlier' : 'elsewhere';
}

const beforeSecret = ({ origin, pathname }: URL): string => origin + pathname.slice(0, pathname.lastIndexOf('/') + 1);
