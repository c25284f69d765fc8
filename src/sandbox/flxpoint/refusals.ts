import { type Answer, jsonAnswer, type Refusals } from '../answer.js';

/** A request that is refused. */
export class Refused extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

export const refused = (status: number, message: string): Refused => new Refused(status, message);
export const notFound = (what: string, id: unknown): Refused => refused(404, `There is no ${what} ${id}`);

/** No schema is documented for the errors of order calls; this is the one of the calls that have one. */
export const failure = (status: number, message: string): Answer => jsonAnswer(status, { error: message });

export const flxpointRefusals: Refusals = {
  unauthorized: () => failure(401, 'The API token is not valid'),
  throttled: () => failure(429, 'Too many requests'),
  internal: () => failure(500, 'An unexpected error occurred'),
  business: (message) => failure(400, message),
};
