import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Client, Connection } from '@temporalio/client';
import { inject, type TestContext } from 'vitest';
import { storeTokens, tokensFile } from '../../src/activities/keap/index.js';
import { Waybill } from '../../src/client.js';
import { keapOrder } from '../../src/contracts.js';
import { type KeapSandbox, keapSeed, type RequestRecord, startSandbox } from '../../src/sandbox/index.js';
import { connectionWorkflowId } from '../../src/workflows/contract.js';
import { plainOrder } from '../stories/keap/rig.js';
import { storyBundle } from '../stories/serving.js';
import { spawnWorker, type WorkerProcess } from '../stories/spawn-worker.js';
import { type Door, openDoor } from './door.js';

/**
 * Of the orders only: how a connection is served is measured in real time. Such that a step may still wait in the
 * limiter for as long as it does (5 s), and that the steps of a process that died go on soon.
 */
const PACE = 0.3;

/** Requests a second, low enough for a backlog of a few dozen orders to last. The minute and the day are out of the way. */
const PER_SECOND = { key: 4, oauth: 3 };
const throttle = {
  key: { perSecond: PER_SECOND.key, perMinute: 10_000, perDay: 1_000_000 },
  oauth: { perSecond: PER_SECOND.oauth, perMinute: 10_000, perDay: 1_000_000 },
};

/** For what a hand-over (1 s, or a lease) must remember: a limit a minute alone, of a sandbox whose minute takes 10 s. */
export const BY_THE_MINUTE = { limit: 30, perMs: 10_000 };
const minutes = {
  clockSpeed: 60_000 / BY_THE_MINUTE.perMs,
  throttle: { ...throttle, key: { perSecond: 10_000, perMinute: BY_THE_MINUTE.limit, perDay: 1_000_000 } },
};
const credentials = { key: 'sak-1', oauth: `oauth:${keapSeed.oauth.clientId}` } as const;
type Account = keyof typeof credentials;

/** Often enough for a person who waits; moments are measured at the doors, and do not depend on it. */
const LOOK_EVERY_MS = 100;

/** A worker process, and the doors through which it talks to the sandbox, by connection. */
export interface Player extends WorkerProcess {
  readonly doors: Readonly<Record<string, Door>>;
}

/** One account with a key that two connections use, over both transports, perhaps one with OAuth; one sandbox. */
export interface Serving {
  readonly rest: string;
  readonly xml: string;
  readonly oauth: string;
  readonly client: Client;
  readonly sandbox: KeapSandbox;
  /** Starts a worker process. It keeps the sandbox's limits unless it is told twice as much. */
  play(options?: { twiceTheLimit?: boolean }): Promise<Player>;
  /** Starts so many orders. */
  pile(connection: string, orders: number): Promise<void>;
  /** What the platform was asked by an account, let in or not. */
  requests(account: Account): RequestRecord[];
  /** Waits until an account is kept busy: at its limit in the last second. */
  busy(account: Account): Promise<void>;
  /** Which of the processes is the first to send something. */
  serverOf(players: readonly Player[]): Promise<Player | undefined>;
  /** Waits until the process that serves a connection has told this of it to the server. */
  beaten(connection: string, fact: string): Promise<void>;
  /** Lets the history of a connection's workflow grow until it starts a new one. */
  renew(connection: string): Promise<void>;
}

