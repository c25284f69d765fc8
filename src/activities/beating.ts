import type { Context } from '@temporalio/activity';
import type { ActivityInterceptorsFactory } from '@temporalio/worker';

/** Two beats may be lost before the server takes the process for dead. */
const BEATS_PER_TIMEOUT = 3;

/**
 * Every activity beats while it runs, so that the death of its process is seen after its heartbeat time-out instead of
 * after the whole attempt. The first beat comes late enough that a quick step sends none.
 */
export const beating: ActivityInterceptorsFactory = (context: Context) => ({
  inbound: {
    async execute(input, next) {
      const timeout = context.info.heartbeatTimeoutMs;
      const timer = timeout ? setInterval(() => context.heartbeat(), timeout / BEATS_PER_TIMEOUT) : undefined;
      try {
        return await next(input);
      } finally {
        clearInterval(timer);
      }
    },
  },
});
