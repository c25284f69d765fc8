import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const CONFIG = "export default { test: { reporters: ['./tools/closing-line.mjs'] } };";

/** The line for a run of vitest over the given test files, whether they pass or not. */
function closingLineOf(files: Record<string, string>): string {
  // Inside the repository, where the test files find vitest.
  mkdirSync(join(ROOT, '.waybill'), { recursive: true });
  const folder = mkdtempSync(join(ROOT, '.waybill', 'closing-line-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  cpSync(join(ROOT, 'tools/closing-line.mjs'), join(folder, 'tools/closing-line.mjs'));
  writeFileSync(join(folder, 'vitest.config.js'), CONFIG);
  for (const [name, content] of Object.entries(files)) {
    writeFileSync(join(folder, name), `import { expect, test } from 'vitest';\n${content}`);
  }
  const vitest = join(ROOT, 'node_modules/vitest/vitest.mjs');
  const run = spawnSync(process.execPath, [vitest, 'run'], { cwd: folder, encoding: 'utf8' });
  expect(run.stderr).not.toContain('Startup Error');
  return readFileSync(join(folder, '.waybill/closing-line'), 'utf8');
}

const PASSES = "test('passes', () => { expect(1).toBe(1); });";

test('tests that pass are counted over all files', () => {
  expect(closingLineOf({ 'a.test.js': PASSES + PASSES, 'b.test.js': PASSES })).toBe('3 passed, 0 failed\n');
});

test('a failing test, a skipped one, a file that does not load and an error outside of tests all count', () => {
  const files = {
    'fails.test.js': `${PASSES} test('fails', () => { expect(1).toBe(2); });`,
    'skipped.test.js': "test.skip('skipped', () => {});",
    'broken.test.js': "import './nowhere.js';",
    'outside.test.js': `${PASSES} Promise.reject(new Error('outside'));`,
  };
  expect(closingLineOf(files)).toBe('2 passed, 4 failed\n');
});
