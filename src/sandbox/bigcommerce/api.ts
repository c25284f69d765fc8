import type { FastifyInstance } from 'fastify';
import type { Refusals } from '../answer.js';
import type { ExchangeParts } from '../exchange.js';
import { type RestApi, type RestRequest, serveRest } from '../rest-api.js';
import type { BigcommerceOwnFault } from './faults.js';
import { spoil } from './faults.js';
import { admitToken, expectStore, guarded } from './gateway.js';
import { v2Routes, v3Routes } from './operations.js';
import { paymentsHost } from './payments/payments-host.js';
import { refusalAs, refusalsAs, refused, v2Failure, v3Failure } from './refusals.js';
import type { ApiRequest, ApiRoute } from './route.js';
import type { Store } from './store.js';

const root = '/stores/:storeHash';
const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;

type Api = RestApi<Store, ApiRequest, BigcommerceOwnFault>;

/** Puts the store's doors on the server: each version has errors of its own. */
export function serveBigcommerce(
  app: FastifyInstance,
  parts: ExchangeParts<BigcommerceOwnFault>,
  current: () => Store,
): void {
  const at = (prefix: string, api: Api) => {
    app.register(async (scope) => serveRest(scope, parts, current, api), { prefix });
  };
  at(`${root}/v2`, apiOf('v2', v2Routes, v2Failure));
  at(`${root}/v3`, apiOf('v3', v3Routes, v3Failure));
  at(`${root}/payments`, paymentsHost);
  serveRest(app, parts, current, { ...apiOf('v3', [], v3Failure), routes: [] });
}

function apiOf(version: 'v2' | 'v3', routes: readonly ApiRoute[], failure: typeof v2Failure): Api {
  const refusals: Refusals = refusalsAs(failure);
  const known = routes.map((route) => ({
    ...route,
    handle: (asked: ApiRequest) => guarded(route, asked, route.operation.startsWith('hooks.') ? 400 : 415),
  }));
  return {
    roots: [''],
    routes: [...(version === 'v2' ? known.flatMap(alsoWithSuffix) : known), ...notAllowed(routes), ...elsewhere],
    refusals,
    admit: (store, headers) => admitToken(store, headers, refusals),
    asked(store, request: RestRequest) {
      const caller = store.tokens.identify(request.headers);
      if (caller === null) throw refused(401, 'The access token is not valid for this store.');
      return { ...request, store, caller };
    },
    unknown() {
      throw refused(404, 'The route is not found, check the URL');
    },
    refusal: refusalAs(failure),
    spoil: (rule, work) => spoil(rule, work, failure),
  };
}

/** Old clients of V2 name the format they want in the path. */
function alsoWithSuffix<Route extends { path: string }>(route: Route): Route[] {
  const last = route.path.split('/').at(-1) ?? '';
  // Where the path ends with an id, the id's own reader takes it off.
  return last.startsWith(':') ? [route] : [route, { ...route, path: `${route.path}.json` }];
}

type PlainRoute = Api['routes'][number];

/** A path that is known, under a method that it does not have. */
function notAllowed(routes: readonly ApiRoute[]): PlainRoute[] {
  return [...new Set(routes.map(({ path }) => path))].flatMap((path) =>
    methods
      .filter((method) => !routes.some((route) => route.path === path && route.method === method))
      .map((method): PlainRoute => {
        const status = method === 'PATCH' ? 501 : 405;
        return {
          ...{ operation: 'unknown', method, path },
          handle(asked) {
            expectStore(asked.store, asked.params);
            throw refused(status, status === 501 ? 'Not implemented.' : 'The method is not allowed for this resource.');
          },
        };
      }),
  );
}

/** Everything else below a version. A slash at the end is another path, and one that nobody may use. */
const elsewhere: PlainRoute[] = methods.map((method) => ({
  ...{ operation: 'unknown', method, path: '/*' },
  handle({ params, store }) {
    expectStore(store, params);
    if ((params['*'] ?? '').endsWith('/')) throw refused(403, 'Forbidden');
    throw refused(404, 'The route is not found, check the URL');
  },
}));
