import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Kept } from '../../src/activities/kept.js';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance'] });
});
afterEach(() => {
  vi.useRealTimers();
});

/** Reads that answer with how often was read. */
function counted() {
  let reads = 0;
  return async () => {
    reads += 1;
    return reads;
  };
}

test('an answer is kept for its time, by key; who asks meanwhile shares one read', async () => {
  const kept = new Kept<number>(1_000);
  const read = counted();
  expect(await Promise.all([kept.get('a', read), kept.get('a', read), kept.get('b', read)])).toEqual([1, 1, 2]);
  vi.advanceTimersByTime(999);
  expect(await kept.get('a', read)).toBe(1);
  vi.advanceTimersByTime(1);
  expect(await kept.get('a', read)).toBe(3);
});

test('a read that failed is not kept', async () => {
  const kept = new Kept<number>(1_000);
  await expect(kept.get('a', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(await kept.get('a', counted())).toBe(1);
});

test('what was found wanting is read anew, once, however many found it so', async () => {
  const kept = new Kept<number>(1_000);
  const read = counted();
  const first = kept.get('a', read);
  await first;
  kept.drop('a', first);
  const second = kept.get('a', read);
  kept.drop('a', first);
  expect(await kept.get('a', read)).toBe(2);
  expect(kept.get('a', read)).toBe(second);
});
