import { setTimeout as pause } from 'node:timers/promises';
import type { TetheredProcess } from '../../processes/tethered.js';
import { Failed } from '../exit.js';
import { type ProcessOptions, spawnGateway } from './children.js';
import type { Ends } from './ends.js';

/** A second where nobody else uses the machine; ten times that on two busy cores, and as much again. */
const READY_WITHIN_MS = 20_000;

/** How often it is asked whether it is ready, in milliseconds. */
const ASK_EVERY_MS = 100;

/** Starts the gateway in a process of its own, and waits until it takes webhooks. */
export async function openGateway(
  options: ProcessOptions & { readonly port: number },
  url: string,
  logFile: string,
  ends: Ends,
): Promise<void> {
  const gateway = await spawnGateway(options, logFile);
  ends.add({ stop: () => gateway.stop(), kill: () => gateway.signal('SIGKILL') });
  ends.watch('The gateway', gateway.exited, logFile);
  if (!(await isReady(gateway, url))) throw new Failed(`The gateway did not become ready; see ${logFile}`);
}

async function isReady({ exited }: TetheredProcess, url: string): Promise<boolean> {
  let ended = false;
  void exited.then(() => {
    ended = true;
  });
  const deadline = Date.now() + READY_WITHIN_MS;
  while (!ended && Date.now() < deadline) {
    const answer = await fetch(`${url}/ready`).catch(() => undefined);
    if (answer?.ok === true) return true;
    await pause(ASK_EVERY_MS);
  }
  return false;
}
