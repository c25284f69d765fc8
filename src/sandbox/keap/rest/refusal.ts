import type { z } from 'zod';
import { type Answer, jsonAnswer, type Refusals } from '../../answer.js';
import { gatewayRefusals } from '../gateway.js';

const statusWords: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  404: 'Not Found',
  500: 'Internal Server Error',
};

/** A request that REST v2 refuses; becomes its error body. */
export class RestRefusal extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

export const invalid = (what: string): RestRefusal => new RestRefusal(400, `${what} is invalid`);

export const notFound = (what: string, id: string): RestRefusal => new RestRefusal(404, `${what} ${id} was not found`);

/** The error body of every status that REST v2 documents. `resource` is method and path. */
export function errorAnswer(status: number, message: string, resource: string): Answer {
  const domain = /\/rest\/v2\/([a-z]+)/.exec(resource)?.[1]?.replace(/s$/, '') ?? 'request';
  return jsonAnswer(status, {
    code: status,
    message,
    status: statusWords[status] ?? 'Error',
    details: [{ domain, resource }],
  });
}

export function restRefusals(resource: string): Refusals {
  return {
    ...gatewayRefusals,
    internal: () => errorAnswer(500, 'Internal server error', resource),
    business: (message) => errorAnswer(400, message, resource),
  };
}

/** Parses a body; what does not fit is a 400 that names the member, an unknown member in Keap's words. */
export function parseBody<Schema extends z.ZodType>(schema: Schema, text: unknown): z.output<Schema> {
  const result = schema.safeParse(parseJson(text));
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  if (issue?.code === 'unrecognized_keys') throw new RestRefusal(400, `Unrecognized property: ${issue.keys[0]}`);
  const path = issue?.path.join('.') ?? '';
  throw invalid(path === '' ? 'request body' : path);
}

function parseJson(text: unknown): unknown {
  try {
    return JSON.parse(typeof text === 'string' ? text : '');
  } catch {
    throw new RestRefusal(400, 'Malformed JSON');
  }
}
