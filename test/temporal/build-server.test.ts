import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { byGo } from '../../src/temporal/build-server.js';
import { findExecutable, type Sources } from '../../src/temporal/find-server.js';
import { emptyMachine, type Machine, putScript } from './search.js';

const onlyGo: Sources = { download: async () => ({ missing: 'there is no network' }), build: byGo };

/** Notes each call, then does what the lines say; `$out` is the file that the real one would write. */
function putGo(machine: Machine, ...lines: string[]): string {
  const calls = join(machine.bin, 'go-calls');
  putScript(machine.bin, 'go', `echo "$PWD $*" >> ${calls}`, 'out=$5', ...lines);
  return calls;
}

/** A fake build takes a tenth of a second; a loaded machine gets a hundred times that. */
const SOON = { timeout: 10_000 };

const WRITE_SERVER = [`printf '#!/bin/sh\\necho "temporal version built"\\n' > "$out"`, 'chmod +x "$out"'];

test('Go builds the pinned CLI into the cache, and only once', async () => {
  const machine = emptyMachine();
  const calls = putGo(machine, ...WRITE_SERVER);
  const built = await findExecutable(machine.search, onlyGo);
  expect(built).toEqual({ path: join(machine.cache, 'temporal'), version: 'built', found: 'built with Go' });
  expect(readFileSync(calls, 'utf8')).toMatch(
    /tools\/temporal build -ldflags -s -w -o .*\/temporal\.\d+\.tmp github.com\/temporalio\/cli\/cmd\/temporal\n$/,
  );
  expect(machine.said.join('\n')).toMatch(
    /once for this user on this machine[\s\S]*Built the Temporal server in 0 min/,
  );

  expect(await findExecutable(machine.search, onlyGo)).toMatchObject({ found: "the user's cache" });
  expect(readFileSync(calls, 'utf8').trim().split('\n')).toHaveLength(1);
  expect(readdirSync(machine.cache)).toEqual(['temporal']);
});

test('two at once build once, and the second says for whom it waits', async () => {
  const machine = emptyMachine();
  const goOn = join(machine.bin, 'go-on');
  const calls = putGo(machine, `while [ ! -e ${goOn} ]; do sleep 0.05; done`, ...WRITE_SERVER);
  const both = [findExecutable(machine.search, onlyGo), findExecutable(machine.search, onlyGo)];
  await expect
    .poll(() => machine.said.join('\n'), SOON)
    .toContain(`Process ${process.pid} is getting the Temporal server`);
  writeFileSync(goOn, '');
  const found = await Promise.all(both);
  expect(found.map(({ found }) => found).sort()).toEqual(['built with Go', "the user's cache"]);
  expect(readFileSync(calls, 'utf8').trim().split('\n')).toHaveLength(1);
});

test('a build that fails says how, and leaves nothing that looks like a server', async () => {
  const machine = emptyMachine();
  putGo(machine, 'echo half > "$out"', 'for i in $(seq 40); do echo "line $i" >&2; done', 'exit 1');
  const refusal = findExecutable(machine.search, onlyGo);
  await expect(refusal).rejects.toThrow(/5\. Go[\s\S]*failed:\nline 26\n[\s\S]*line 40$/);
  await expect(refusal).rejects.not.toThrow('line 25');

  putGo(machine, ...WRITE_SERVER);
  expect(await findExecutable(machine.search, onlyGo)).toMatchObject({ version: 'built' });
});

test('the leftovers of a build that was ended are removed', async () => {
  const machine = emptyMachine();
  putScript(machine.cache, 'temporal.1.tmp', 'exit 1');
  putGo(machine, ...WRITE_SERVER);
  await findExecutable(machine.search, onlyGo);
  expect(readdirSync(machine.cache)).toEqual(['temporal']);
});

test('a machine without Go says where Go is to be had', async () => {
  const { search } = emptyMachine();
  expect(await byGo(search)).toEqual({ missing: expect.stringContaining('go.dev/dl') });
});
