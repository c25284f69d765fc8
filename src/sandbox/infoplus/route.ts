import type { Answer } from '../answer.js';
import type { CallKind } from '../ledger.js';
import type { Site } from './site.js';

/** A request as the handlers see it: text body, decoded path and query. */
export interface ApiRequest {
  site: Site;
  /** Whose key it came with. */
  user: string;
  params: Readonly<Record<string, string>>;
  query: URLSearchParams;
  body: unknown;
}

export interface ApiRoute {
  operation: string;
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Below the version, in the router's words. */
  path: string;
  handle(request: ApiRequest): Answer;
}

export const kindOf = (method: string): CallKind => (method === 'GET' ? 'read' : 'write');
