import { expect, test } from 'vitest';
import { redact } from '../../src/activities/redact.js';

test.each<[string, string, string[]]>([
  ['unknown property: price', 'unknown property: price', []],
  ['mail to bob@example.com failed', 'mail to … failed', []],
  ['card 4111 1111 1111 1111 refused', 'card … refused', []],
  ['phone 555-010-2030', 'phone …', []],
  ['key KeapAK-0123456789abcdef0123456789 revoked', 'key … revoked', []],
  ['Stone is not in the Stonehenge list', '… is not in the Stonehenge list', ['Stone']],
  ['no order EXT-20260115 here', 'no order EXT-20260115 here', []],
  ['1 Mill  Lane\n Tempe', '… …', ['1 Mill Lane', 'Tempe']],
  ['it costs $5 (a*b)', 'it costs $5 …', ['(a*b)']],
])('%s', (message, shown, values) => {
  expect(redact(message, values, ['EXT-20260115'])).toBe(shown);
});

test('what is kept is kept, however often and whatever else would hide it', () => {
  expect(redact('product 20260115001 of 20260115001', [], ['20260115001'])).toBe('product 20260115001 of 20260115001');
});

test('is short', () => {
  expect(redact('word '.repeat(500), [], []).length).toBeLessThanOrEqual(300);
});
