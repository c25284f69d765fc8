import { expect, test } from 'vitest';
import { progressOn } from '../../src/processes/progress.js';

function printed(isTTY: boolean): string {
  let all = '';
  const progress = progressOn({
    isTTY,
    write: (text) => {
      all += text;
    },
  });
  progress.step('10 s');
  progress.step('20 s');
  progress.line('done');
  progress.line('next');
  return all;
}

test('in a log every step has its line', () => {
  expect(printed(false)).toBe('10 s\n20 s\ndone\nnext\n');
});

test('on a terminal steps overwrite each other, and the next line overwrites the last', () => {
  expect(printed(true)).toBe('10 s\r\x1b[2K20 s\r\x1b[2Kdone\nnext\n');
});
