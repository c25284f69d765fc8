import type { AddressInfo } from 'node:net';
import type { Log } from './activities/platform.js';
import { shownAddressOf } from './connections/webhook.js';
import type { ConnectionWebhook } from './connections.js';
import { createGatewayServer } from './gateway/server.js';
import { openHintStore } from './gateway/temporal.js';
import { LOOPBACK } from './processes/ports.js';
import type { TemporalTarget } from './temporal/connect.js';
import { DEFAULT_TASK_QUEUE } from './workflows/contract.js';

export { addressOf } from './connections/webhook.js';
export { ConfigurationError, type ConnectionWebhook, loadWebhooks, parseWebhooks } from './connections.js';

/** What a gateway needs to know. */
export interface GatewayOptions {
  /** From `loadWebhooks`. */
  readonly webhooks: ReadonlyMap<string, ConnectionWebhook>;
  readonly temporal?: TemporalTarget;
  /** The workers' task queue. */
  readonly taskQueue?: string;
  /** Where it listens: this machine only, unless another address is given. Something in front of it speaks TLS. */
  readonly host?: string;
  /** 8240 if absent; 0 for any free one. */
  readonly port?: number;
  /** Gets ids, never bodies and never secrets. */
  readonly log: Log;
}

/** A gateway that runs. */
export interface RunningGateway {
  /** Its own address, e.g. `http://127.0.0.1:8240`. Below it are `/webhooks/…`, `/health`, `/ready` and `/metrics`. */
  readonly url: string;
  /** Accepts nothing more, answers what is under way, and stops. */
  stop(): Promise<void>;
}

/** Beside the ports of `waybill dev`: 8233 and 8234, with room for one for each platform's imitation. */
export const DEFAULT_GATEWAY_PORT = 8240;

/**
 * Starts a gateway: webhooks come in, are verified, made durable at Temporal, and acknowledged. While Temporal cannot be
 * reached each is answered 503, so that its sender tries again. Any number of gateways may run side by side.
 *
 * @throws Error with the `code` of the operating system (`EADDRINUSE`, …) when it cannot listen there
 */
export async function startGateway(options: GatewayOptions): Promise<RunningGateway> {
  const { webhooks, temporal, log, taskQueue = DEFAULT_TASK_QUEUE } = options;
  const { host = LOOPBACK, port = DEFAULT_GATEWAY_PORT } = options;
  const store = openHintStore(temporal, taskQueue);
  const { app, close } = createGatewayServer({ webhooks, keep: store.keep, isReady: store.isReady, log });
  try {
    await app.listen({ host, port });
  } catch (error) {
    await store.close();
    throw error;
  }
  const url = `http://${host.includes(':') ? `[${host}]` : host}:${(app.server.address() as AddressInfo).port}`;
  log.info('gateway started', { url, addresses: [...webhooks.values()].map(shownAddressOf) });
  if (!(await store.isReady())) log.warn('Temporal does not answer: until it does, webhooks are answered 503');
  return {
    url,
    async stop() {
      await close();
      await store.close();
      log.info('gateway stopped');
    },
  };
}
