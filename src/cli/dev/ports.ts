import { choosePort, PortTakenError, type PortWish } from '../../processes/ports.js';
import type { Progress } from '../../processes/progress.js';
import { platformNames } from '../../sandbox/index.js';
import { BadInput } from '../exit.js';

/** Which ports somebody asked for. 0 asks for any free one. */
export interface StagePorts {
  readonly port?: number;
  readonly uiPort?: number;
  /** Of the first platform's imitation; the others follow. */
  readonly sandboxPort?: number;
  readonly gatewayPort?: number;
}

/** Next to Temporal's own two, so that all are remembered together. */
const DEFAULT_SANDBOX_PORT = 8234;

const HIGHEST_PORT = 65_535;

/** The wish for a port: the one that was asked for, or else the usual one if it is free. 0 asks for any free one. */
export const portWish = (asked: number | undefined, usual: number): PortWish =>
  asked === 0 ? undefined : (asked ?? { preferred: usual });

/** A taken port is named before minutes go into getting a server. */
export async function expectFree({ port, uiPort, sandboxPort, gatewayPort }: StagePorts): Promise<void> {
  if (port !== undefined) await choosePort(port, "the Temporal server's port");
  if (uiPort !== undefined) await choosePort(uiPort, "the Temporal UI's port");
  if (gatewayPort !== undefined) await choosePort(gatewayPort, "the gateway's port");
  if (sandboxPort) await expectRowFree(sandboxPort);
}

/** The sandbox's first port: one that has as many free ones behind it as there are platforms. Undefined: any free ones. */
export async function chooseSandboxPort(asked: number | undefined, progress: Progress): Promise<number | undefined> {
  if (asked === 0) return undefined;
  try {
    await expectRowFree(asked ?? DEFAULT_SANDBOX_PORT);
    return asked ?? DEFAULT_SANDBOX_PORT;
  } catch (error) {
    if (asked !== undefined || !(error instanceof PortTakenError)) throw error;
    progress.line(`Port ${error.port} is taken by another program: the sandbox listens on others instead.`);
    return undefined;
  }
}

async function expectRowFree(first: number): Promise<void> {
  const highest = HIGHEST_PORT - platformNames.length + 1;
  if (first > highest) {
    throw new BadInput('--sandbox-port', [`expected ${highest} at most: each platform has a port of its own`]);
  }
  for (const index of platformNames.keys()) await choosePort(first + index, "the sandbox's port");
}
