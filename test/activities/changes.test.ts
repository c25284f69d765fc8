import { MockActivityEnvironment } from '@temporalio/testing';
import { DefaultLogger } from '@temporalio/worker';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { changeActivities } from '../../src/activities/changes.js';
import { failure } from '../../src/activities/failure.js';
import { Book, CONNECTION, log } from './order-book.js';

let book: Book;
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'] });
  book = new Book().waiting(9);
});
afterEach(() => {
  vi.useRealTimers();
});

const MINUTE = 60_000;

/** Runs one attempt of the activity from where the last one was; it never completes. Answers the pause that it asks for. */
async function attempt(): Promise<number> {
  const { client, changes } = book.work;
  const heartbeatDetails = book.beats[book.beats.length - 1];
  const environment = new MockActivityEnvironment({ heartbeatDetails }, { client, logger: new DefaultLogger('ERROR') });
  const { round } = changeActivities(CONNECTION, changes, 1, log);
  const ended = await environment.run(round).catch((error: unknown) => error);
  expect(ended).toMatchObject({ type: 'Unavailable', category: 'BENIGN', nonRetryable: false });
  return (ended as { nextRetryDelay: number }).nextRetryDelay;
}

test('a round is followed by the next one a quarter of an hour later, from the cursor that the heartbeat keeps', async () => {
  book.withFeed().inBatchesOf(5);
  const pause = await attempt();
  expect(pause).toBeGreaterThan(13 * MINUTE);
  expect(pause).toBeLessThan(17 * MINUTE);
  expect(book.requests).toEqual(['feed from nowhere', 'batch of 5', 'batch of 4']);
  vi.advanceTimersByTime(10 * MINUTE);
  const rest = await attempt();
  expect(Math.abs(rest - (pause - 10 * MINUTE))).toBeLessThan(1_000);
  vi.advanceTimersByTime(rest);
  await attempt();
  expect(book.requests.slice(3)).toEqual(['feed from 0']);
});

test('a slice ends after half a minute, and the next one goes on at once', async () => {
  book.answerMs = 10_000;
  expect(await attempt()).toBe(1);
  expect(book.requests).toEqual(['look O8', 'look O7', 'look O6', 'look O5']);
  expect(await attempt()).toBe(1);
  expect(await attempt()).toBeGreaterThan(10 * MINUTE);
  expect(book.read).toEqual(['O8', 'O7', 'O6', 'O5', 'O4', 'O3', 'O2', 'O1', 'O0']);
  expect(book.beats.length).toBeGreaterThan(8);
});

test('a platform that cannot be asked now is asked again when it says, from there', async () => {
  book.fails.set('O5', [failure('RateLimited', 'later', {}, { retryAfterMs: 7_000 }), failure('NotAuthorized', 'no')]);
  expect(await attempt()).toBe(7_000);
  expect(await attempt()).toBe(MINUTE);
  expect(await attempt()).toBeGreaterThan(10 * MINUTE);
  expect(book.read).toHaveLength(9);
});
