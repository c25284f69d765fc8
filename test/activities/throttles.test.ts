import { expect, test } from 'vitest';
import { stayAway } from '../../src/activities/call.js';
import { createSend } from '../../src/activities/http.js';
import { createLimiter } from '../../src/activities/limiter.js';
import type { Served } from '../../src/activities/platform.js';
import { Throttles } from '../../src/activities/throttles.js';

const later = () => performance.now() + 1;

test('refusals are counted until a request has succeeded', () => {
  const throttles = new Throttles();
  expect([later(), later(), later()].map((at) => throttles.again(at))).toEqual([1, 2, 3]);
  throttles.over(later());
  expect(throttles.again(later())).toBe(1);
});

test('those that were under way together are one, and what had left before them proves nothing', () => {
  const throttles = new Throttles();
  const before = performance.now() - 1;
  expect([before, before, before].map((at) => throttles.again(at))).toEqual([1, 1, 1]);
  throttles.over(before);
  expect(throttles.again(later())).toBe(2);
});

test('an account stays away twice as long for each refusal in a row, not for each attempt of a step', () => {
  const limiter = createLimiter({ windows: [] });
  const served = { send: createSend({ limiter }) } as unknown as Served;
  const dialect = {} as Parameters<typeof stayAway>[1]['dialect'];
  for (const least of [1, 2, 4]) {
    const ms = stayAway(served, { at: later(), dialect });
    expect(ms).toBeGreaterThanOrEqual(least * 1_000);
    expect(ms).toBeLessThanOrEqual(2 * least * 1_000);
    expect(limiter.state().pausedUntil).toBeGreaterThanOrEqual(Date.now() + ms - 100);
  }
});
