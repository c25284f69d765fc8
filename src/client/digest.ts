import { createHash } from 'node:crypto';
import { canonical } from '../workflows/fingerprint.js';

type Json = unknown;

/** SHA-256 over the parsed input, whatever the order of its members and the case of the reference. */
export function digestOf(order: { readonly reference: string }): string {
  return createHash('sha256')
    .update(canonical(normal(order)))
    .digest('hex');
}

/** The members that differ between two inputs, as paths, deepest first differences only. */
export function differences(a: { readonly reference: string }, b: { readonly reference: string }): string[] {
  return [...diff(normal(a), normal(b), '')];
}

const normal = (order: { readonly reference: string }) => ({ ...order, reference: order.reference.toUpperCase() });

function* diff(a: Json, b: Json, at: string): Generator<string> {
  if (canonical(a) === canonical(b)) return;
  const both = [a, b];
  if (
    both.every(Array.isArray) ||
    both.every((value) => typeof value === 'object' && value !== null && !Array.isArray(value))
  ) {
    const one = a as Record<string, Json>;
    const other = b as Record<string, Json>;
    for (const key of new Set([...Object.keys(one), ...Object.keys(other)])) {
      const inside = Array.isArray(a) ? `${at}[${key}]` : at === '' ? key : `${at}.${key}`;
      yield* diff(one[key], other[key], inside);
    }
    return;
  }
  yield at;
}
