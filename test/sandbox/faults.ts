import { expect } from 'vitest';
import type { ApiAnswer } from './http.js';

/** A fault, what it answers – null for a cut connection – and whether the work is done. */
export type FaultCase = readonly [kind: string, more: object, status: number | null, done: boolean];

/** What every imitation knows how to do to a request. */
export const wireFaults: readonly FaultCase[] = [
  ['reset-before', {}, null, false],
  ['reset-after', {}, null, true],
  ['500-before', {}, 500, false],
  ['500-after', {}, 500, true],
  ['503', {}, 503, true],
  ['503', { worked: false }, 503, false],
  ['429', { retryAfter: 7 }, 429, false],
  ['429', {}, 429, false],
  ['401', {}, 401, false],
  ['business', { message: 'Not today' }, 400, false],
  ['html', {}, 200, true],
  ['html', { worked: false }, 200, false],
];

/** @param said what a failure says, out of a body that must have the platform's own shape */
export async function expectStruck(
  send: () => Promise<ApiAnswer>,
  [kind, more, status]: FaultCase,
  said: (answer: ApiAnswer) => string,
): Promise<void> {
  if (status === null) {
    await expect(send()).rejects.toThrow('fetch failed');
    return;
  }
  const answer = await send();
  expect([kind, answer.status]).toEqual([kind, status]);
  if (kind === '503' || kind === 'html') {
    expect(answer.text).toContain('<html>');
    return;
  }
  const words = said(answer);
  expect(words).not.toBe('');
  if ('message' in more) expect(words).toBe(more.message);
  if (kind === '429') expect(answer.headers.get('retry-after')).toBe('retryAfter' in more ? '7' : null);
}
