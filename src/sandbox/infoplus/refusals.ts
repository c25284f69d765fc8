import { type Answer, jsonAnswer, type Refusals } from '../answer.js';

/** A request that is refused; its problems become the list of plain strings that every error body is. */
export class Refused extends Error {
  constructor(
    readonly status: number,
    readonly problems: readonly string[],
  ) {
    super(problems.join('. '));
  }
}

export const refused = (status: number, problem: string): Refused => new Refused(status, [problem]);

/** Nothing but the key `errors` is known of an error body; the texts are made up here. */
export function failure(status: number, problems: readonly string[]): Answer {
  return jsonAnswer(status, { errors: problems });
}

export const infoplusRefusals: Refusals = {
  unauthorized: () => failure(401, ['The API-Key is not valid.']),
  throttled: () => failure(429, ['Too many requests.']),
  internal: () => failure(500, ['An unexpected error occurred.']),
  business: (message) => failure(400, [message]),
};
