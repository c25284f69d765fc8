import type { Dialect, Refusal } from '../asked.js';
import { poolPauseMs } from './pool.js';

/** Flxpoint. No form of its errors is published; several are in use. */
export const flxpointDialect: Dialect = {
  platform: 'flxpoint',
  name: 'Flxpoint',
  credentials: 'token and tokenKind',
  refusal,
  counterMs: (headers) => poolPauseMs(headers),
};

/** In the order in which they say most: `error`, `message`, `errors`, the plain text. A page is not Flxpoint's own. */
function refusal(body: string): Refusal | undefined {
  const text = body.trim();
  if (text === '' || isPage(text)) return undefined;
  const message = wordsIn(text);
  return message === undefined ? {} : { message };
}

/** The page of a login or of a gateway. */
export const isPage = (text: string): boolean => text.trimStart().startsWith('<');

function wordsIn(text: string): string | undefined {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return text;
  }
  if (typeof json === 'string') return json;
  if (typeof json !== 'object' || json === null) return undefined;
  const { error, message, errors } = json as Record<string, unknown>;
  return textOf(error) ?? textOf(message) ?? textOf(errors);
}

/** A person reads two or three; the rest mostly repeats them. */
const ERRORS_SHOWN = 3;

/** A text, or those in a list or an object. */
function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value.trim() === '' ? undefined : value;
  if (typeof value !== 'object' || value === null) return undefined;
  const texts = Object.values(value).flatMap((each) => textOf(each) ?? []);
  return texts.length === 0 ? undefined : texts.slice(0, ERRORS_SHOWN).join('; ');
}
