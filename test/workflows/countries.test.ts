import { expect, test } from 'vitest';
import { alpha3, countryCode, countryName } from '../../src/workflows/countries.js';

test.each<[string, string | undefined]>([
  ['US', 'US'],
  [' usa ', 'US'],
  ['UNITED STATES', 'US'],
  ['united  states', 'US'],
  ['Côte d’Ivoire', 'CI'],
  ['Narnia', undefined],
  ['', undefined],
])('%j is the country %s', (text, code) => {
  expect(countryCode(text)).toBe(code);
});

test.each(['US', 'DE', 'GB', 'TR', 'HK', 'XX'])('a country is found by its own name and codes: %s', (code) => {
  const found = code === 'XX' ? undefined : code;
  expect(countryCode(countryName(code))).toBe(found);
  expect(countryCode(alpha3(code))).toBe(found);
});
