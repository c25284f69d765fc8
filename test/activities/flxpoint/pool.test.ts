import { expect, test } from 'vitest';
import { poolPauseMs } from '../../../src/activities/flxpoint/pool.js';

const headers = (size?: string, used?: string, rate?: string) =>
  Object.fromEntries(
    Object.entries({
      'x-auth-pool-size': size,
      'x-auth-pool-used': used,
      'x-auth-replenished-per-second': rate,
    }).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );

test.each<[string, Readonly<Record<string, string>>, number | undefined]>([
  ['there is room', headers('40', '37', '2'), undefined],
  ['it is nearly full', headers('40', '38', '2'), 1_500],
  ['it is full', headers('40', '40', '2'), 2_500],
  ['it is over full', headers('40', '45', '2'), 5_000],
  ['it fills slowly', headers('40', '40', '0.5'), 10_000],
  ['it fills fast', headers('40', '38', '20'), 1_000],
  ['it shows no rate', headers('40', '40'), 2_500],
  ['it shows a rate that is none', headers('40', '40', '0'), 2_500],
  ['it shows no size', headers(undefined, '40', '2'), undefined],
  ['it shows nothing', {}, undefined],
  ['it shows no numbers', headers('', 'many', 'x'), undefined],
])('the pause when %s', (_, shown, pause) => {
  expect(poolPauseMs(shown)).toBe(pause);
});
