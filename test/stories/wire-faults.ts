import type { z } from 'zod';
import type { wireFaultSchema } from '../../src/sandbox/faults.js';

/** A fault as it is added: `nth` and `times` default to 1. */
export type WireFault = z.input<typeof wireFaultSchema>;

/** More than our time-out for an answer: 60 s of the sandbox's clock, and what the attempt adds to it. */
const TOO_LATE_MS = 100_000;

/** What can go wrong with a request on its way; all of it leaves the request to be done in the end. */
export const wireFaults = {
  'refused connections': { kind: 'refuse', ms: 20_000 },
  'reset before the work': { kind: 'reset-before' },
  'done, answer dropped': { kind: 'reset-after' },
  'done, answer after our time-out': { kind: 'late', ms: TOO_LATE_MS },
  'done after our time-out': { kind: 'late-before', ms: TOO_LATE_MS },
  '500 before': { kind: '500-before' },
  '500 after': { kind: '500-after' },
  '503 of a proxy, done': { kind: '503' },
  '503 of a proxy, not done': { kind: '503', worked: false },
  '429 in seconds': { kind: '429', retryAfter: 1 },
  '429 with a date': { kind: '429', retryAfter: 1, form: 'date' },
  '429 without a word': { kind: '429' },
  'HTML, done': { kind: 'html' },
  'HTML, not done': { kind: 'html', worked: false },
  'truncated, done': { kind: 'truncated' },
  'truncated, not done': { kind: 'truncated', worked: false },
  'malformed, done': { kind: 'malformed' },
  'malformed, not done': { kind: 'malformed', worked: false },
  'credentials refused in the middle': { kind: '401' },
  'slow body': { kind: 'slow-body', ms: TOO_LATE_MS },
  'an answer of 3 MiB': { kind: 'huge', bytes: 3 * 1024 * 1024 },
} satisfies Record<string, WireFaultOfAny>;

/** Refused in the platform's own form, and never to be done. */
export const refusedForGood = { kind: 'business' } as const;

/** A fault before it is said which request it strikes. */
type WireFaultOfAny = WireFault extends infer F ? (F extends WireFault ? Omit<F, 'operation'> : never) : never;
