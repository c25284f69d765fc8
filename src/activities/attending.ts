import type { Context } from '@temporalio/activity';
import type { ApplicationFailure } from '@temporalio/common';
import type { ActivityInterceptorsFactory } from '@temporalio/worker';
import { paced, timing } from '../workflows/timing.js';
import { failureType, retriedAfter } from './failure.js';

/** Two beats may be lost before the server takes the process for dead. */
const BEATS_PER_TIMEOUT = 3;

/**
 * What goes with every activity. It beats while it runs, so that the death of its process is seen after its heartbeat
 * time-out instead of after the whole attempt; the first beat comes late enough that a quick step sends none. And a
 * refusal of the credentials is tried again minutes later, unless the platform's hands know better.
 */
export const attending =
  (pace: number): ActivityInterceptorsFactory =>
  (context: Context) => ({
    inbound: {
      async execute(input, next) {
        const timeout = context.info.heartbeatTimeoutMs;
        const timer = timeout ? setInterval(() => context.heartbeat(), timeout / BEATS_PER_TIMEOUT) : undefined;
        try {
          return await next(input);
        } catch (error) {
          throw failureType(error) === 'NotAuthorized'
            ? retriedAfter(error as ApplicationFailure, paced(timing.notAuthorized, pace))
            : error;
        } finally {
          clearInterval(timer);
        }
      },
    },
  });
