import type { z } from 'zod';
import { lost } from '../answers.js';
import type { Asked, Dialect, Refusal } from '../asked.js';
import type { FailureType } from '../failure.js';
import { list, text } from '../shapes.js';
import { anyCase } from './names.js';

/** What an answer that is no success looks like: the same envelope, with errors in it. Their texts may change any day. */
const errorEnvelope = anyCase({
  id: text,
  errors: list(anyCase({ code: text, title: text, detail: text, source: anyCase({ pointer: text }).nullish() })),
});

/** A person reads two or three; the rest mostly repeats them. */
const ERRORS_SHOWN = 3;

/** The Warehouse API. What it refuses is told by the HTTP status alone. */
export const logisticsPlusDialect: Dialect = {
  platform: 'logistics-plus',
  name: 'Logistics Plus',
  credentials: 'apiKey and organization',
  refusal,
  typeOf,
};

/**
 * A 404 is documented nowhere. On a search it says nothing about the order: the path or the host may be wrong, and taken
 * for "there is none" it would make a second order. In answer to a write the platform knows what it did not do.
 */
function typeOf(asked: Asked, status: number, said: Refusal | undefined): FailureType | undefined {
  if (status !== 404) return undefined;
  return asked.effect !== 'read' && said !== undefined ? 'Rejected' : lost(asked);
}

function refusal(body: string): Refusal | undefined {
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch {
    return undefined;
  }
  const { data } = errorEnvelope.safeParse(json);
  const [first] = data?.errors ?? [];
  if (data === undefined || first === undefined) return undefined;
  const message = data.errors.slice(0, ERRORS_SHOWN).map(inWords).filter(Boolean).join('; ');
  return {
    ...(isOpaque(data.id) ? { requestId: data.id } : {}),
    ...(isOpaque(first.code) ? { code: first.code } : {}),
    ...(message === '' ? {} : { message }),
  };
}

type PlatformError = z.output<typeof errorEnvelope>['errors'][number];

/** `Validation error: transportDetail has to be null (/transportDetail)` */
function inWords({ title, detail, source }: PlatformError): string {
  const words = [title, detail].filter(Boolean).join(': ');
  return source?.pointer ? `${words} (${source.pointer})` : words;
}

/** An id or a code, and surely no text. */
function isOpaque(value: string | null | undefined): value is string {
  return typeof value === 'string' && /^[\w.-]{1,64}$/.test(value);
}
