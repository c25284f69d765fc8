import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Answer, Refusals } from './answer.js';
import { type Admission, type ExchangeParts, exchange } from './exchange.js';
import type { FaultRule } from './faults.js';
import type { CallKind } from './ledger.js';

/** A request as the routes of a REST API see it: text body, decoded path and query. */
export interface RestRequest {
  headers: FastifyRequest['headers'];
  params: Readonly<Record<string, string>>;
  query: URLSearchParams;
  body: unknown;
}

export interface RestRoute<Asked extends RestRequest> {
  operation: string;
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Below the root of the API, in the router's words. */
  path: string;
  /** Set where the method does not tell: a read that changes something. */
  kind?: CallKind;
  handle(asked: Asked): Answer;
}

/** The REST API of one platform. */
export interface RestApi<State, Asked extends RestRequest, Rule extends FaultRule = never> {
  /** What the paths of all routes begin with; each root serves all of them. */
  readonly roots: readonly string[];
  readonly routes: readonly RestRoute<Asked>[];
  readonly refusals: Refusals;
  admit(state: State, headers: RestRequest['headers']): Admission;
  /** What a route works on: the request of a caller who was admitted. */
  asked(state: State, request: RestRequest): Asked;
  /** The answer to what no route knows. */
  unknown(asked: Asked): Answer;
  /** The answer to a refusal that was thrown; undefined for what is none. */
  refusal(error: unknown): Answer | undefined;
  /** How a fault of the platform's own spoils the work. */
  spoil?(rule: Rule, work: () => Answer): Answer;
}

export const kindOf = ({ method, kind }: Pick<RestRoute<never>, 'method' | 'kind'>): CallKind =>
  kind ?? (method === 'GET' ? 'read' : 'write');

export const isJson = (headers: RestRequest['headers']): boolean =>
  /^application\/json\b/i.test(headers['content-type'] ?? '');

/** Puts a REST API on the server. */
export function serveRest<State, Asked extends RestRequest, Rule extends FaultRule>(
  app: FastifyInstance,
  parts: ExchangeParts<Rule>,
  current: () => State,
  api: RestApi<State, Asked, Rule>,
): void {
  for (const route of api.routes) {
    for (const root of api.roots) {
      app.route({
        method: route.method,
        url: `${root}${route.path}`,
        // One of the router's own would answer requests that the platform does not know.
        exposeHeadRoute: false,
        handler: (request, reply) => converse(request, reply, route, (asked) => route.handle(asked)),
      });
    }
  }
  app.setNotFoundHandler((request, reply) => {
    const kind = request.method === 'GET' ? 'read' : 'write';
    return converse(request, reply, { operation: 'unknown', method: 'GET', kind }, (asked) => api.unknown(asked));
  });

  function converse(
    request: FastifyRequest,
    reply: FastifyReply,
    route: Pick<RestRoute<Asked>, 'operation' | 'method' | 'kind'>,
    handle: (asked: Asked) => Answer,
  ) {
    const { method, url: path } = request;
    const state = current();
    const work = () => answered(request, state, handle);
    return exchange(parts, reply, {
      call: { operation: route.operation, kind: kindOf(route), method, path },
      refusals: api.refusals,
      admit: () => api.admit(state, request.headers),
      work: (rule) => (rule === null || api.spoil === undefined ? work() : api.spoil(rule, work)),
    });
  }

  function answered({ headers, params, url, body }: FastifyRequest, state: State, handle: (asked: Asked) => Answer) {
    const query = new URL(url, 'http://sandbox').searchParams;
    try {
      return handle(api.asked(state, { headers, params: params as Record<string, string>, query, body }));
    } catch (error) {
      const refusal = api.refusal(error);
      if (refusal === undefined) throw error;
      return refusal;
    }
  }
}
