import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Log, WebhookRequest } from '../activities/platform.js';
import type { ConnectionWebhook } from '../connections.js';
import { ADDRESS, type AddressParts, findWebhook } from './address.js';
import type { Counters } from './counters.js';
import { type Keep, type Receipt, receive } from './receive.js';
import { NOT_FOUND, refuse } from './refuse.js';

interface Parts {
  readonly webhooks: ReadonlyMap<string, ConnectionWebhook>;
  readonly keep: Keep;
  readonly counters: Counters;
  readonly log: Log;
}

/** As many as a person reads in one line of a log. */
const HINTS_LOGGED = 10;

/** Puts the address of each connection on the server. */
export function addWebhookRoutes(app: FastifyInstance, { webhooks, keep, counters, log }: Parts): void {
  const known = new WeakMap<FastifyRequest, ConnectionWebhook>();

  const answer = (reply: FastifyReply, { connection }: ConnectionWebhook, receipt: Receipt) => {
    counters.ended(connection, receipt.outcome);
    tell(log, connection, reply.request.id, receipt);
    const { status, headers = {}, reason } = receipt;
    return reply
      .code(status)
      .headers(headers)
      .send(status === 200 ? {} : { error: reason });
  };

  app.post(ADDRESS, {
    onRequest: async (request, reply) => {
      const webhook = findWebhook(webhooks, request.params as AddressParts);
      if (webhook === undefined) {
        counters.unknown();
        return refuse(reply, 404, NOT_FOUND);
      }
      counters.received(webhook.connection);
      known.set(request, webhook);
      // Fastify would refuse an odd type before the body is looked at.
      request.headers['content-type'] = 'application/json';
      return undefined;
    },
    errorHandler: (error, request, reply) => {
      const webhook = known.get(request);
      // Closed at once, the sender would see a reset instead of the answer; what it still sends is thrown away.
      reply.removeHeader('connection');
      return webhook === undefined ? refuse(reply, 404, NOT_FOUND) : answer(reply, webhook, receiptOf(error));
    },
    handler: async (request, reply) => {
      const webhook = known.get(request);
      if (webhook === undefined) return refuse(reply, 404, NOT_FOUND);
      return answer(reply, webhook, await receive(webhook, asSent(request), keep));
    },
  });
  // Whether there is such an address or not: nobody learns it.
  const byPost = async (_request: FastifyRequest, reply: FastifyReply) =>
    refuse(reply.header('Allow', 'POST'), 405, 'webhooks are sent by POST');
  const others = ['GET', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];
  app.route({ method: others, url: ADDRESS, onRequest: byPost, handler: byPost });
}

function asSent({ headers, query, body }: FastifyRequest): WebhookRequest {
  return {
    headers: onlyTexts(headers),
    query: onlyTexts(query as Record<string, unknown>),
    body: Buffer.isBuffer(body) ? body : Buffer.alloc(0),
  };
}

/** What came more than once is as good as absent: nobody can say which of them counts. */
function onlyTexts(values: Readonly<Record<string, unknown>>): Record<string, string | undefined> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, typeof value === 'string' ? value : undefined]),
  );
}

/** A request whose body did not come whole, or a bug of ours: then the sender tries again. */
function receiptOf(error: Pick<FastifyError, 'statusCode'>): Receipt {
  const { statusCode: status = 500 } = error;
  if (status >= 500) return { outcome: 'failed', status: 500, reason: 'the gateway failed: send it again', error };
  const reason = status === 413 ? 'the body is too large' : 'the body cannot be read';
  return { outcome: 'unusable', status, reason };
}

function tell(log: Log, connection: string, request: string, { outcome, reason, hints, error }: Receipt): void {
  const facts = { connection, request, outcome };
  if (hints !== undefined) log.info('webhook', { ...facts, hints: hints.slice(0, HINTS_LOGGED), count: hints.length });
  else if (reason === undefined) log.info('webhook', facts);
  else log.warn('webhook', { ...facts, reason, ...(error !== undefined && { error: wordsOf(error) }) });
}

/** The innermost cause: Temporal's client wraps what the server said, or that there was none. */
function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause === undefined ? error.message : wordsOf(error.cause);
}
