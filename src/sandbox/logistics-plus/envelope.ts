import { randomUUID } from 'node:crypto';
import { type Answer, jsonAnswer, type Refusals } from '../answer.js';

/** Request ids are 32 hex digits on creating and searching orders, and hyphenated everywhere else. */
export type RequestIdForm = 'hex' | 'uuid';

const requestId = (form: RequestIdForm) => (form === 'uuid' ? randomUUID() : randomUUID().replaceAll('-', ''));

/** What is wrong with a request, and where: a JSON pointer into its body. */
export interface Problem {
  detail: string;
  pointer: string;
}

/** A request that is refused; becomes an envelope with an error for each problem. */
export class Refused extends Error {
  constructor(
    readonly status: number,
    readonly problems: readonly Problem[],
  ) {
    super(problems.map(({ detail }) => detail).join('; '));
  }
}

export const refused = (status: number, detail: string, pointer = ''): Refused =>
  new Refused(status, [{ detail, pointer }]);

/** Every success is 200. */
export function success(data: unknown, form: RequestIdForm): Answer {
  return jsonAnswer(200, { data, id: requestId(form), resource: [], errors: [] });
}

/** `code` and `title` by status. The documentation has the members and none of their values. */
const words: Readonly<Record<number, readonly [code: string, title: string]>> = {
  400: ['validation', 'Validation error'],
  401: ['unauthorized', 'Unauthorized'],
  404: ['not_found', 'Not found'],
  409: ['conflict', 'Conflict'],
  422: ['unprocessable', 'Unprocessable request'],
  429: ['too_many_requests', 'Too many requests'],
  500: ['internal', 'Internal server error'],
};

export function failure(status: number, problems: readonly Problem[], form: RequestIdForm = 'hex'): Answer {
  const [code, title] = words[status] ?? ['error', 'Error'];
  return jsonAnswer(status, {
    data: {},
    id: requestId(form),
    resource: [],
    errors: problems.map(({ detail, pointer }) => ({
      id: randomUUID(),
      status: String(status),
      code,
      title,
      detail,
      source: { pointer },
    })),
  });
}

const general = (status: number, detail: string) => failure(status, [{ detail, pointer: '' }]);

export const logisticsPlusRefusals: Refusals = {
  unauthorized: () => general(401, 'The credentials are not valid'),
  throttled: () => general(429, 'Too many requests'),
  internal: () => general(500, 'An unexpected error occurred'),
  business: (message) => general(400, message),
};
