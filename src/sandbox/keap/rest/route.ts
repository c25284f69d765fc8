import type { IncomingHttpHeaders } from 'node:http';
import { type Answer, jsonAnswer } from '../../answer.js';
import type { CallKind } from '../../ledger.js';
import type { ChargeOutcome } from '../payments.js';
import type { Tenant } from '../tenant.js';

/** A request as the REST handlers see it: text body, decoded path and query. */
export interface RestRequest {
  tenant: Tenant;
  params: Readonly<Record<string, string>>;
  query: URLSearchParams;
  body: unknown;
  headers: IncomingHttpHeaders;
  /** How a charge must end, when a fault says so. */
  outcome: ChargeOutcome | null;
}

export interface RestRoute {
  operation: string;
  /** 2 unless told. */
  version?: 1;
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Below `/crm/rest/v2` or `v1`, in the router's words: `:name` for a part, `::` for a colon. */
  path: string;
  handle(request: RestRequest): Answer | Promise<Answer>;
}

export const kindOf = (route: RestRoute): CallKind => (route.method === 'GET' ? 'read' : 'write');

export const ok = (body: unknown): Answer => jsonAnswer(200, body);
export const created = (body: unknown): Answer => jsonAnswer(201, body);
export const noContent = (): Answer => ({ status: 204, headers: {}, body: '' });

/** Drops members without a value: REST v2 leaves them out. */
export function present<T extends object>(members: T): Partial<T> {
  return Object.fromEntries(
    Object.entries(members).filter(([, value]) => value !== null && value !== undefined),
  ) as Partial<T>;
}
