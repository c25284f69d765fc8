import type { FastifyRequest } from 'fastify';
import type { Answer, Refusals } from '../answer.js';
import type { Admission } from '../exchange.js';
import { refused } from './refusals.js';
import type { ApiRequest, ApiRoute } from './route.js';
import type { Store } from './store.js';

/** Authentication, then what is left of the quota. */
export function admitToken(
  { clock, settings, throttle, tokens }: Store,
  shown: FastifyRequest['headers'],
  refusals: Refusals,
): Admission {
  const caller = tokens.identify(shown);
  const now = clock.precise();
  const headers = () => (settings.rateHeaders ? throttle.headers(now, settings.throttle) : {});
  if (caller === null) return { credential: null, refusal: refusals.unauthorized(), headers: headers() };
  const credential = caller.clientId;
  const passes = throttle.admit(credential, now, settings.throttle);
  return { credential, refusal: passes ? null : refusals.throttled(), headers: headers() };
}

/** Of another store than the one in the path: the token is not valid there. */
export function expectStore({ storeHash }: Store, params: Readonly<Record<string, string>>): void {
  if (params.storeHash === storeHash) return;
  throw refused(
    401,
    'Unauthorized - the v3 Auth client ID or token in the request are not a valid combination for this store.',
  );
}

export function expectScope({ scopes }: ApiRoute, { caller }: ApiRequest): void {
  if (scopes.length === 0 || scopes.some((scope) => caller.scopes.has(scope))) return;
  throw refused(403, "You don't have a required scope to access the endpoint");
}

const takesJson = /(^|,)\s*(\*\/\*|application\/(\*|json|vnd\.bc\.v1\+json))/i;

export function expectAccepted({ headers }: ApiRequest): void {
  const { accept } = headers;
  if (accept === undefined || takesJson.test(accept)) return;
  throw refused(406, 'The requested content type is not available.');
}

/** Where there is a body it has to be said to be JSON. */
export function expectJson({ headers, body }: ApiRequest, status: 415 | 400): void {
  if (typeof body !== 'string' || body === '') return;
  if (/^application\/(json|vnd\.bc\.v1\+json)\b/i.test(headers['content-type'] ?? '')) return;
  throw refused(status, 'The content type of the request has to be application/json.');
}

/** What a route does, behind all that is asked of any request. */
export function guarded(route: ApiRoute, asked: ApiRequest, otherMediaType: 415 | 400 = 415): Answer {
  expectStore(asked.store, asked.params);
  asked.store.agenda.catchUp();
  expectScope(route, asked);
  expectAccepted(asked);
  expectJson(asked, otherMediaType);
  return route.handle(asked);
}
