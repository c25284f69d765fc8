import { copyFileSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test, vi } from 'vitest';
import { readHistory } from '../../src/replay.js';
import { buildFirst, inFolder, waybill } from './waybill.js';

buildFirst();
// Two processes, one after the other, each of which loads Temporal's core beside everything else that runs.
vi.setConfig({ testTimeout: 120_000 });
const file = inFolder();

const recordings = fileURLToPath(new URL('../stories/keap/histories', import.meta.url));
const recorded = (scenario: string): string => {
  const name = readdirSync(recordings).find((each) => each.endsWith(`-${scenario}.json`));
  if (name === undefined) throw new Error(`${scenario} was never recorded`);
  return join(recordings, name);
};

test('a folder is replayed in the order of its names, and one history that differs makes it red', async () => {
  const path = recorded('happy-rest');
  const folder = dirname(file('b.json', readFileSync(path, 'utf8').replace('"name":"preflight"', '"name":"other"')));
  copyFileSync(path, join(folder, 'a.json'));
  file('notes.txt', 'no history');
  const { workflowId } = readHistory(path);
  const { code, stdout, stderr } = await waybill(['replay', folder]);
  expect(stdout).toMatch(
    new RegExp(`^same {5}${workflowId}\ndiffers {2}${workflowId} .* at event \\d+, ActivityTaskScheduled other:\n`),
  );
  expect(stdout).toMatch(/\n2 replayed, 1 differ from the current code\n$/);
  expect({ code, stderr }).toEqual({ code: 1, stderr: '' });

  const green = await waybill(['replay', join(folder, 'a.json')]);
  expect(green).toEqual({
    code: 0,
    stdout: `same     ${workflowId}\n1 replayed, 0 differ from the current code\n`,
    stderr: '',
  });
});
