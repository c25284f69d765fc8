import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { type DevServer, startDevServer } from '../../src/temporal/dev-server.js';
import { attributes } from '../../src/workflows/contract.js';

/** A Temporal server on a file of its own, which can be killed and comes back with all that it knew. */
export interface FileServer {
  readonly address: string;
  readonly restarts: number;
  /** Kills it as a crash would, and starts it again on its file and port; `meanwhile` is what happens in between. */
  restart(meanwhile?: () => void): Promise<void>;
  stop(): Promise<void>;
}

export async function startFileServer(executable: string, folder: string): Promise<FileServer> {
  const options = {
    executable,
    uiPort: 'none',
    dbFilename: join(folder, 'temporal.db'),
    logFile: join(folder, 'temporal.log'),
    searchAttributes: Object.fromEntries(Object.values(attributes).map(({ name }) => [name, 'Keyword'])),
  } as const;
  let server: DevServer = await startDevServer(options);
  const { address } = server;
  const port = Number(address.split(':')[1]);
  let restarts = 0;
  return {
    address,
    get restarts() {
      return restarts;
    },
    async restart(meanwhile = () => {}) {
      appendFileSync(options.logFile, `killed ${new Date().toISOString()}\n`);
      await server.kill();
      meanwhile();
      server = await startDevServer({ ...options, port });
      appendFileSync(options.logFile, `back ${new Date().toISOString()}\n`);
      restarts += 1;
    },
    stop: () => server.stop(),
  };
}
