import { lost } from '../answers.js';
import type { Asked, Dialect, Refusal } from '../asked.js';
import type { FailureType } from '../failure.js';
import { refusedProducts } from './out-of-stock.js';
import { resetMs } from './quota.js';

/** BigCommerce. V2 refuses with a list, V3 with an object, refunds with an object in `data`; others with a text, or a page. */
export const bigcommerceDialect: Dialect = {
  platform: 'bigcommerce',
  name: 'BigCommerce',
  credentials: 'accessToken, and the scopes of its API account',
  refusal,
  typeOf,
  counterMs: (headers) => resetMs(headers),
};

/** A store that was suspended answers so for ever, and does nothing. */
const SUSPENDED = /the store is suspended/i;

/** The gateway may have it: connection trouble, the order is not Incomplete any more, a duplicate. The transactions tell. */
const PERHAPS_PAID = ['10000', '30101', '30105'];

/** The access token of a payment could not be made: nothing was paid. */
const NO_ACCESS_TOKEN = '30100';

function typeOf(asked: Asked, status: number, said: Refusal | undefined): FailureType | undefined {
  if (asked.operation === 'payments.pay' && PERHAPS_PAID.includes(said?.code ?? '')) return 'OutcomeUnknown';
  if (said?.code === NO_ACCESS_TOKEN) return 'Unavailable';
  if (status === 503 && SUSPENDED.test(said?.message ?? '')) return 'Unavailable';
  // Locked, or given up by the platform itself: what became of it is not said.
  if (status === 423 || status === 499) return lost(asked);
  if (status === 409 && asked.operation === 'metafields.create') return 'Conflict';
  if (status !== 404) return undefined;
  // Where the address is wrong nothing is missing. Taken for "there is none", a second order would be made.
  if (/route is not found/i.test(said?.message ?? '')) return asked.effect === 'read' ? 'Unavailable' : 'Rejected';
  if (!OVER_THE_STORE.includes(asked.operation)) return undefined;
  return asked.effect === 'read' ? 'Unavailable' : 'Rejected';
}

/** Calls that are about no record of their own: what is missing there is the address. */
const OVER_THE_STORE = [
  ...['orders.list', 'orders.create', 'metafields.list', 'inventory.items', 'inventory.adjust', 'settings.inventory'],
  ...['catalog.products', 'time.get', 'hooks.list', 'hooks.create', 'payments.token', 'payments.pay'],
];

function refusal(body: string): Refusal | undefined {
  const text = body.trim();
  if (text === '' || text.startsWith('<')) return undefined;
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return undefined;
  }
  const said = saidIn(json);
  const code = codeIn(json);
  return { ...(said.length === 0 ? {} : { message: said.join('; ') }), ...(code === undefined ? {} : { code }) };
}

/** A person reads two or three. */
const ERRORS_SHOWN = 3;

/** What is said in a list, an object, an object in `data`, or in several of them. */
function saidIn(json: unknown): string[] {
  if (Array.isArray(json)) return json.flatMap(saidIn).slice(0, ERRORS_SHOWN);
  if (typeof json === 'string') return json.trim() === '' ? [] : [json];
  if (typeof json !== 'object' || json === null) return [];
  const { message, title, error, detail, details, errors, data } = json as Record<string, unknown>;
  const words = [message, title, error].find((each) => typeof each === 'string' && each.trim() !== '');
  if (words === undefined) return data === undefined ? [] : saidIn(data);
  const more = [invalidReason(details), ...refusedProducts(details), ...fieldErrors(errors), detail];
  return [[words, ...more.filter((each) => typeof each === 'string' && each !== '')].join(' ')];
}

/** Of the Payments API. */
function codeIn(json: unknown): string | undefined {
  if (typeof json !== 'object' || json === null) return undefined;
  const { code } = json as Record<string, unknown>;
  return typeof code === 'number' || typeof code === 'string' ? String(code) : undefined;
}

function invalidReason(details: unknown): string | undefined {
  if (typeof details !== 'object' || details === null) return undefined;
  const { invalid_reason: reason } = details as Record<string, unknown>;
  return typeof reason === 'string' ? reason : undefined;
}

/** V3 maps a field to a text. */
function fieldErrors(errors: unknown): string[] {
  if (typeof errors !== 'object' || errors === null) return [];
  return Object.entries(errors)
    .slice(0, ERRORS_SHOWN)
    .flatMap(([field, text]) => (typeof text === 'string' ? [`${field}: ${text}`] : []));
}
