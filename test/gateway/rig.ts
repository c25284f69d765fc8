import { onTestFinished } from 'vitest';
import { type ConnectionWebhook, parseWebhooks } from '../../src/connections.js';
import { createGatewayServer, type GatewayServer } from '../../src/gateway/server.js';

export const PATH = 'kX3_v9-QmZ7pLw2T';
export const SECRET = 'the-secret-of-today';
export const NEXT_SECRET = 'the-secret-of-tomorrow';

/** `keap/acme` shows its address only, `keap/shown` a secret in it as well; `logistics-plus/acme` shows one in a header. */
export const webhooks: ReadonlyMap<string, ConnectionWebhook> = parseWebhooks(
  {
    connections: {
      'keap/acme': { webhook: { path: PATH } },
      'keap/shown': { webhook: { path: PATH, secrets: [SECRET, NEXT_SECRET] } },
      'logistics-plus/acme': { webhook: { path: PATH, secrets: [SECRET, NEXT_SECRET], header: 'X-Secret' } },
    },
  },
  'the test',
  {},
);

/** A server whose hints are kept in memory. */
export interface Rig extends GatewayServer {
  readonly kept: [connection: string, hints: readonly string[]][];
  /** How often something was to be kept. */
  asked: number;
  /** Lines of the log, each as JSON. */
  readonly logged: string[];
  /** Set to let everything fail that is to be kept. */
  broken: Error | undefined;
  /** Set to let everything wait that is to be kept. */
  gate: Promise<void> | undefined;
  ready: boolean;
}

export function openRig(): Rig {
  const kept: Rig['kept'] = [];
  const logged: string[] = [];
  const line = (message: string, facts?: object) => void logged.push(JSON.stringify({ message, ...facts }));
  const server = createGatewayServer({
    webhooks,
    keep: async (connection, hints) => {
      rig.asked += 1;
      await rig.gate;
      if (rig.broken !== undefined) throw rig.broken;
      kept.push([connection, hints]);
    },
    isReady: async () => rig.ready,
    log: { info: line, warn: line },
  });
  const rig: Rig = { ...server, kept, asked: 0, logged, broken: undefined, gate: undefined, ready: true };
  onTestFinished(() => server.close());
  return rig;
}

export const address = (connection = 'keap/acme', path = PATH): string => `/webhooks/${connection}/${path}`;

/** An event as Keap sends it, of one order or of many. */
export const event = (...ids: number[]): object => ({
  event_key: 'order.edit',
  object_type: 'order',
  object_keys: ids.map((id) => ({ id, apiUrl: '', timestamp: '2026-01-15T15:31:02Z' })),
});
