import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';

/** Everything that Waybill starts for development listens here only: none of it asks who is calling. */
export const LOOPBACK = '127.0.0.1';

/**
 * Which port somebody wants: that one and no other (a number), that one if it is free (`preferred`),
 * or any free one (undefined).
 */
export type PortWish = number | { preferred: number } | undefined;

/** `wanted` is set when another port was preferred and is taken: to be said to whoever looks for it there. */
export interface ChosenPort {
  port: number;
  wanted?: number;
}

/** A port that was asked for by number is taken. `port` is that number. */
export class PortTakenError extends Error {
  override readonly name = 'PortTakenError';

  constructor(
    readonly port: number,
    purpose: string,
  ) {
    super(
      `Port ${port} on ${LOOPBACK}, asked for as ${purpose}, is taken by another program. ` +
        'Stop that program, or ask for another port.',
    );
  }
}

/**
 * Finds a port. Nothing holds it until its user listens there, so users of a free port must be ready to lose it.
 *
 * @param purpose what the port is for, as the error says it: `the Temporal server's port`
 * @throws PortTakenError when the wish is a number and that port is taken
 */
export async function choosePort(wish: PortWish, purpose: string): Promise<ChosenPort> {
  if (wish === undefined) return { port: await freePort() };
  if (typeof wish === 'number') {
    if (await isFree(wish)) return { port: wish };
    throw new PortTakenError(wish, purpose);
  }
  if (await isFree(wish.preferred)) return { port: wish.preferred };
  return { port: await freePort(), wanted: wish.preferred };
}

async function isFree(port: number): Promise<boolean> {
  try {
    await listenOnce(port);
    return true;
  } catch (error) {
    // EACCES: a port that this user may not open (below 1024, or reserved on Windows) is as good as taken.
    if (error instanceof Error && 'code' in error && (error.code === 'EADDRINUSE' || error.code === 'EACCES')) {
      return false;
    }
    throw error;
  }
}

function freePort(): Promise<number> {
  return listenOnce(0);
}

async function listenOnce(port: number): Promise<number> {
  const server = createServer();
  server.listen(port, LOOPBACK);
  await once(server, 'listening');
  const { port: bound } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return bound;
}
