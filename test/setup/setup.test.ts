import { existsSync, readFileSync, rmSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Clone } from './clone.js';

const NPM_CI = 'npm ci --include=dev --no-progress';
const TSC = 'tsc -p tsconfig.build.json';
const INSTALLING = 'Installing dependencies (npm ci) …\n';
const BUILDING = 'Building dist/ …\n';

/** What a run of the set-up has called, and what it has said. */
async function setUp(clone: Clone): Promise<{ code: number; called: string[]; said: string }> {
  clone.write('calls', '');
  const { code, stdout, stderr } = await clone.run(process.execPath, 'tools/setup.mjs');
  return { code, called: callsOf(clone), said: stdout + stderr };
}

function callsOf(clone: Clone): string[] {
  return readFileSync(join(clone.folder, 'calls'), 'utf8').trim().split('\n');
}

const NOTHING_TO_DO = { code: 0, called: [''], said: '' };

test('a fresh clone is installed and built; then there is nothing to do, and nothing is said', async () => {
  const clone = new Clone();
  expect(await setUp(clone)).toEqual({ code: 0, called: [NPM_CI, TSC], said: INSTALLING + BUILDING });
  expect(await setUp(clone)).toEqual(NOTHING_TO_DO);
});

test('a changed, a new and a deleted source are built again, without what was deleted', async () => {
  const clone = new Clone();
  await setUp(clone);
  const rebuilt = { code: 0, called: [TSC], said: BUILDING };
  clone.write('src/cli.js', '// changed');
  expect(await setUp(clone)).toEqual(rebuilt);
  clone.write('src/keap/new.js', '');
  expect(await setUp(clone)).toEqual(rebuilt);
  expect(existsSync(join(clone.folder, 'dist/keap/new.js'))).toBe(true);
  rmSync(join(clone.folder, 'src/keap/new.js'));
  expect(await setUp(clone)).toEqual(rebuilt);
  expect(existsSync(join(clone.folder, 'dist/keap/new.js'))).toBe(false);
});

test('a changed lock file installs again, and so does an install that was broken off', async () => {
  const clone = new Clone();
  await setUp(clone);
  clone.write('package-lock.json', '{ "changed": true }');
  expect(await setUp(clone)).toMatchObject({ code: 0, called: [NPM_CI, TSC] });
  rmSync(join(clone.folder, 'node_modules/.package-lock.json'));
  rmSync(join(clone.folder, 'node_modules/.waybill-installed-from'));
  expect(await setUp(clone)).toMatchObject({ code: 0, called: [NPM_CI] });
});

test('what somebody has installed themselves is kept, unless the lock file is newer', async () => {
  const clone = new Clone();
  await setUp(clone);
  const stamp = join(clone.folder, 'node_modules/.waybill-installed-from');
  rmSync(stamp);
  expect(await setUp(clone)).toEqual(NOTHING_TO_DO);
  rmSync(stamp);
  const later = new Date(Date.now() + 60_000);
  utimesSync(join(clone.folder, 'package-lock.json'), later, later);
  expect(await setUp(clone)).toMatchObject({ called: [NPM_CI] });
});

test('the workflows are bundled when there is a bundler', async () => {
  const clone = new Clone();
  clone.write('src/bundle.js', "import { appendFileSync } from 'node:fs'; appendFileSync('calls', 'bundle\\n');");
  expect(await setUp(clone)).toEqual({
    code: 0,
    called: [NPM_CI, TSC, 'bundle'],
    said: `${INSTALLING}${BUILDING}Bundling the workflows …\n`,
  });
});

test('sources that do not compile say so, and are built again next time', async () => {
  const clone = new Clone();
  clone.write('src/broken.js', '');
  const { code, said } = await setUp(clone);
  expect({ code, said }).toEqual({
    code: 1,
    said: `${INSTALLING}${BUILDING}The sources could not be compiled (tsc).\nsrc/broken.js: is broken\n`,
  });
  rmSync(join(clone.folder, 'src/broken.js'));
  expect(await setUp(clone)).toEqual({ code: 0, called: [TSC], said: BUILDING });
});

test('two at once install and build once', async () => {
  const clone = new Clone();
  const both = await Promise.all([1, 2].map(() => clone.run(process.execPath, 'tools/setup.mjs')));
  expect(both.map(({ code }) => code)).toEqual([0, 0]);
  expect(callsOf(clone)).toEqual([NPM_CI, TSC]);
});

test.for([
  ['>=20.18.1', 0],
  [`>=${process.versions.node}`, 0],
  ['>=99.0.0', 1],
] as const)('Node %s: exit code %i', async ([node, code]) => {
  const clone = new Clone();
  clone.write('package.json', JSON.stringify({ type: 'module', engines: { node } }));
  const run = await setUp(clone);
  expect(run.code).toBe(code);
  if (code === 1) {
    expect(run).toEqual({
      code,
      called: [''],
      said: expect.stringMatching(/^Waybill needs Node 99\.0\.0 or newer; .*\n$/),
    });
  }
});
