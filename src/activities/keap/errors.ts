import type { ApplicationFailure } from '@temporalio/common';
import { failed, lost, quoted } from '../answers.js';
import type { Asked, Dialect, Refusal } from '../asked.js';
import type { FailureType } from '../failure.js';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** REST v2, and what both APIs share. */
export const keapDialect: Dialect = {
  platform: 'keap',
  name: 'Keap',
  credentials: 'the credentials',
  refusal: errorBody,
  /** The throttle starts anew each minute, the quota at 00:00 UTC. The limit per second has no counter. */
  counterMs(headers, now) {
    if (headers['x-keap-product-quota-available'] === '0') return DAY - (now % DAY);
    if (headers['x-keap-product-throttle-available'] === '0' || headers['x-keap-tenant-throttle-available'] === '0') {
      return MINUTE - (now % MINUTE);
    }
    return undefined;
  },
};

/** XML-RPC other than 200: the gateway speaks, the application was not asked. */
export const keapGateway: Dialect = {
  ...keapDialect,
  name: "Keap's gateway",
  refusal: () => undefined,
  // Brownouts and the final switch-off answer anything; none of it says that the order is wrong.
  typeOf: (asked, status) => (status === 401 || status === 403 || status === 429 ? undefined : lost(asked)),
};

/** A fault of XML-RPC. Its numbers are known; what fault 0 means stands in its text only. */
export function fromFault(
  asked: Asked,
  faultCode: number,
  faultString: string,
  stayAway: () => number,
): ApplicationFailure {
  const says = quoted(asked, faultString) ?? '';
  const text = `Keap answered ${asked.operation} with fault ${faultCode}: ${says}`;
  const type = faultType(asked, faultCode, faultString);
  return failed(
    asked,
    type,
    text,
    { status: 200, code: String(faultCode) },
    type === 'RateLimited' ? stayAway() : undefined,
  );
}

function faultType(asked: Asked, code: number, text: string): FailureType {
  if (text.includes('ThrottlingException')) return 'RateLimited';
  // Keap refuses a payment above the balance with this sentence, wrapped into "Failed to invoke" or not.
  if (text.includes('exceeds the amount due')) return 'Rejected';
  if (code === 0 || code === -1) {
    // "Failed to invoke method" once came for every charge while the cards were in fact charged.
    return /No method matching|Failed to parse/.test(text) ? 'Rejected' : lost(asked);
  }
  // Configuration, key, login: no fault of the order, and put right by a person.
  if (code === 1 || code === 2 || (code >= 13 && code <= 15)) return 'NotAuthorized';
  if (code === 5) return 'NotFound';
  if (code >= 7 && code <= 12) return 'Rejected';
  return lost(asked);
}

/** REST's `code` is a number, at the throttle a string; v1 bodies have a message only. */
function errorBody(text: string): Refusal | undefined {
  try {
    const body: unknown = JSON.parse(text);
    if (typeof body !== 'object' || body === null) return undefined;
    const { code, message } = body as Record<string, unknown>;
    const refusal = {
      ...(typeof code === 'number' || typeof code === 'string' ? { code: String(code).slice(0, 40) } : {}),
      ...(typeof message === 'string' ? { message } : {}),
    };
    return Object.keys(refusal).length === 0 ? undefined : refusal;
  } catch {
    return undefined;
  }
}
