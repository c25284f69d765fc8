import { expect, test } from 'vitest';
import { allPages } from '../../src/activities/pages.js';

test('pages are followed to the last one', async () => {
  const asked: (string | undefined)[] = [];
  const pages: Record<string, { items: number[]; next: string | undefined }> = {
    first: { items: [1, 2], next: 'b' },
    b: { items: [], next: 'c' },
    c: { items: [3], next: undefined },
  };
  const all = await allPages<number, string>(async (at) => {
    asked.push(at);
    return pages[at ?? 'first'] ?? { items: [], next: undefined };
  });
  expect(all).toEqual([1, 2, 3]);
  expect(asked).toEqual([undefined, 'b', 'c']);
});

test('a page that names itself as the next one is the last', async () => {
  expect(await allPages<number, string>(async () => ({ items: [1], next: 'a' }))).toEqual([1, 1]);
});
