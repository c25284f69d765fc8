import { expect, test } from 'vitest';
import { differences, digestOf } from '../../src/client/digest.js';

const order = () => ({
  reference: 'EXT-1001',
  total: '54.90',
  contact: { email: 'ada@example.com', givenName: 'Ada' },
  lines: [
    { ref: '1', quantity: 2 },
    { ref: '2', quantity: 1 },
  ],
});

/** Changed in one way each, with the paths that a caller must be told. */
const others: Record<string, { readonly change: (of: ReturnType<typeof order>) => object; readonly fields: string[] }> =
  {
    'a value': { change: (of) => ({ ...of, total: '54.91' }), fields: ['total'] },
    'a number for a text': { change: (of) => ({ ...of, total: 54.9 }), fields: ['total'] },
    'a value inside': {
      change: (of) => ({ ...of, contact: { ...of.contact, givenName: 'Eve' } }),
      fields: ['contact.givenName'],
    },
    'a member less': {
      change: (of) => ({ ...of, contact: { email: of.contact.email } }),
      fields: ['contact.givenName'],
    },
    'a member more': { change: (of) => ({ ...of, notes: 'Ring twice' }), fields: ['notes'] },
    'null for nothing': { change: (of) => ({ ...of, notes: null }), fields: ['notes'] },
    'a value in a list': {
      change: (of) => ({ ...of, lines: [{ ref: '1', quantity: 3 }, of.lines[1]] }),
      fields: ['lines[0].quantity'],
    },
    'an item less': { change: (of) => ({ ...of, lines: of.lines.slice(0, 1) }), fields: ['lines[1]'] },
    'items in another order': {
      change: (of) => ({ ...of, lines: of.lines.toReversed() }),
      fields: ['lines[0].ref', 'lines[0].quantity', 'lines[1].ref', 'lines[1].quantity'],
    },
    'a list for an object': { change: (of) => ({ ...of, contact: ['ada@example.com', 'Ada'] }), fields: ['contact'] },
    'an object for a list': {
      change: (of) => ({ ...of, lines: { 0: of.lines[0], 1: of.lines[1] } }),
      fields: ['lines'],
    },
    'several values': {
      change: (of) => ({ ...of, total: '1.00', contact: { ...of.contact, email: 'eve@example.com' } }),
      fields: ['total', 'contact.email'],
    },
    'another reference': { change: (of) => ({ ...of, reference: 'EXT-1002' }), fields: ['reference'] },
  };

test.each(Object.entries(others))('%s makes it another order, and is named', (_, { change, fields }) => {
  const other = change(order()) as ReturnType<typeof order>;
  expect(digestOf(other)).not.toBe(digestOf(order()));
  expect(differences(order(), other)).toEqual(fields);
  expect(differences(other, order()).toSorted()).toEqual(fields.toSorted());
});

const alike: Record<string, object> = {
  'members in another order': Object.fromEntries(Object.entries(order()).toReversed()),
  'the reference in another case': { ...order(), reference: 'ext-1001' },
  'a member that is undefined': { ...order(), notes: undefined },
  'a copy through JSON': JSON.parse(JSON.stringify(order())) as object,
};

test.each(Object.entries(alike))('%s is the same order', (_, other) => {
  expect(digestOf(other as ReturnType<typeof order>)).toBe(digestOf(order()));
  expect(differences(order(), other as ReturnType<typeof order>)).toEqual([]);
});

test('only the reference is compared whatever its case', () => {
  const loud = { ...order(), contact: { email: 'ADA@EXAMPLE.COM', givenName: 'Ada' } };
  expect(differences(order(), loud)).toEqual(['contact.email']);
});

test('the digest is a SHA-256 in hexadecimal and shows nothing of the order', () => {
  expect(digestOf(order())).toMatch(/^[0-9a-f]{64}$/);
});

test('a difference is a path, never a value: values may be personal', () => {
  const other = { ...order(), contact: { email: 'eve@example.com', givenName: 'Eve' } };
  expect(differences(order(), other).join()).not.toMatch(/ada|eve|@/i);
});
