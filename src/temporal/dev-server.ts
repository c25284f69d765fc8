import { appendFileSync } from 'node:fs';
import { type ChosenPort, choosePort, LOOPBACK, type PortWish } from '../processes/ports.js';
import { type Exit, spawnTethered, type TetheredProcess } from '../processes/tethered.js';
import { answers, EndedEarly } from './readiness.js';

export interface DevServerOptions {
  /** Path of the Temporal CLI. */
  executable: string;
  /** Of the gRPC frontend. */
  port?: PortWish;
  /** Of the web UI; `none` starts no UI. Any free port when not given. */
  uiPort?: PortWish | 'none';
  /** Keeps the data in this SQLite file. Without it everything ends with the server. */
  dbFilename?: string;
  /** `default` when not given. */
  namespace?: string;
  /** Name to type (`Keyword`, `Text`, `Int` …). A file that exists already keeps the ones it has. */
  searchAttributes?: Readonly<Record<string, string>>;
  /** Server settings beside the ones that every dev server here gets. */
  dynamicConfig?: Readonly<Record<string, string | number | boolean>>;
  /** Gets the server's errors and whatever else it prints, appended. */
  logFile?: string;
}

export interface DevServer {
  /** host:port of the gRPC frontend. */
  readonly address: string;
  readonly namespace: string;
  /** Undefined without a UI. */
  readonly uiUrl?: string;
  /** Preferred ports that were taken, one sentence each that names both: to be shown to the user. */
  readonly movedPorts: readonly string[];
  readonly pid: number;
  /** Settles when the server has ended, wanted or not. */
  readonly exited: Promise<Exit>;
  /** Ends the server in order. */
  stop(): Promise<void>;
  /** Ends it as a crash would. */
  kill(): Promise<void>;
}

/** What `temporal server start-dev` itself uses, and so where people look. */
export const DEFAULT_PORT = 7233;
export const DEFAULT_UI_PORT = 8233;

/** A port found free can be lost to another program before the server has it, as can those it picks inside. */
const ATTEMPTS = 3;
/** What the server says before it gives up is a line or two, and a stack. */
const LINES_KEPT_FOR_ERRORS = 20;

/**
 * One partition: with the usual four, a task queue's rate limit is dealt out in fours (up to four tasks at once),
 * and a poller may wait at one partition while the task lies in another.
 */
const ONE_PARTITION = {
  'matching.numTaskqueueReadPartitions': 1,
  'matching.numTaskqueueWritePartitions': 1,
};

/** Readers do not block the writer, and a commit does not wait for the disk: a dev server's data is worth no more. */
const PRAGMAS_FOR_FILES = ['journal_mode=WAL', 'synchronous=NORMAL'];

/**
 * Starts a Temporal dev server that ends with this process, however this process ends, and waits until it answers.
 *
 * @throws PortTakenError when a port given as a number is taken
 * @throws Error with the server's last lines when it ends, or does not answer in time
 */
export async function startDevServer(options: DevServerOptions): Promise<DevServer> {
  for (let attempt = 1; ; attempt++) {
    const grpc = await choosePort(options.port, "the Temporal server's port");
    const ui = options.uiPort === 'none' ? undefined : await choosePort(options.uiPort, "the Temporal UI's port");
    try {
      return await startOn(grpc, ui, options);
    } catch (error) {
      if (!(error instanceof EndedEarly) || attempt === ATTEMPTS) throw error;
    }
  }
}

async function startOn(grpc: ChosenPort, ui: ChosenPort | undefined, options: DevServerOptions): Promise<DevServer> {
  const address = `${LOOPBACK}:${grpc.port}`;
  const namespace = options.namespace ?? 'default';
  const server = await spawnTethered(options.executable, argumentsFor(grpc, ui, namespace, options));
  const lastLines = collectOutput(server, options.logFile);
  try {
    await answers(server, address, namespace);
  } catch (error) {
    await server.stop();
    const printed = lastLines();
    throw error instanceof Error && printed !== ''
      ? Object.assign(error, { message: `${error.message}\n${printed}` })
      : error;
  }
  return {
    address,
    namespace,
    ...(ui === undefined ? {} : { uiUrl: `http://${LOOPBACK}:${ui.port}` }),
    movedPorts: [...moved(grpc, 'Temporal server'), ...(ui === undefined ? [] : moved(ui, 'Temporal UI'))],
    pid: server.pid,
    exited: server.exited,
    stop: async () => {
      await server.stop();
    },
    kill: async () => {
      server.signal('SIGKILL');
      await server.exited;
    },
  };
}

function argumentsFor(
  grpc: ChosenPort,
  ui: ChosenPort | undefined,
  namespace: string,
  options: DevServerOptions,
): string[] {
  const settings = { ...ONE_PARTITION, ...options.dynamicConfig };
  const attributes = options.searchAttributes ?? {};
  return [
    ...['server', 'start-dev', '--ip', LOOPBACK, '--port', String(grpc.port), '--namespace', namespace],
    ...(ui === undefined ? ['--headless'] : ['--ui-port', String(ui.port), '--ui-disable-news-fetch']),
    ...['--log-level', 'error', '--log-format', 'text'],
    ...(options.dbFilename === undefined ? [] : ['--db-filename', options.dbFilename]),
    ...(options.dbFilename === undefined ? [] : PRAGMAS_FOR_FILES.flatMap((pragma) => ['--sqlite-pragma', pragma])),
    ...Object.entries(settings).flatMap(([key, value]) => [
      '--dynamic-config-value',
      `${key}=${JSON.stringify(value)}`,
    ]),
    ...Object.entries(attributes).flatMap(([name, type]) => ['--search-attribute', `${name}=${type}`]),
  ];
}

/** Reads all that the server prints, so that it never blocks on a full pipe; gives the last lines when asked. */
function collectOutput(server: TetheredProcess, logFile: string | undefined): () => string {
  let kept: string[] = [];
  for (const stream of [server.stdout, server.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      if (logFile !== undefined) appendFileSync(logFile, text);
      kept = [...kept, ...text.split('\n').filter((line) => line.trim() !== '')].slice(-LINES_KEPT_FOR_ERRORS);
    });
  }
  return () => kept.join('\n');
}

function moved(chosen: ChosenPort, what: string): string[] {
  return chosen.wanted === undefined
    ? []
    : [`Port ${chosen.wanted} is taken by another program: the ${what} listens on ${chosen.port} instead.`];
}
