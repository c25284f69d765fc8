import type { Connection } from './connection.js';
import { createSend } from './http.js';
import { createLimiter, unusedState } from './limiter.js';
import { limitsOf } from './limits.js';
import type { Platform, Served } from './platform.js';

/**
 * A connection for the few requests of a command. They keep the account's limits among themselves, one at a time. The
 * process that serves the account does not count them: at its limit the platform may answer 429, which both obey.
 */
export function byHand(platform: Platform, connection: Connection, stateFolder: string): Served {
  const limits = limitsOf(platform, [connection]);
  const limiter = createLimiter({ ...limits, concurrency: 1, state: unusedState });
  const key = platform.key?.(connection).name;
  return {
    connection,
    send: createSend({ limiter: key === undefined ? limiter : limiter.withKey(key) }),
    stateFolder,
    log: { info: () => {}, warn: () => {} },
    critical: (work) => work(),
  };
}
