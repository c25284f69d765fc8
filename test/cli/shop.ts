import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { progressOn } from '../../src/processes/progress.js';
import { spawnTethered, type TetheredProcess } from '../../src/processes/tethered.js';
import { keapSeed, logisticsPlusSeed, type Sandbox, startSandbox } from '../../src/sandbox/index.js';
import { type DevServer, startDevServer } from '../../src/temporal/dev-server.js';
import { findExecutable } from '../../src/temporal/find-server.js';
import { cli, type Ran, waybill } from './waybill.js';

/** A fresh Temporal server that nothing was set up on, and a sandbox. */
export interface Shop {
  readonly sandbox: Sandbox;
  readonly env: NodeJS.ProcessEnv;
  /** Runs `waybill` against them. */
  run(...args: string[]): Promise<Ran>;
  /** Path of the connections to the sandbox. */
  readonly connections: string;
  /** Starts `waybill worker`. It is killed after the tests of the file. */
  startWorker(): Promise<TetheredProcess>;
}

const START_WITHIN_MS = 60_000;

/** One shop for the tests of a file. */
export function openShop(write: (name: string, content: unknown) => string): () => Shop {
  let server: DevServer;
  let sandbox: Sandbox;
  let shop: Shop;
  const stateFolder = mkdtempSync(join(tmpdir(), 'waybill-state-'));
  const workers: TetheredProcess[] = [];
  beforeAll(async () => {
    const { path } = await findExecutable({ env: process.env, progress: progressOn(process.stderr) });
    server = await startDevServer({ executable: path, uiPort: 'none' });
    sandbox = await startSandbox();
    const { url } = sandbox.keap;
    const { apiKey, slug } = logisticsPlusSeed;
    const connections = write('waybill.json', {
      connections: {
        'keap/sandbox': { url, auth: { serviceAccountKey: { env: 'SHOP_KEY' } } },
        'keap/xml': { url, transport: 'xml-rpc', auth: { personalAccessToken: keapSeed.personalAccessToken } },
        'logistics-plus/sandbox': { url: sandbox.logisticsPlus.url, apiKey, organization: slug },
      },
    });
    const env = { TEMPORAL_ADDRESS: server.address };
    shop = {
      sandbox,
      env,
      connections,
      run: (...args) => waybill(args, { env }),
      startWorker: async () => {
        const args = [cli, 'worker', '--connections', connections, '--state-folder', stateFolder];
        const worker = await spawnTethered(process.execPath, args, {
          env: { ...process.env, ...env, SHOP_KEY: keapSeed.serviceAccountKey },
        });
        // What nobody reads would block it in the end.
        for (const stream of [worker.stdout, worker.stderr]) stream?.resume();
        workers.push(worker);
        return worker;
      },
    };
  }, START_WITHIN_MS);
  afterAll(async () => {
    for (const worker of workers) worker.signal('SIGKILL');
    await Promise.all([...workers.map(({ exited }) => exited), sandbox?.stop(), server?.stop()]);
    rmSync(stateFolder, { recursive: true, force: true });
  });
  return () => shop;
}
