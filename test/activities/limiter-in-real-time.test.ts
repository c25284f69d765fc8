import { expect, test } from 'vitest';
import { countBreaches, measureLimiter } from '../../bench/limiter.js';

// The bench at limits that take seconds: five times over the wider window, so that the queue outside takes part.
const windows = [
  { limit: 100, perMs: 1_000 },
  { limit: 150, perMs: 2_000 },
];

test('over real sockets no limit is broken, and under backlog 95 % of the rate is used', {
  timeout: 30_000,
}, async () => {
  const measured = await measureLimiter({ windows, requests: 750 });
  expect(measured).toMatchObject({ requests: 750, breaches: 0 });
  expect(measured.shareOfRate).toBeGreaterThan(0.95);
});

// Three a second for each key, ten for all, ten times as fast; counted over two seconds, as above.
test.each([
  ['three keys use what the keys may', 3],
  ['five keys use what the account may', 5],
])('over real sockets, with limits of an account and of its keys: %s', { timeout: 30_000 }, async (_, count) => {
  const keys = Array.from({ length: count }, () => [{ limit: 60, perMs: 2_000 }]);
  const measured = await measureLimiter({ windows: [{ limit: 200, perMs: 2_000 }], keys, requests: 1_000 });
  expect(measured).toMatchObject({ requests: 1_000, breaches: 0 });
  expect(measured.shareOfRate).toBeGreaterThan(0.95);
});

test('control: a breach is counted', () => {
  const [window] = windows;
  const even = Array.from({ length: 101 }, (_, i) => i * 10);
  expect(countBreaches(even, windows.slice(0, 1))).toBe(0);
  expect(countBreaches([...even.slice(0, 100), (window?.perMs ?? 0) - 1], windows.slice(0, 1))).toBe(1);
});
