import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Answer } from '../answer.js';
import { type Conversation, type ExchangeParts, exchange } from '../exchange.js';
import { failure, logisticsPlusRefusals, Refused, refused, unavailable } from './envelope.js';
import type { LogisticsPlusOwnFault } from './faults.js';
import { admit } from './gateway.js';
import { apiRoutes } from './operations.js';
import { type ApiRoute, kindOf } from './route.js';
import type { Tenant } from './tenant.js';

const apiRoot = '/warehouse/v1';

/** Puts the warehouse API on the server. */
export function serveLogisticsPlus(
  app: FastifyInstance,
  parts: ExchangeParts<LogisticsPlusOwnFault>,
  current: () => Tenant,
): void {
  for (const route of apiRoutes) {
    app.route({
      method: route.method,
      url: `${apiRoot}${route.path}`,
      // One of the router's own would answer requests that the service does not know.
      exposeHeadRoute: false,
      handler: (request, reply) =>
        exchange(parts, reply, conversation(request, current(), route.operation, route.handle)),
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
): Conversation<LogisticsPlusOwnFault> {
  const { method, url, headers } = request;
  return {
    call: { operation, kind: kindOf(method), method, path: url },
    refusals: logisticsPlusRefusals,
    admit: () => admit(tenant, headers),
    work: (fault) => {
      if (fault !== null && !fault.worked) return unavailable;
      const answer = answerTo(request, tenant, handle);
      return fault === null ? answer : unavailable;
    },
  };
}

function answerTo(request: FastifyRequest, tenant: Tenant, handle: ApiRoute['handle']): Answer {
  try {
    if (request.method !== 'GET') expectJson(request);
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
