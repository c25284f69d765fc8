import type { FastifyInstance, FastifyRequest } from 'fastify';
import { type Answer, htmlPage } from '../answer.js';
import { type Conversation, type ExchangeParts, exchange } from '../exchange.js';
import { admit } from './gateway.js';
import { apiRoutes } from './operations.js';
import { failure, flxpointRefusals, Refused, refused } from './refusals.js';
import { type ApiRequest, type ApiRoute, kindOf } from './route.js';
import type { Tenant } from './tenant.js';

/** Puts the API on the server: at its root, without a version. */
export function serveFlxpoint(app: FastifyInstance, parts: ExchangeParts<never>, current: () => Tenant): void {
  for (const route of apiRoutes) {
    app.route({
      method: route.method,
      url: route.path,
      // One of the router's own would answer requests that the service does not know.
      exposeHeadRoute: false,
      handler: (request, reply) =>
        exchange(
          parts,
          reply,
          conversation(request, current(), route, (parsed) => {
            expectKind(route, parsed);
            expectJson(request);
            return route.handle(parsed);
          }),
        ),
    });
  }
  // Paths with a version among them.
  app.setNotFoundHandler((request, reply) => {
    const kind = request.method === 'GET' ? 'read' : 'write';
    const unknown = { operation: 'unknown', method: 'GET', kind } as const;
    return exchange(
      parts,
      reply,
      conversation(request, current(), unknown, ({ tenant }) => {
        if (tenant.settings.loginPage) return htmlPage;
        throw refused(404, 'There is no such resource');
      }),
    );
  });
}

function conversation(
  request: FastifyRequest,
  tenant: Tenant,
  route: Pick<ApiRoute, 'operation' | 'method' | 'kind'>,
  handle: ApiRoute['handle'],
): Conversation<never> {
  const { method, url, headers } = request;
  return {
    call: { operation: route.operation, kind: kindOf(route), method, path: url },
    refusals: flxpointRefusals,
    admit: () => admit(tenant, headers),
    work: () => answerTo(request, tenant, handle),
  };
}

function answerTo(request: FastifyRequest, tenant: Tenant, handle: ApiRoute['handle']): Answer {
  try {
    const caller = tenant.tokens.identify(request.headers);
    if (caller === null) return flxpointRefusals.unauthorized();
    return handle({
      tenant,
      caller,
      params: request.params as Record<string, string>,
      query: new URL(request.url, 'http://sandbox').searchParams,
      body: request.body,
    });
  } catch (error) {
    if (error instanceof Refused) return failure(error.status, error.message);
    throw error;
  }
}

function expectKind({ tokens, wrongKind }: ApiRoute, { caller }: ApiRequest): void {
  if (tokens.includes(caller.kind)) return;
  throw refused(wrongKind ?? 401, `A token of the kind ${caller.kind} may not do this`);
}

/** The documentation asks for the header where there is a body; what its absence gets is not said. */
function expectJson({ headers, body }: FastifyRequest): void {
  if (typeof body !== 'string' || body === '') return;
  if (!/^application\/json\b/i.test(headers['content-type'] ?? '')) {
    throw refused(400, 'Content-Type has to be application/json');
  }
}
