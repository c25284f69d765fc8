import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Answer } from '../answer.js';
import { type ExchangeParts, exchange } from '../exchange.js';
import type { KeapOwnFault } from './faults.js';
import { admit, shownBy, switchedOff, withoutSecrets } from './gateway.js';
import type { ChargeOutcome } from './payments.js';
import { restRoutes } from './rest/index.js';
import { errorAnswer, RestRefusal, restRefusals } from './rest/refusal.js';
import { kindOf, type RestRequest, type RestRoute } from './rest/route.js';
import { v1Error, v1Refusals } from './rest/v1-refusal.js';
import type { Tenant } from './tenant.js';
import { grantToken, tokenRefusals } from './token-endpoint.js';
import { dispatch, faultAnswer, operationOf, readRequest, xmlRpcMethods, xmlRpcRefusals } from './xmlrpc/dispatcher.js';
import { methodFailed } from './xmlrpc/fault.js';

const restRoot = (route: RestRoute): string => `/crm/rest/v${route.version ?? 2}`;

/** Puts Keap's three doors on the server: REST, XML-RPC and the token endpoint. */
export function serveKeap(app: FastifyInstance, parts: ExchangeParts<KeapOwnFault>, current: () => Tenant): void {
  for (const route of restRoutes) {
    app.route({
      method: route.method,
      url: `${restRoot(route)}${route.path}`,
      handler: (request, reply) => exchange(parts, reply, restConversation(route, request, current())),
    });
  }
  for (const url of ['/crm/xmlrpc/v1', '/crm/xmlrpc']) {
    app.post(url, (request, reply) => exchange(parts, reply, xmlRpcConversation(request, current())));
  }
  app.post('/token', (request, reply) =>
    exchange(parts, reply, {
      call: { operation: 'token', kind: 'write', method: 'POST', path: '/token' },
      refusals: tokenRefusals,
      admit: () => ({ credential: null, refusal: null, headers: {} }),
      work: () => grantToken(current(), request),
    }),
  );
  app.setNotFoundHandler((request, reply) => {
    const resource = resourceOf(request);
    const message = 'Resource not found';
    const answer = resource.includes('/rest/v1/') ? v1Error(404, message) : errorAnswer(404, message, resource);
    return reply.code(answer.status).headers(answer.headers).send(answer.body);
  });
}

function restConversation(route: RestRoute, request: FastifyRequest, tenant: Tenant) {
  const resource = resourceOf(request);
  return {
    call: { operation: route.operation, kind: kindOf(route), method: route.method, path: withoutSecrets(request.url) },
    refusals: route.version === 1 ? v1Refusals : restRefusals(resource),
    admit: () => admit(tenant, shownBy(request)),
    work: (fault: KeapOwnFault | null) =>
      restWork(route, resource, {
        tenant,
        params: request.params as Record<string, string>,
        query: new URL(request.url, 'http://sandbox').searchParams,
        body: request.body,
        headers: request.headers,
        outcome: outcomeOf(fault),
      }),
  };
}

async function restWork(route: RestRoute, resource: string, request: RestRequest): Promise<Answer> {
  try {
    return await route.handle(request);
  } catch (error) {
    if (error instanceof RestRefusal) {
      const { status, message } = error;
      return route.version === 1 ? v1Error(status, message) : errorAnswer(status, message, resource);
    }
    throw error;
  }
}

function xmlRpcConversation(request: FastifyRequest, tenant: Tenant) {
  const read = readRequest(request.body);
  const operation = operationOf(read);
  const method = 'call' in read ? xmlRpcMethods.get(read.call.method) : undefined;
  const token = new URL(request.url, 'http://sandbox').searchParams.get('access_token') ?? undefined;
  return {
    call: { operation, kind: method?.kind ?? ('read' as const), method: 'POST', path: withoutSecrets(request.url) },
    refusals: xmlRpcRefusals,
    admit: () => {
      const admission = admit(tenant, shownBy(request, token));
      const off = tenant.clock.now() < tenant.brownoutUntil;
      return off && admission.refusal === null ? { ...admission, refusal: switchedOff() } : admission;
    },
    work: (fault: KeapOwnFault | null): Answer => {
      if (fault?.kind === 'brownout') {
        tenant.brownoutUntil = tenant.clock.now() + fault.ms;
        return switchedOff();
      }
      const answer = dispatch(read, { tenant, outcome: outcomeOf(fault) });
      return fault?.kind === 'fault-after' ? faultAnswer(methodFailed(operation.split(':')[0] ?? '', 'null')) : answer;
    },
  };
}

function outcomeOf(fault: KeapOwnFault | null): ChargeOutcome | null {
  switch (fault?.kind) {
    case 'decline':
    case 'gateway-error':
    case 'pending':
      return fault.kind;
    default:
      return null;
  }
}

function resourceOf(request: FastifyRequest): string {
  return `${request.method} ${(request.url.split('?')[0] ?? '').replace(/^\/crm/, '')}`;
}
