import type { Answer } from '../answer.js';
import type { CallKind } from '../ledger.js';
import type { Tenant } from './tenant.js';

/** A request as the handlers see it: text body, decoded path and query. */
export interface ApiRequest {
  tenant: Tenant;
  /** Whose orders these are. */
  organization: string;
  params: Readonly<Record<string, string>>;
  query: URLSearchParams;
  body: unknown;
}

export interface ApiRoute {
  operation: string;
  method: 'GET' | 'POST' | 'PATCH';
  /** Below `/warehouse/v1`, in the router's words. */
  path: string;
  handle(request: ApiRequest): Answer;
}

export const kindOf = (method: string): CallKind => (method === 'GET' ? 'read' : 'write');
