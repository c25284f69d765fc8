import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Answer } from '../answer.js';
import { type Conversation, type ExchangeParts, exchange } from '../exchange.js';
import { failure, logisticsPlusRefusals, Refused, refused } from './envelope.js';
import { admit } from './gateway.js';
import { apiRoutes } from './operations.js';
import { type ApiRoute, kindOf } from './route.js';
import type { Tenant } from './tenant.js';

const apiRoot = '/warehouse/v1';

/** Puts the warehouse API on the server. */
export function serveLogisticsPlus(app: FastifyInstance, parts: ExchangeParts<never>, current: () => Tenant): void {
  for (const route of apiRoutes) {
    app.route({
      method: route.method,
      url: `${apiRoot}${route.path}`,
      // One of the router's own would answer requests that the service does not know.
      exposeHeadRoute: false,
      handler: (request, reply) =>
        exchange(
          parts,
          reply,
          conversation(request, current(), route.operation, (parsed) => {
            if (route.method !== 'GET') expectJson(request);
            return route.handle(parsed);
          }),
        ),
    });
  }
  // The singular path of the running text among them.
  app.setNotFoundHandler((request, reply) =>
    exchange(
      parts,
      reply,
      conversation(request, current(), 'unknown', () => {
        throw refused(404, 'There is no such resource');
      }),
    ),
  );
}

function conversation(
  request: FastifyRequest,
  tenant: Tenant,
  operation: string,
  handle: ApiRoute['handle'],
): Conversation<never> {
  const { method, url, headers } = request;
  return {
    call: { operation, kind: kindOf(method), method, path: url },
    refusals: logisticsPlusRefusals,
    admit: () => admit(tenant, headers),
    work: () => answerTo(request, tenant, handle),
  };
}

function answerTo(request: FastifyRequest, tenant: Tenant, handle: ApiRoute['handle']): Answer {
  try {
    return handle({
      tenant,
      organization: tenant.keys.identify(request.headers)?.organization ?? '',
      params: request.params as Record<string, string>,
      query: new URL(request.url, 'http://sandbox').searchParams,
      body: request.body,
    });
  } catch (error) {
    if (error instanceof Refused) return failure(error.status, error.problems);
    throw error;
  }
}

/** The documentation asks for the header; what its absence gets is not said. */
function expectJson({ headers }: FastifyRequest): void {
  if (!/^application\/json\b/i.test(headers['content-type'] ?? '')) {
    throw refused(400, 'Content-Type has to be application/json');
  }
}
