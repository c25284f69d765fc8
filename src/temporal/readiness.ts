import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { Connection } from '@temporalio/client';
import type { TetheredProcess } from '../processes/tethered.js';

/** Alone on two cores the server answers within half a second; a cold disk and a loaded CI machine may take eighty times that. */
const START_DEADLINE_MS = 40_000;
/** The server needs about 300 ms, so this adds little to it. */
const POLL_MS = 50;
/** Of one question; a server that has just begun may keep one waiting for good. */
const ASK_TIMEOUT_MS = 2_000;

/** The server has ended before it could be used. */
export class EndedEarly extends Error {}

/**
 * Waits until a server that was just started can be used.
 *
 * @param address host:port of its frontend
 * @throws EndedEarly when it ends first
 * @throws Error when the time is up
 */
export async function answers(server: TetheredProcess, address: string, namespace: string): Promise<void> {
  const over = new AbortController();
  const ended = server.exited.then((exit) => {
    throw new EndedEarly(`The Temporal server ended (${exit.signal ?? `exit code ${exit.code}`}) before it answered.`);
  });
  try {
    await Promise.race([ended, untilItAnswers(address, namespace, over.signal)]);
  } finally {
    over.abort();
  }
}

async function untilItAnswers(address: string, namespace: string, over: AbortSignal): Promise<void> {
  const deadline = Date.now() + START_DEADLINE_MS;
  let reason: unknown;
  while (!over.aborted && Date.now() < deadline) {
    try {
      await listens(address);
      await ask(address, namespace);
      return;
    } catch (error) {
      reason = error;
      await pause(POLL_MS);
    }
  }
  throw new Error(`The Temporal server at ${address} did not answer within ${START_DEADLINE_MS / 1000} s.`, {
    cause: reason,
  });
}

/** Asked for first, because gRPC waits a second before it tries a refused connection again. */
async function listens(address: string): Promise<void> {
  const { hostname, port } = new URL(`tcp://${address}`);
  const socket = connect(Number(port), hostname);
  try {
    await once(socket, 'connect');
  } finally {
    socket.destroy();
  }
}

/** The frontend listens before its namespace can be used, so it is the namespace that is asked for. */
async function ask(address: string, namespace: string): Promise<void> {
  const connection = await Connection.connect({ address, connectTimeout: ASK_TIMEOUT_MS });
  try {
    await connection.withDeadline(Date.now() + ASK_TIMEOUT_MS, () =>
      connection.workflowService.describeNamespace({ namespace }),
    );
  } finally {
    await connection.close();
  }
}
