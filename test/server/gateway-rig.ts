import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { Client, Connection, isGrpcServiceError } from '@temporalio/client';
import { inject, type TestContext } from 'vitest';
import { type Exit, spawnTethered } from '../../src/processes/tethered.js';
import { hintsWorkflowId } from '../../src/workflows/contract.js';
import { openTemporalDoor, type TemporalDoor } from './gateway-door.js';

/** What a gateway process is started with. */
export interface GatewayProcessOptions {
  /** host:port of Temporal. */
  readonly address: string;
  /** As in the file of a user. */
  readonly connections: Readonly<Record<string, object>>;
}

/** A gateway in a process of its own. It ends with the test's process at the latest. */
export interface GatewayProcess {
  readonly url: string;
  readonly exited: Promise<Exit>;
  signal(name: 'SIGKILL' | 'SIGTERM'): void;
  /** Ends it at once, if it has not ended yet. */
  kill(): Promise<void>;
}

/** gRPC status code. */
const NOT_FOUND = 5;

const runSource = fileURLToPath(new URL('../run-source.mjs', import.meta.url));
const gatewayProcess = fileURLToPath(new URL('./gateway-process.ts', import.meta.url));

/** Starts a gateway process, and waits until it listens. */
async function spawnGateway(options: GatewayProcessOptions): Promise<GatewayProcess> {
  const child = await spawnTethered(process.execPath, [runSource, gatewayProcess, JSON.stringify(options)]);
  let said = '';
  const listens = new Promise<string>((resolve) => {
    let out = '';
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      out += text;
      const url = /listens (\S+)\n/.exec(out)?.[1];
      if (url !== undefined) resolve(url);
    });
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  const died = child.exited.then(({ code, signal }) => {
    throw new Error(`the gateway process ended (${code ?? signal}): ${said}`);
  });
  died.catch(() => undefined);
  const url = await Promise.race([listens, died]);
  return {
    url,
    exited: child.exited,
    // To the process itself, not by way of its tether: it has it when this returns.
    signal: (name) => void process.kill(child.pid, name),
    async kill() {
      child.signal('SIGKILL');
      await child.exited;
    },
  };
}

/** A connection of its own, the hints that Temporal keeps for it, and gateways that reach Temporal by a door. */
export interface GatewayRig {
  readonly connection: string;
  readonly door: TemporalDoor;
  /** Starts a gateway process. */
  play(): Promise<GatewayProcess>;
  /** Sends the event of an order, or of several; answers the status, or undefined when the connection broke. */
  send(
    gateway: Pick<GatewayProcess, 'url'>,
    ids: number | readonly number[],
    secret?: string,
  ): Promise<number | undefined>;
  /** What the gateway has started. */
  started(): Promise<{ workflow: string; taskQueue: string; input: unknown[] }>;
  /** Every hint in the history, in the order in which they were made durable. */
  hints(): Promise<string[]>;
}

const PATH = 'kX3_v9-QmZ7pLw2T';
const SECRET = 'the-secret-of-today';

/** All that is started here ends with the test whose context this is. */
export async function openGateways({ onTestFinished }: TestContext): Promise<GatewayRig> {
  const address = inject('temporalAddress');
  const connection = `keap/${randomUUID().slice(0, 8)}`;
  const client = new Client({ connection: await Connection.connect({ address }) });
  const door = await openTemporalDoor(address);
  const processes: GatewayProcess[] = [];
  const handle = client.workflow.getHandle(hintsWorkflowId(connection));
  onTestFinished(async () => {
    await Promise.all(processes.map((each) => each.kill()));
    await handle.terminate('the test is over').catch(() => undefined);
    await door.shut();
    await client.connection.close();
  });
  return {
    connection,
    door,
    async play() {
      const connections = { [connection]: { webhook: { path: PATH, secrets: [SECRET] } } };
      const started = await spawnGateway({ address: door.address, connections });
      processes.push(started);
      return started;
    },
    async send({ url }, ids, secret = SECRET) {
      const object_keys = [ids].flat().map((id) => ({ id, apiUrl: '', timestamp: '2026-01-15T15:31:02Z' }));
      const answer = await fetch(`${url}/webhooks/${connection}/${PATH}?secret=${secret}`, {
        method: 'POST',
        body: JSON.stringify({ event_key: 'order.edit', object_type: 'order', object_keys }),
      }).catch(() => undefined);
      await answer?.text();
      return answer?.status;
    },
    async started() {
      const { events } = await handle.fetchHistory();
      const begun = events?.[0]?.workflowExecutionStartedEventAttributes;
      return {
        workflow: begun?.workflowType?.name ?? '',
        taskQueue: begun?.taskQueue?.name ?? '',
        input: (begun?.input?.payloads ?? []).map(jsonOf),
      };
    },
    async hints() {
      const { events } = await handle.fetchHistory().catch((error) => {
        // Before the first hint.
        if (isGrpcServiceError(error) && error.code === NOT_FOUND) return { events: [] };
        throw error;
      });
      const signals = (events ?? []).map(({ workflowExecutionSignaledEventAttributes: signaled }) => signaled);
      return signals.flatMap((signaled) => {
        if (signaled?.signalName !== 'hinted') return [];
        return (signaled.input?.payloads ?? []).map(jsonOf)[0] as string[];
      });
    },
  };
}

const jsonOf = ({ data }: { data?: Uint8Array | null }): unknown => JSON.parse(Buffer.from(data ?? []).toString());
