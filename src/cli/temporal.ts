import type { Client, Connection } from '@temporalio/client';
import type { Command } from 'commander';
import type { Waybill } from '../client.js';
import { type TemporalTarget, temporalTarget } from '../temporal/connect.js';
import { BadInput, Failed } from './exit.js';

/** What {@link temporalOptions} adds to a command. */
export interface TemporalFlags {
  readonly address?: string;
  readonly namespace?: string;
}

/** A server that is there answers at once; whoever waits at a terminal should not wait for long. */
const CONNECT_WITHIN_MS = 4_000;

/** Adds the options that say which Temporal to talk to. */
export function temporalOptions(command: Command): Command {
  return command
    .option('--address <host:port>', 'Temporal server; else TEMPORAL_ADDRESS or the Temporal configuration file')
    .option('--namespace <name>', 'Temporal namespace; else TEMPORAL_NAMESPACE or the configuration file');
}

/** Connection settings and namespace. Throws {@link BadInput} when Temporal's own configuration cannot be read. */
export function targetOf(flags: TemporalFlags): ReturnType<typeof temporalTarget> {
  try {
    return temporalTarget(flags as TemporalTarget);
  } catch (error) {
    throw new BadInput("Temporal's configuration (TEMPORAL_* and temporal.toml)", [
      error instanceof Error ? error.message : String(error),
    ]);
  }
}

/** Connects, works, and closes the connection. */
export async function withClient<T>(flags: TemporalFlags, work: (client: Client) => Promise<T>): Promise<T> {
  const { connection, namespace } = await openConnection(flags);
  const { Client } = await import('@temporalio/client');
  try {
    return await work(new Client({ connection, namespace }));
  } finally {
    await connection.close();
  }
}

/** The same with Waybill's own client. */
export async function withWaybill<T>(
  flags: TemporalFlags & { readonly taskQueue?: string },
  work: (waybill: Waybill) => Promise<T>,
): Promise<T> {
  const { Waybill } = await import('../client.js');
  return withClient(flags, (client) => work(new Waybill(client, flags.taskQueue)));
}

/** Connects. Throws {@link Failed} when no server answers. */
export async function openConnection(
  flags: TemporalFlags,
): Promise<{ readonly connection: Connection; readonly namespace: string }> {
  const { connection: options, namespace } = targetOf(flags);
  const { Connection } = await import('@temporalio/client');
  try {
    const connection = await Connection.connect({ ...options, connectTimeout: CONNECT_WITHIN_MS });
    return { connection, namespace };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Failed(
      `No Temporal server answers at ${options.address ?? 'localhost:7233'}: ${why}\n` +
        'Start one (`waybill dev` has its own), or say where it is with --address or TEMPORAL_ADDRESS.',
    );
  }
}
