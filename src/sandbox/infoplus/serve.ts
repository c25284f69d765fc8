import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Answer } from '../answer.js';
import { type Conversation, type ExchangeParts, exchange } from '../exchange.js';
import type { InfoplusOwnFault } from './faults.js';
import { admit } from './gateway.js';
import { apiRoutes } from './operations.js';
import { failure, infoplusRefusals, Refused, refused } from './refusals.js';
import { type ApiRoute, kindOf } from './route.js';
import type { Site } from './site.js';

/** `beta` moves without notice; what is imitated here is the same in both. */
const versions = ['v3.0', 'beta'];

/** Puts the API on the server. */
export function serveInfoplus(app: FastifyInstance, parts: ExchangeParts<InfoplusOwnFault>, current: () => Site): void {
  for (const version of versions) {
    for (const { operation, method, path, handle } of apiRoutes) {
      app.route({
        method,
        url: `/infoplus-wms/api/${version}${path}`,
        // One of the router's own would answer requests that the service does not know.
        exposeHeadRoute: false,
        handler: (request, reply) => exchange(parts, reply, conversation(request, current(), operation, handle)),
      });
    }
  }
  app.setNotFoundHandler((request, reply) =>
    exchange(
      parts,
      reply,
      conversation(request, current(), 'unknown', () => {
        throw refused(404, 'There is no such resource.');
      }),
    ),
  );
}

function conversation(
  request: FastifyRequest,
  site: Site,
  operation: string,
  handle: ApiRoute['handle'],
): Conversation<InfoplusOwnFault> {
  const { method, url, headers } = request;
  return {
    call: { operation, kind: kindOf(method), method, path: url },
    refusals: infoplusRefusals,
    admit: () => admit(site, headers),
    work: (fault) => {
      if (fault === null) return answerTo(request, site, handle);
      if (fault.worked) answerTo(request, site, handle);
      return { ...failure(400, [fault.message]), status: 200 };
    },
  };
}

function answerTo(request: FastifyRequest, site: Site, handle: ApiRoute['handle']): Answer {
  try {
    return handle({
      site,
      user: site.keys.userOf(request.headers) ?? '',
      params: request.params as Record<string, string>,
      query: new URL(request.url, 'http://sandbox').searchParams,
      body: request.body,
    });
  } catch (error) {
    if (error instanceof Refused) return failure(error.status, error.problems);
    throw error;
  }
}
