import { describe, expect, test } from 'vitest';
import type { Window } from '../../src/activities/limiter.js';
import { concurrencyWith, limitsOf } from '../../src/activities/limits.js';
import type { Connection } from '../../src/connections.js';

const perSecond = (limit: number): readonly Window[] => [{ limit, perMs: 1_000 }];
const connection = (name: string, key: string, limits?: readonly Window[]): Connection => ({
  name: `shop/${name}`,
  platform: 'shop',
  settings: { key },
  limits,
});

const plain = { limits: () => perSecond(10) };
const withKeys = {
  ...plain,
  key: ({ settings }: Connection) => ({ name: (settings as { key: string }).key, windows: perSecond(3) }),
};

describe('the limits of an account', () => {
  test("are its platform's, or what the first of its connections is configured with", () => {
    const [a, b] = [connection('a', 'k', perSecond(5)), connection('b', 'k', perSecond(7))];
    expect(limitsOf(plain, [connection('a', 'k'), b]).windows).toEqual(perSecond(10));
    expect(limitsOf(plain, [a, b])).toEqual({ windows: perSecond(5), keys: new Map() });
  });

  test("with several keys stay its platform's: what is configured is the limit of the key", () => {
    const members = [connection('a', 'k1', perSecond(5)), connection('b', 'k2'), connection('c', 'k1', perSecond(7))];
    expect(limitsOf(withKeys, members)).toEqual({
      windows: perSecond(10),
      keys: new Map([
        ['k1', perSecond(5)],
        ['k2', perSecond(3)],
      ]),
    });
  });
});

test('a process takes as much at once as the narrowest window of the connection lets through in five seconds', () => {
  const keys = new Map([
    ['narrow', perSecond(3)],
    ['wide', perSecond(20)],
    ['free', []],
    ['slow', [{ limit: 1, perMs: 60_000 }]],
  ]);
  const limits = { windows: perSecond(10), keys };
  expect([...keys.keys()].map((key) => concurrencyWith(limits, key))).toEqual([15, 50, 50, 2]);
  expect(concurrencyWith(limits, undefined)).toBe(50);
  expect(concurrencyWith({ windows: [], keys: new Map() }, undefined)).toBe(100);
});
