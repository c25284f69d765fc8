import type { FastifyInstance } from 'fastify';
import type { Counters } from './counters.js';

/** What operators ask a gateway. Nothing of it is secret; the names of the connections are in the metrics. */
export function addOperatorRoutes(
  app: FastifyInstance,
  { counters, isReady }: { readonly counters: Counters; readonly isReady: () => Promise<boolean> },
): void {
  app.get('/health', async () => ({ status: 'ok' }));
  app.get('/ready', async (_request, reply) => {
    const ready = await isReady();
    return reply.code(ready ? 200 : 503).send({ ready });
  });
  app.get('/metrics', async (_request, reply) => reply.type('text/plain; version=0.0.4').send(counters.text()));
}
