import type { z } from 'zod';
import type { Answer } from '../answer.js';
import type { RestRequest, RestRoute } from '../rest-api.js';
import type { Caller, TokenKind } from './gateway.js';
import { currentState, type FulfillmentRequest, type Interaction, type Order } from './orders.js';
import { notFound, refused } from './refusals.js';
import type { Tenant } from './tenant.js';

export interface ApiRequest extends RestRequest {
  tenant: Tenant;
  caller: Caller;
}

export interface ApiRoute extends RestRoute<ApiRequest> {
  /** Which kinds of tokens may make the call. */
  tokens: readonly TokenKind[];
  /** What the other kinds get; 401 unless told. */
  wrongKind?: 403;
}

export const emptyAnswer = (status: number): Answer => ({ status, headers: {}, body: '' });

/** The body as the schema has it; 400 where it is none. */
export function bodyOf<Schema extends z.ZodType>({ body }: ApiRequest, schema: Schema): z.output<Schema> {
  const parsed = schema.safeParse(jsonOf(body));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw refused(400, `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'is not valid'}`);
}

function jsonOf(body: unknown): unknown {
  try {
    return JSON.parse(typeof body === 'string' ? body : '');
  } catch {
    throw refused(400, 'The body has to be JSON');
  }
}

/** A number in the path. */
export function idIn({ params }: ApiRequest, name = 'id'): number {
  const text = params[name] ?? '';
  if (!/^\d+$/.test(text)) throw refused(400, `${name} has to be an integer, not "${text}"`);
  return Number(text);
}

/** The order of the path, when the token may see it. */
export function orderOf(request: ApiRequest, name = 'id'): Order {
  const id = idIn(request, name);
  const order = request.tenant.orders.byId(id);
  if (order === undefined || !sees(request.caller.channelId, order.channelId)) throw notFound('order', id);
  return order;
}

/** A fulfillment request with its order, when the token may see it. */
export function requestOf({ tenant, caller }: ApiRequest, id: number): { order: Order; request: FulfillmentRequest } {
  const order = tenant.orders.byRequest(id);
  const request = order && currentState(order).fulfillmentRequests.find((each) => each.id === id);
  if (order === undefined || request === undefined || !sees(caller.sourceId, request.sourceId)) {
    throw notFound('fulfillment request', id);
  }
  return { order, request };
}

/** A token of one source or channel sees what is its own. */
export const sees = (own: number | null, whose: number): boolean => own === null || own === whose;

const interactions: Readonly<Record<TokenKind, Interaction>> = {
  account: 'api',
  source: 'source_api',
  channel: 'channel_api',
};
export const interactionOf = ({ caller }: ApiRequest): Interaction => interactions[caller.kind];
