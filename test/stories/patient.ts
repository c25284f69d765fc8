import { setTimeout as pause } from 'node:timers/promises';
import { isGrpcServiceError, ServiceError, WorkflowUpdateRPCTimeoutOrCancelledError } from '@temporalio/client';
import { NoWorkerError } from '../../src/client.js';

/** A server that was killed is back after two or three seconds. */
const AGAIN_AFTER_MS = 500;

/** Nobody was there to answer; the same question is answered later. */
const isPassing = (error: unknown): boolean =>
  error instanceof NoWorkerError ||
  error instanceof ServiceError ||
  error instanceof WorkflowUpdateRPCTimeoutOrCancelledError ||
  isGrpcServiceError(error);

/** Asks until somebody answers, as a good client does while servers and workers come and go. */
export async function patiently<T>(ask: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (!isPassing(error)) throw error;
      await pause(AGAIN_AFTER_MS);
    }
  }
}

/** For one who asks again anyway. @returns undefined when nobody was there to answer */
export const unlessAway = <T>(answer: Promise<T>): Promise<T | undefined> =>
  answer.catch((error: unknown) => {
    if (!isPassing(error)) throw error;
    return undefined;
  });

/** The same object, each of whose asynchronous methods asks patiently. */
export const patient = <T extends object>(asked: T): T =>
  new Proxy(asked, {
    get(of, name) {
      const member = Reflect.get(of, name, of);
      if (typeof member !== 'function') return member;
      return (...args: unknown[]) => patiently(async () => member.apply(of, args));
    },
  });
