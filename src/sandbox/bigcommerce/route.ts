import type { Answer } from '../answer.js';
import type { RestRequest, RestRoute } from '../rest-api.js';
import { isMembers, type Members } from './members.js';
import { notFound, refused } from './refusals.js';
import type { Scope } from './scopes.js';
import type { Store } from './store.js';
import type { Caller } from './tokens.js';

export interface ApiRequest extends RestRequest {
  store: Store;
  caller: Caller;
}

export interface ApiRoute extends RestRoute<ApiRequest> {
  /** Any one of them is enough; none asks for nothing in particular. */
  scopes: readonly Scope[];
}

/** V2's answer where there is nothing to show. */
export const noContent: Answer = { status: 204, headers: {}, body: '' };

/** The body as an object; 400 where it is none. */
export function membersOf({ body }: ApiRequest): Members {
  const parsed = jsonOf(body);
  if (!isMembers(parsed)) throw refused(400, 'The request body has to be a JSON object.');
  return parsed;
}

export function listOf({ body }: ApiRequest): readonly unknown[] {
  const parsed = jsonOf(body);
  if (!Array.isArray(parsed)) throw refused(422, 'The request body has to be a JSON array.');
  return parsed;
}

function jsonOf(body: unknown): unknown {
  try {
    return JSON.parse(typeof body === 'string' ? body : '');
  } catch {
    throw refused(400, 'The request body is not valid JSON.');
  }
}

/** A number in the path, which old clients of V2 follow with `.json`. What is none names nothing. */
export function idIn({ params }: Pick<ApiRequest, 'params'>, name: string): number {
  const text = (params[name] ?? '').replace(/\.json$/, '');
  // A slash at the end names another path, and one that nobody may use.
  if (text === '') throw refused(403, 'Forbidden');
  if (!/^\d+$/.test(text)) throw notFound();
  return Number(text);
}
