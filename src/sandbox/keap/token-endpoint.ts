import type { FastifyRequest } from 'fastify';
import { type Answer, jsonAnswer, type Refusals } from '../answer.js';
import type { TokenPair } from './accounts.js';
import { gatewayRefusals } from './gateway.js';
import { keapSeed } from './seed.js';
import type { Tenant } from './tenant.js';

/** `POST /token`: form-encoded in, JSON out. The code grant names its client in the body, the refresh by Basic auth. */
export function grantToken(tenant: Tenant, request: FastifyRequest): Answer {
  const form = new URLSearchParams(typeof request.body === 'string' ? request.body : '');
  const grant = form.get('grant_type');
  const now = tenant.clock.now();
  if (grant === 'authorization_code') {
    if (!tenant.accounts.isClient(form.get('client_id') ?? undefined, form.get('client_secret') ?? undefined)) {
      return invalidClient();
    }
    return granted(tenant.accounts.redeem(form.get('code') ?? '', form.get('redirect_uri') ?? '', now));
  }
  if (grant === 'refresh_token') {
    const { id, secret } = basicAuth(request.headers.authorization);
    if (!tenant.accounts.isClient(id, secret)) return invalidClient();
    return granted(tenant.accounts.refresh(form.get('refresh_token') ?? '', now, tenant.settings.refreshGraceMs));
  }
  return refusal(400, 'unsupported_grant_type', `The grant type "${grant ?? ''}" is not supported`);
}

export const tokenRefusals: Refusals = {
  ...gatewayRefusals,
  internal: () => refusal(500, 'server_error', 'Internal server error'),
  business: (message) => refusal(400, 'invalid_grant', message),
};

function granted(pair: TokenPair | null): Answer {
  if (pair === null) return refusal(400, 'invalid_grant', 'The grant is unknown, expired or replaced');
  return jsonAnswer(200, {
    access_token: pair.accessToken,
    refresh_token: pair.refreshToken,
    expires_in: pair.expiresInSeconds,
    token_type: 'bearer',
    scope: `full|${keapSeed.tenant}.infusionsoft.com`,
  });
}

function invalidClient(): Answer {
  return refusal(401, 'invalid_client', 'The client credentials are not valid');
}

function refusal(status: number, error: string, description: string): Answer {
  return jsonAnswer(status, { error, error_description: description });
}

function basicAuth(header: string | undefined): { id?: string; secret?: string } {
  const encoded = /^Basic (.+)$/i.exec(header ?? '')?.[1];
  if (encoded === undefined) return {};
  const decoded = Buffer.from(encoded, 'base64').toString('utf8');
  const colon = decoded.indexOf(':');
  return colon === -1 ? { id: decoded } : { id: decoded.slice(0, colon), secret: decoded.slice(colon + 1) };
}
