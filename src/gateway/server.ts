import Fastify, { type FastifyInstance } from 'fastify';
import type { Log } from '../activities/platform.js';
import type { ConnectionWebhook } from '../connections.js';
import { createCounters } from './counters.js';
import { addOperatorRoutes } from './operator-routes.js';
import type { Keep } from './receive.js';
import { NOT_FOUND, refuse } from './refuse.js';
import { addWebhookRoutes } from './webhook-routes.js';

/** What a gateway's server works with. */
export interface GatewayParts {
  readonly webhooks: ReadonlyMap<string, ConnectionWebhook>;
  readonly keep: Keep;
  /** Whether Temporal answers. */
  readonly isReady: () => Promise<boolean>;
  readonly log: Log;
}

/** The HTTP side of a gateway. */
export interface GatewayServer {
  readonly app: FastifyInstance;
  /** Accepts nothing more, and answers what is under way. */
  close(): Promise<void>;
}

/** Keap sends up to 1,000 keys at once, about 150 KiB; the others send less. */
const BODY_LIMIT = 512 * 1024;

/** From its first byte to its last. No platform waits longer for an answer: Keap gives up after 30 s. */
const REQUEST_WITHIN_MS = 30_000;

/** What is under way is answered before; only a sender that stalls in the middle of its request is cut off. */
const CLOSE_WITHIN_MS = 10_000;

/** The routes of webhooks and those for operators. Nothing of an error but its kind leaves the process. */
export function createGatewayServer({ webhooks, keep, isReady, log }: GatewayParts): GatewayServer {
  const counters = createCounters([...webhooks.keys()]);
  let closing = false;
  const app = Fastify({
    logger: false,
    bodyLimit: BODY_LIMIT,
    requestTimeout: REQUEST_WITHIN_MS,
    // What is on its way on an open connection is answered by the routes, which know what to say.
    return503OnClosing: false,
    frameworkErrors: (_error, _request, reply) => refuse(reply, 404, NOT_FOUND),
  });
  // Signatures cover bytes, and JSON comes under all kinds of types.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  // Before the body is read: who does not know an address costs no memory.
  app.addHook('onRequest', async (request, reply) => (request.is404 ? refuse(reply, 404, NOT_FOUND) : undefined));
  app.addHook('onSend', async (_request, reply) => {
    // A sender that keeps its connection would keep the gateway from stopping.
    if (closing) reply.header('connection', 'close');
  });
  app.setErrorHandler((_error, _request, reply) => refuse(reply, 500, 'the gateway failed'));
  addWebhookRoutes(app, { webhooks, keep, counters, log });
  addOperatorRoutes(app, { counters, isReady: async () => !closing && (await isReady()) });
  return {
    app,
    async close() {
      closing = true;
      const late = setTimeout(() => app.server.closeAllConnections(), CLOSE_WITHIN_MS);
      try {
        await app.close();
      } finally {
        clearTimeout(late);
      }
    },
  };
}
