import { expect, test } from 'vitest';
import { retryAfterMs } from '../../src/activities/retry-after.js';

const NOW = Date.UTC(2026, 0, 15, 10, 30, 20);
const DAY = 24 * 3_600_000;

test.each<[string, Record<string, string>, number, number]>([
  ['seconds', { 'retry-after': '7' }, 1, 7_000],
  ['seconds with blanks', { 'retry-after': ' 7 ' }, 1, 7_000],
  ['a date', { 'retry-after': 'Thu, 15 Jan 2026 10:31:00 GMT' }, 1, 40_000],
  [
    'a date, by the clock of the answer',
    { 'retry-after': 'Thu, 15 Jan 2026 10:31:00 GMT', date: 'Thu, 15 Jan 2026 10:30:55 GMT' },
    1,
    5_000,
  ],
  ['a date that is past', { 'retry-after': 'Thu, 15 Jan 2026 10:29:00 GMT' }, 1, 1_000],
  ['a week', { 'retry-after': String(7 * 86_400) }, 1, DAY],
  ['nothing', { 'retry-after': '' }, 1, 1_000],
  ['neither seconds nor a date', { 'retry-after': 'soon' }, 2, 2_000],
  ['no header, third time', {}, 3, 4_000],
  ['no header, often', {}, 50, 64_000],
])('%s', (_, headers, inARow, expected) => {
  expect(retryAfterMs(headers, inARow, NOW, 0)).toBe(expected);
});

test('a counter of the platform counts when it says nothing else', () => {
  const counter = () => 5_000;
  expect(retryAfterMs({}, 1, NOW, 0.5, counter)).toBe(5_500);
  expect(retryAfterMs({ 'retry-after': '7' }, 1, NOW, 0.5, counter)).toBe(7_000);
  expect(retryAfterMs({}, 1, NOW, 0.5, () => undefined)).toBe(1_500);
});
