import { existsSync, readdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { stories as tested } from '../../proof/stories.js';

const pathOf = (name: string) => fileURLToPath(new URL(`../../${name}`, import.meta.url));

/** The folders of all stories: each has its contract. */
const stories = readdirSync(pathOf('src/workflows'), { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('/contract.ts'))
  .map(dirname);

/** What every story is put through, by the same code: the files hold its cases. */
const files = ['faults.test.ts', 'cancel.test.ts', 'kills.test.ts', 'scenarios.test.ts', 'replay.test.ts'];

test('every story is put through every fault, cancel and kill, and each of its named paths, which are replayed', () => {
  expect(stories).toEqual(expect.arrayContaining(['keap', 'keap/subscription']));
  const missing = stories
    .flatMap((story) => files.map((file) => `test/stories/${story}/${file}`))
    .filter((file) => !existsSync(pathOf(file)));
  expect(missing).toEqual([]);
});

test('every story that takes amendments is amended at each of its requests', () => {
  const taking = tested.filter(({ contract }) => contract.updates?.includes('amend'));
  expect(taking.length).toBeGreaterThan(0);
  for (const { changes } of taking) expect(changes?.map(({ update }) => update)).toContain('amend');
});
