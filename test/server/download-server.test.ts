import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, inject, test } from 'vitest';
import { choosePort } from '../../src/processes/ports.js';
import { byDownload } from '../../src/temporal/download-server.js';
import { findExecutable } from '../../src/temporal/find-server.js';
import { emptyMachine, putScript } from '../temporal/search.js';

test("what the SDK has downloaded becomes the cache's, and is found there", async () => {
  const { search, cache } = emptyMachine();
  // The SDK does not download what is there already under the name that it would give it.
  putScript(cache, 'temporal-v1.9.1', `exec '${inject('temporalExecutable')}' "$@"`);
  const build = async () => expect.unreachable('a build was tried');
  const path = join(cache, 'temporal');
  const sources = { download: byDownload, build };
  expect(await findExecutable(search, sources)).toMatchObject({ path, found: 'downloaded by the Temporal SDK' });
  expect(await findExecutable(search, sources)).toMatchObject({ path, found: "the user's cache" });
});

test('without a network the download says why it failed, and leaves nothing', async () => {
  const { search, cache } = emptyMachine();
  const { port } = await choosePort(undefined, 'a proxy that is not there');
  const env = { ...search.env, HTTPS_PROXY: `http://127.0.0.1:${port}` };
  const nothing = { download: byDownload, build: async () => ({ missing: 'not asked' }) };
  await expect(findExecutable({ ...search, env }, nothing)).rejects.toThrow(
    /the download failed: .*https:\/\/temporal\.download\/cli\/v1\.9\.1/,
  );
  expect(readdirSync(cache)).toEqual([]);
});
