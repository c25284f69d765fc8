import { type Answer, jsonAnswer, type Refusals } from '../answer.js';

/** Where V2 and V3 send whoever reads an error. */
export const errorType = 'https://developer.bigcommerce.com/api-docs/getting-started/api-status-codes';

/** A request that is refused, in the words of whichever version was asked. */
export class Refused extends Error {
  constructor(
    readonly status: number,
    message: string,
    /** V2's `details`, V3's `errors`. */
    readonly details?: object,
  ) {
    super(message);
  }
}

/** A refusal in a form of its own. */
export class OddlyRefused extends Error {
  constructor(readonly answer: Answer) {
    super('refused');
  }
}

export const refused = (status: number, message: string, details?: object): Refused =>
  new Refused(status, message, details);

/** Says nothing of what was asked for, in either version. */
export const notFound = (): Refused => refused(404, 'The requested resource was not found.');
export const invalid = (field: string, reason?: string): Refused =>
  refused(400, `The field '${field}' is invalid.`, reason === undefined ? undefined : { invalid_reason: reason });
export const missing = (field: string): Refused => refused(400, `The required field '${field}' was not supplied.`);
export const notWritable = (field: string): Refused =>
  refused(400, `The field '${field}' cannot be written to. Please remove it from your request before trying again.`);
export const unsupported = (field: string): Refused =>
  refused(400, `The field '${field}' is not supported by this resource.`);
export const notNull = (field: string): Refused => refused(400, `The field '${field}' does not allow null values.`);

/** V2: always an array. */
export const v2Failure = (status: number, message: string, details?: object): Answer =>
  jsonAnswer(status, [{ status, message, details }]);

/** V3: an object. */
export const v3Failure = (status: number, title: string, errors: object = {}): Answer =>
  jsonAnswer(status, { status, title, type: errorType, errors });

/** What any call may be refused with, in the form of one version. */
export const refusalsAs = (failure: (status: number, message: string) => Answer): Refusals => ({
  unauthorized: () => failure(401, 'The access token is not valid for this store.'),
  throttled: () => failure(429, 'Too many requests'),
  internal: () => failure(500, 'An unexpected error occurred.'),
  business: (message) => failure(400, message),
});

/** The answer to a refusal that was thrown; undefined for what is none. */
export const refusalAs =
  (failure: typeof v2Failure) =>
  (error: unknown): Answer | undefined => {
    if (error instanceof Refused) return failure(error.status, error.message, error.details);
    return error instanceof OddlyRefused ? error.answer : undefined;
  };
