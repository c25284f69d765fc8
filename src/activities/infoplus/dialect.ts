import { lost } from '../answers.js';
import type { Asked, Dialect, Refusal } from '../asked.js';
import type { FailureType } from '../failure.js';

/** A person reads two or three. */
const ERRORS_SHOWN = 3;

/** Infoplus: what it refuses it says in a list of texts, without codes. */
export const infoplusDialect: Dialect = {
  platform: 'infoplus',
  name: 'Infoplus',
  credentials: 'apiKey, and what its user may do and see',
  // Clients of the platform look for errors in every answer.
  refusesWithSuccess: true,
  refusal,
  typeOf,
};

/** Calls about one record, by its number: only there can it be missing. */
const ABOUT_ONE = /^(order\.(get|delete|update|customFields|tags?|untag|audit)|carrierService\.get)$/;

/**
 * A 404 counts when Infoplus itself says it about one record. A page of some gateway proves nothing; and a search that
 * finds nothing answers with an empty list, so there a 404 is the wrong address, and taken for "there is none" it would
 * make a second order.
 */
function typeOf(asked: Asked, status: number, said: Refusal | undefined): FailureType | undefined {
  if (status !== 404) return undefined;
  if (said === undefined) return lost(asked);
  if (ABOUT_ONE.test(asked.operation)) return 'NotFound';
  return asked.effect === 'read' ? 'Unavailable' : 'Rejected';
}

function refusal(body: string): Refusal | undefined {
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch {
    return undefined;
  }
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return undefined;
  const { errors } = json as { errors?: unknown };
  const texts = (Array.isArray(errors) ? errors : [errors]).flatMap(inWords);
  if (texts.length === 0) return undefined;
  return { message: texts.slice(0, ERRORS_SHOWN).join('; ') };
}

/** A list of texts; an object with a message in it is taken too. */
function inWords(error: unknown): string[] {
  if (typeof error === 'string') return error.trim() === '' ? [] : [error.trim()];
  if (typeof error !== 'object' || error === null) return [];
  const { message } = error as { message?: unknown };
  return [typeof message === 'string' ? message : 'an error without a text'];
}
