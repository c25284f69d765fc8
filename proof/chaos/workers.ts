import { appendFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { spawnTethered, type TetheredProcess } from '../../src/processes/tethered.js';
import type { Dice } from './dice.js';

export interface WorkersOptions {
  readonly address: string;
  readonly taskQueue: string;
  readonly connections: Readonly<Record<string, object>>;
  /** Where the processes' options and states are, and what they say. */
  readonly folder: string;
  readonly pace: number;
}

/** Worker processes beside each other; each is started again whenever it has ended. */
export interface Workers {
  /** Where all that they say is. */
  readonly logFile: string;
  readonly kills: number;
  /** How often one ended that nobody had killed. */
  readonly endedByThemselves: number;
  /** Kills one of them, once all work: on a slow machine none would come to anything otherwise. */
  killOne(dice: Dice): Promise<void>;
  close(): Promise<void>;
}

const source = fileURLToPath(new URL('./worker.mjs', import.meta.url));

/** One that cannot start, because there is no server for the moment, is started again after this. */
const AGAIN_AFTER_MS = 500;

const LOOK_EVERY_MS = 50;

/** Starts so many worker processes, and waits until all of them work. */
export async function startWorkers(count: number, options: WorkersOptions): Promise<Workers> {
  const { folder } = options;
  const logFile = join(folder, 'workers.log');
  const optionsFile = join(folder, 'worker.json');
  await writeFile(optionsFile, JSON.stringify({ ...options, stateFolder: join(folder, 'state') }));
  const alive = new Set<TetheredProcess>();
  const working = new Set<TetheredProcess>();
  const killed = new Set<TetheredProcess>();
  let closed = false;
  let endedByThemselves = 0;

  /** Settles when the process works; goes on with the next one when it has ended. */
  const keepUp = async (): Promise<void> => {
    const worker = await spawnTethered(process.execPath, [source, optionsFile]);
    alive.add(worker);
    const ready = new Promise<void>((resolve) => {
      for (const input of [worker.stdout, worker.stderr]) {
        if (input === null) continue;
        createInterface({ input }).on('line', (line) => {
          appendFileSync(logFile, `${worker.pid} ${line}\n`);
          if (line !== 'ready') return;
          working.add(worker);
          resolve();
        });
      }
    });
    const ended = worker.exited.then(async () => {
      alive.delete(worker);
      working.delete(worker);
      if (closed) return;
      if (!killed.has(worker)) {
        endedByThemselves += 1;
        await pause(AGAIN_AFTER_MS);
      }
      await keepUp();
    });
    await Promise.race([ready, ended]);
  };
  await Promise.all(Array.from({ length: count }, keepUp));

  const kill = async (worker: TetheredProcess) => {
    killed.add(worker);
    appendFileSync(logFile, `${worker.pid} is killed ${new Date().toISOString()}\n`);
    // To the process itself, not by way of its tether: it has it when this returns.
    process.kill(worker.pid, 'SIGKILL');
    await worker.exited;
  };
  return {
    logFile,
    get kills() {
      return killed.size;
    },
    get endedByThemselves() {
      return endedByThemselves;
    },
    async killOne(dice) {
      while (working.size < count && !closed) await pause(LOOK_EVERY_MS);
      if (!closed) await kill(dice.pick([...working]));
    },
    async close() {
      closed = true;
      await Promise.all([...alive].map((worker) => worker.stop()));
    },
  };
}
