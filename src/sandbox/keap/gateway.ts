import type { FastifyRequest } from 'fastify';
import { type Answer, jsonAnswer, type Refusals } from '../answer.js';
import type { Admission } from '../exchange.js';
import type { Credential } from './accounts.js';
import type { Tenant } from './tenant.js';

// The gateway in front of both transports speaks JSON, whoever asks.
const unauthorized = (): Answer =>
  jsonAnswer(401, { code: 401, message: 'Unauthorized', status: 'Unauthorized', details: [] });

/** As users see it: here `code` is a string. */
const throttled = (): Answer =>
  jsonAnswer(429, { code: '429', message: 'Quota Exceeded', status: 'Request Throttled', details: null });

/** No answer of the application, so no XML-RPC and no REST error either. */
export const switchedOff = (): Answer => ({
  status: 503,
  headers: { 'content-type': 'text/html; charset=utf-8' },
  body: '<html><body><h1>503 Service Unavailable</h1></body></html>',
});

export const gatewayRefusals: Pick<Refusals, 'unauthorized' | 'throttled'> = { unauthorized, throttled };

/** Where a caller may show its credential. */
export interface Shown {
  key: string | undefined;
  bearer: string | undefined;
}

export function shownBy(request: FastifyRequest, queryToken?: string): Shown {
  const key = request.headers['x-keap-api-key'];
  const bearer = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1];
  return { key: typeof key === 'string' ? key : undefined, bearer: bearer ?? queryToken };
}

/** Authentication, then the limits of the credential. */
export function admit(tenant: Tenant, shown: Shown): Admission {
  const now = tenant.clock.precise();
  const credential = identify(tenant, shown, now);
  if (credential === null) return { credential: null, refusal: unauthorized(), headers: {} };
  const full = tenant.throttle.admit(credential, now, tenant.settings);
  return {
    credential: credential.id,
    refusal: full === null ? null : throttled(),
    headers: tenant.throttle.headers(credential, now, tenant.settings),
  };
}

function identify(tenant: Tenant, { key, bearer }: Shown, now: number): Credential | null {
  if (key !== undefined) return tenant.accounts.byKey(key);
  if (bearer !== undefined) return tenant.accounts.byBearer(bearer, now);
  return null;
}

/** The path as it may stand in a ledger. */
export function withoutSecrets(url: string): string {
  return url.replace(/([?&]access_token=)[^&]*/, '$1…');
}
