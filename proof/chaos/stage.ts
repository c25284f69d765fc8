import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client, Connection } from '@temporalio/client';
import { platforms } from '../../src/activities/index.js';
import type { Platform } from '../../src/activities/platform.js';
import { parseConnections } from '../../src/connections.js';
import { FreeAccounts, type Imitated, imitate, ofEach } from '../../test/stories/accounts.js';
import { type FileServer, startFileServer } from '../../test/stories/file-server.js';
import type { Account } from '../../test/stories/tested.js';
import type { AnyStory } from '../stories.js';
import { startWorkers, type Workers } from './workers.js';

/** A server, imitations of the platforms and worker processes, all of one run alone. */
export interface Stage {
  readonly client: Client;
  readonly server: FileServer;
  readonly workers: Workers;
  readonly accounts: ReadonlyMap<AnyStory, FreeAccounts<Account>>;
  /** By connection, what its limit is counted for: those of one account share it, or those with one key to it. */
  readonly limited: ReadonlyMap<string, string>;
  /** With the server's file, and what the processes say. */
  readonly folder: string;
  close(): Promise<void>;
}

export interface StageOptions {
  /** The Temporal CLI. */
  readonly executable: string;
  readonly stories: readonly AnyStory[];
  /** Connections of each way to talk to a platform; each carries one order at a time. */
  readonly accountsOfEach: number;
  /** All waiting times are so much shorter. */
  readonly pace: number;
}

/** Two beside each other: one is left when the other is killed. */
const WORKERS = 2;

/** Low enough that orders have to wait for it. */
export const LIMIT = { limit: 20, perMs: 1_000 };

const TASK_QUEUE = 'chaos';

const root = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));

/** The stories as the workers run them. */
export const workflowBundle = { codePath: root('dist/workflow-bundle.js') };

export async function openStage({ executable, stories, accountsOfEach, pace }: StageOptions): Promise<Stage> {
  build();
  const folder = await mkdtemp(join(tmpdir(), 'waybill-chaos-'));
  await mkdir(join(folder, 'state'));
  const server = await startFileServer(executable, folder);
  const { address } = server;
  const client = new Client({ connection: await Connection.connect({ address }) });
  const imitated = new Map<AnyStory, Imitated<Account>>();
  for (const story of stories) {
    const wanted = ofEach(story.variants, accountsOfEach).map((one) => ({ ...one, settings: { limits: [LIMIT] } }));
    imitated.set(story, await imitate(story, wanted, pace, 'one'));
  }
  const connections = Object.assign({}, ...[...imitated.values()].map((each) => each.connections));
  const parsed = parseConnections({ connections }, 'the accounts');
  const workers = await startWorkers(WORKERS, { address, taskQueue: TASK_QUEUE, connections, folder, pace });
  return {
    client,
    server,
    workers,
    accounts: new Map(
      [...imitated].map(([story, each]) => [story, new FreeAccounts(each.accounts(client, TASK_QUEUE))]),
    ),
    limited: new Map(
      [...parsed].map(([name, connection]) => {
        const platform = platforms.get(connection.platform) as Platform;
        return [name, [platform.account(connection), platform.key?.(connection).name].join(' ')];
      }),
    ),
    folder,
    async close() {
      await workers.close();
      await client.connection.close();
      await server.stop();
      await Promise.all([...imitated.values()].map((each) => each.stop()));
    },
  };
}

/** The workers are those of the build, and it is today's. */
function build(): void {
  const { status, stderr } = spawnSync(process.execPath, [root('tools/setup.mjs')], { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
}
