import { expect, test } from 'vitest';
import { parseResolve } from '../../src/workflows/inputs.js';

const good = { hold: 'hold-1', answer: 'accept', id: '2075' };

test('an answer to a hold is taken as it is', () => {
  expect(parseResolve(good)).toEqual({ value: good });
});

test.each<[string, unknown, string]>([
  ['nothing', undefined, 'the input: is missing; expected an answer to a hold, { "hold": "hold-1", "answer": "…", … }'],
  ['no hold', { ...good, hold: undefined }, 'hold: is missing; expected the id of a hold, e.g. "hold-1"'],
  ['a hold by its number', { ...good, hold: 1 }, 'hold: expected the id of a hold, e.g. "hold-1"'],
  [
    'no answer',
    { ...good, answer: undefined },
    'answer: is missing; expected one of retry, accept, abandon, done, leave',
  ],
  ['another answer', { ...good, answer: 'maybe' }, 'answer: expected one of retry, accept, abandon, done, leave'],
  ['an id as a number', { ...good, id: 2075 }, 'id: expected an id of 1 to 64 characters, as text'],
  ['an empty id', { ...good, id: '' }, 'id: expected an id of 1 to 64 characters, as text'],
  ['a long id', { ...good, id: '1'.repeat(65) }, 'id: expected an id of 1 to 64 characters, as text'],
  [
    'a correction as text',
    { ...good, input: '{}' },
    'input: expected an object with the corrected members of the order',
  ],
  ['an unknown field', { ...good, ids: '1' }, 'ids: is not a field of this input'],
])('%s is answered with what is expected', (_, answer, sentence) => {
  expect(parseResolve(answer)).toEqual({ problems: [sentence] });
});
