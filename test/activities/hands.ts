import { MockActivityEnvironment } from '@temporalio/testing';
import { DefaultLogger } from '@temporalio/worker';
import { expect } from 'vitest';
import { failureType } from '../../src/activities/failure.js';
import { createSend } from '../../src/activities/http.js';
import { createLimiter } from '../../src/activities/limiter.js';
import type { Platform, Served } from '../../src/activities/platform.js';
import type { Read } from '../../src/workflows/contract.js';
import type { FailureDetails } from '../../src/workflows/failures.js';

const quiet = new DefaultLogger('ERROR');

/** Runs like the body of an activity, without Temporal's own line in the log for one that fails. */
function asActivity<T>(run: () => Promise<T>, startToCloseTimeoutMs: number): Promise<T> {
  return new MockActivityEnvironment({ startToCloseTimeoutMs, attempt: 1 }, { logger: quiet }).run(run);
}

/** A connection as a process serves it, without limits. */
export function serve({ name, settings }: Platform, raw: object, stateFolder = ''): Served {
  return {
    connection: { name: `${name}/acme`, platform: name, settings: settings.parse(raw) },
    send: createSend({ limiter: createLimiter({ windows: [], concurrency: 100 }) }),
    stateFolder,
    log: { info: () => undefined, warn: () => undefined },
    critical: (work) => work(),
  };
}

/**
 * The same functions, each run as an activity.
 *
 * @param startToCloseTimeoutMs how long an attempt may take; requests get a part of it
 */
export function inActivities<A extends object>(activities: A, startToCloseTimeoutMs = 5_000): A {
  return Object.fromEntries(
    Object.entries(activities).map(([name, step]) => [
      name,
      (...args: unknown[]) => asActivity(() => step(...args), startToCloseTimeoutMs),
    ]),
  ) as A;
}

export interface Failed {
  readonly type: string | undefined;
  readonly message: string;
}

/** The type and text of the failure that a step ends with. */
export async function failureOf(step: Promise<unknown>): Promise<Failed> {
  const { type, message } = await failedFully(step);
  return { type, message };
}

/** The failure with all that goes into the history. */
export async function failedFully(step: Promise<unknown>): Promise<Failed & { readonly details: FailureDetails }> {
  try {
    await step;
  } catch (error) {
    const [details = {}] = ((error as { details?: unknown[] }).details ?? []) as FailureDetails[];
    return { type: failureType(error), message: (error as Error).message, details };
  }
  throw new Error('the step did not fail');
}

/** The state of an order that was read by itself, which says when. */
export function stateOf<T extends object>({ readAt, ...state }: Read<T>): T {
  expect(readAt).toBeLessThanOrEqual(Date.now());
  return state as unknown as T;
}
