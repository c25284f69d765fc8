import { existsSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const pathOf = (name: string) => fileURLToPath(new URL(`../../${name}`, import.meta.url));

/** Platforms with a story, by their folder. */
const platforms = readdirSync(pathOf('src/workflows'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

/** What every story is put through, by the same code: the files hold its cases. */
const files = ['faults.test.ts', 'cancel.test.ts', 'kills.test.ts', 'scenarios.test.ts'];

test('every story is put through every fault, cancel and kill, and each of its named paths', () => {
  expect(platforms).toContain('keap');
  const missing = platforms
    .flatMap((platform) => files.map((file) => `test/stories/${platform}/${file}`))
    .filter((file) => !existsSync(pathOf(file)));
  expect(missing).toEqual([]);
});