/** All that is started here ends with the test whose context this is. */
export async function openServing(
  { onTestFinished }: TestContext,
  { oauth = false, byTheMinute = false } = {},
): Promise<Serving> {
  const address = inject('temporalAddress');
  const id = randomUUID().slice(0, 8);
  const folder = await mkdtemp(join(tmpdir(), 'waybill-serving-'));
  const workflowCode = join(folder, 'workflow-bundle.js');
  const bundle = await storyBundle();
  await writeFile(workflowCode, 'code' in bundle ? bundle.code : '');
  const sandbox = await startSandbox({ keap: byTheMinute ? minutes : { throttle } });
  const { keap } = sandbox;
  const client = new Client({ connection: await Connection.connect({ address }) });
  const names = { rest: `keap/rest-${id}`, xml: `keap/xml-${id}`, oauth: `keap/oauth-${id}` };
  const players: Player[] = [];
  const workflows = Object.values(names).map(connectionWorkflowId);
  onTestFinished(async () => {
    await Promise.all(players.map((player) => player.kill()));
    const end = (workflowId: string) => client.workflow.getHandle(workflowId).terminate('the test is over');
    await Promise.allSettled(workflows.map(end));
    await Promise.all(players.flatMap(({ doors }) => Object.values(doors).map((door) => door.close())));
    await sandbox.stop();
    await client.connection.close();
    await rm(folder, { recursive: true });
  });

  if (oauth) {
    const { accessToken, refreshToken } = keapSeed.oauth;
    await storeTokens(tokensFile(folder, names.oauth), {
      accessToken,
      refreshToken,
      expiresAt: Date.now() + 24 * 3_600_000,
    });
  }
  const requests = (account: Account) =>
    keap.ledger().requests.filter(({ credential }) => credential === credentials[account]);

  return {
    ...names,
    client,
    sandbox: keap,
    requests,
    async play({ twiceTheLimit = false } = {}) {
      const served = [names.rest, names.xml, ...(oauth ? [names.oauth] : [])];
      const doors: Record<string, Door> = {};
      for (const name of served) doors[name] = await openDoor(keap.port);
      const { clientId, clientSecret } = keapSeed.oauth;
      const settings = (name: string) => ({
        url: doors[name]?.url,
        transport: name === names.xml ? 'xml-rpc' : 'rest',
        auth:
          name === names.oauth
            ? { oauth: { clientId, clientSecret } }
            : { serviceAccountKey: keapSeed.serviceAccountKey },
        limits: byTheMinute
          ? [BY_THE_MINUTE]
          : [{ limit: PER_SECOND[name === names.oauth ? 'oauth' : 'key'] * (twiceTheLimit ? 2 : 1), perMs: 1_000 }],
      });
      const process = await spawnWorker({
        address,
        taskQueue: id,
        connections: Object.fromEntries(served.map((name) => [name, settings(name)])),
        stateFolder: folder,
        pace: PACE,
        workflowCode,
      });
      const player = { ...process, doors };
      players.push(player);
      return player;
    },
    async pile(connection, orders) {
      const waybill = new Waybill(client, id);
      const start = async () => {
        const reference = `S-${randomUUID().slice(0, 8)}`;
        const { workflowId } = await waybill.start(keapOrder, { ...plainOrder(), connection, reference });
        workflows.push(workflowId);
      };
      await Promise.all(Array.from({ length: orders }, start));
    },
    async busy(account) {
      const recent = () => requests(account).filter(({ time }) => time > keap.clock.now() - 1_000);
      await until(`${account} is busy`, 30_000, () => recent().length >= PER_SECOND[account]);
    },
    async serverOf(those) {
      const sends = ({ doors }: Player) => Object.values(doors).some(({ passed }) => passed.length > 0);
      await until('one of the processes serves', 20_000, () => those.some(sends));
      return those.find(sends);
    },
    async beaten(connection, fact) {
      const handle = client.workflow.getHandle(connectionWorkflowId(connection));
      await until(`${fact} is known`, 5_000, async () => {
        const { raw } = await handle.describe();
        const payloads = raw.pendingActivities?.[0]?.heartbeatDetails?.payloads ?? [];
        return payloads.some(({ data }) => Buffer.from(data ?? []).includes(fact));
      });
    },
    async renew(connection) {
      const handle = client.workflow.getHandle(connectionWorkflowId(connection));
      const { runId } = await handle.describe();
      // Its handler takes no argument. A history of more than 4 MiB is one to leave, for the server.
      // One at a time: several in one workflow task would be more than a gRPC message carries, 4 MiB.
      for (let i = 0; i < 6; i += 1) {
        await handle.signal('configured', 'x'.repeat(1_000_000));
        await until('the signal is served', 10_000, async () => !(await handle.describe()).raw.pendingWorkflowTask);
      }
      await until('a new history', 20_000, async () => (await handle.describe()).runId !== runId);
    },
  };
}

/** Looks until it is true; a deadline in milliseconds ends a wait in vain. */
export async function until(what: string, ms: number, isTrue: () => boolean | Promise<boolean>): Promise<void> {
  const end = performance.now() + ms;
  while (!(await isTrue())) {
    if (performance.now() > end) throw new Error(`${what}: not within ${ms} ms`);
    await pause(LOOK_EVERY_MS);
  }
}

/** When this process sent something on behalf of a connection, from a moment on. */
export const sentSince = ({ doors }: Player, connection: string, moment: number): number[] =>
  (doors[connection]?.passed ?? []).filter((at) => at >= moment);

/** Waits for the first request of each of these connections by this process; answers how many ms after a moment, each. */
export async function goesOn(player: Player, connections: readonly string[], since: number): Promise<number[]> {
  const first = (name: string) => sentSince(player, name, since)[0];
  // Longer than any promise: the test says what was promised, this one only what happened.
  await until('the process serves', 40_000, () => connections.every((name) => first(name) !== undefined));
  return connections.map((name) => Math.round((first(name) ?? 0) - since));
}
