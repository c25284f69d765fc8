import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { cachedExecutable, TEMPORAL_CLI_VERSION } from '../../src/temporal/executable.js';
import { findExecutable, findServer, NoTemporalServerError, type Sources } from '../../src/temporal/find-server.js';
import { emptyMachine, putScript, putTemporal } from './search.js';

const noSources: Sources = {
  download: async () => ({ missing: 'there is no network' }),
  build: async () => ({ missing: 'there is no `go` on the PATH' }),
};
const neverAsked: Sources = {
  download: async () => expect.unreachable('a download was tried'),
  build: async () => expect.unreachable('a build was tried'),
};

test('TEMPORAL_CLI comes before the PATH, the PATH before the cache, the cache before anything slow', async () => {
  const { search, bin, cache, said } = emptyMachine();
  const cached = putTemporal(cache, 'from the cache');
  expect(await findExecutable(search, neverAsked)).toMatchObject({ path: cached, version: 'from the cache' });

  const onPath = putTemporal(bin, 'from the PATH');
  expect(await findExecutable(search, neverAsked)).toMatchObject({ path: onPath, version: 'from the PATH' });

  const named = putTemporal(`${bin}/elsewhere`, 'from TEMPORAL_CLI');
  const withCli = { ...search, env: { ...search.env, TEMPORAL_CLI: named } };
  expect(await findExecutable(withCli, neverAsked)).toMatchObject({ path: named, version: 'from TEMPORAL_CLI' });

  expect(said).toEqual([
    `Temporal server: ${cached} from the cache, the user's cache`,
    `Temporal server: ${onPath} from the PATH, on the PATH`,
    `Temporal server: ${named} from TEMPORAL_CLI, TEMPORAL_CLI`,
  ]);
});

test('a `temporal` that does not run is passed over', async () => {
  const { search, bin, cache } = emptyMachine();
  putScript(bin, 'temporal', 'exit 1');
  const cached = putTemporal(cache, '1');
  expect(await findExecutable(search, neverAsked)).toMatchObject({ path: cached });
});

test('a TEMPORAL_CLI that does not run is an error: somebody wanted that one', async () => {
  const { search, bin } = emptyMachine();
  putTemporal(bin, '1');
  const wrong = { ...search, env: { ...search.env, TEMPORAL_CLI: '/nowhere/temporal' } };
  await expect(findExecutable(wrong, neverAsked)).rejects.toThrow('TEMPORAL_CLI is set to /nowhere/temporal, but');
});

test('a running server comes before all, but only for those who can use one', async () => {
  const { search, bin } = emptyMachine();
  const path = putTemporal(bin, '1');
  const running = { ...search, env: { ...search.env, TEMPORAL_ADDRESS: 'temporal.example:7233' } };
  expect(await findServer(running, neverAsked)).toEqual({ address: 'temporal.example:7233' });
  expect(await findServer(search, neverAsked)).toMatchObject({ executable: { path } });
  expect(await findExecutable(running, neverAsked)).toMatchObject({ path });
});

test('the download comes before the build, and both only when nothing is installed', async () => {
  const { search } = emptyMachine();
  const found = { path: '/downloaded', version: '1', found: 'downloaded' };
  const asked: string[] = [];
  const failing: Sources = {
    download: async () => {
      asked.push('download');
      return { missing: 'there is no network' };
    },
    build: async () => {
      asked.push('build');
      return found;
    },
  };
  expect(await findExecutable(search, failing)).toEqual(found);
  expect(asked).toEqual(['download', 'build']);
  expect(await findExecutable(search, { ...neverAsked, download: async () => found })).toEqual(found);
});

test('without any, one error names the five ways and what each lacks', async () => {
  const { search, bin } = emptyMachine();
  const broken = putScript(bin, 'temporal', 'exit 1');
  const refusal = findExecutable(search, noSources);
  await expect(refusal).rejects.toThrow(NoTemporalServerError);
  const message = await refusal.catch((error: Error) => error.message);
  for (const part of [
    /^ {2}1\. .*TEMPORAL_ADDRESS/m,
    /^ {2}2\. .*TEMPORAL_CLI/m,
    'TEMPORAL_CLI is not set',
    `${broken} does not answer`,
    /^ {2}3\. /m,
    cachedExecutable(search.env),
    /^ {2}4\. .*network/m,
    'there is no network',
    /^ {2}5\. .*Go/m,
    'there is no `go` on the PATH',
  ]) {
    expect(message).toMatch(part);
  }
  expect(message).not.toMatch(/^ {2}6\./m);
});

test('the version that is downloaded is the one that Go builds', () => {
  const goModule = readFileSync(new URL('../../tools/temporal/go.mod', import.meta.url), 'utf8');
  expect(goModule).toContain(`\tgithub.com/temporalio/cli v${TEMPORAL_CLI_VERSION} `);
});
