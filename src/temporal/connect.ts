import type { ConnectionOptions } from '@temporalio/client';
import { loadClientConnectConfig } from '@temporalio/envconfig';

/** Which Temporal to talk to. Whatever is absent comes from Temporal's own environment variables and config file. */
export interface TemporalTarget {
  /** Host and port, e.g. `localhost:7233`. */
  readonly address?: string | undefined;
  readonly namespace?: string | undefined;
}

/** The settings that Temporal's users know (`TEMPORAL_ADDRESS`, `TEMPORAL_PROFILE`, TLS, API key), and ours over them. */
export function temporalTarget({ address, namespace }: TemporalTarget = {}): {
  readonly connection: ConnectionOptions;
  readonly namespace: string;
} {
  const configured = loadClientConnectConfig();
  return {
    connection: { ...configured.connectionOptions, ...(address === undefined ? {} : { address }) },
    namespace: namespace ?? configured.namespace ?? 'default',
  };
}
