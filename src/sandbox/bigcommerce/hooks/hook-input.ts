import { isMembers, type Members } from '../members.js';
import type { BigcommerceSettings } from '../options.js';
import { refused } from '../refusals.js';
import type { Hook } from './hooks.js';
import { isHookScope } from './scopes.js';

export type HookContent = Pick<Hook, 'scope' | 'destination' | 'headers' | 'isActive'>;

/** What is given; what is not keeps what it was. */
export function hookIn(members: Members, settings: BigcommerceSettings, before?: HookContent): HookContent {
  const { scope = before?.scope, destination = before?.destination, headers, is_active: active } = members;
  if (typeof scope !== 'string') throw refused(422, 'JSON data is missing or invalid', { scope: 'error.path.missing' });
  if (!isHookScope(scope)) throw refused(422, 'The scope is not valid.', { scope: 'error.invalid' });
  if (typeof destination !== 'string') {
    throw refused(422, 'JSON data is missing or invalid', { destination: 'error.path.missing' });
  }
  if (!mayBeCalled(destination, settings.loopbackHooks)) {
    throw refused(422, 'The destination has to be an address of HTTPS.', { destination: 'error.invalid' });
  }
  if (active !== undefined && typeof active !== 'boolean') {
    throw refused(422, 'JSON data is missing or invalid', { is_active: 'error.expected.jsboolean' });
  }
  return { scope, destination, headers: headersIn(headers, before), isActive: active ?? before?.isActive ?? true };
}

function headersIn(headers: unknown, before: HookContent | undefined): Record<string, string> | null {
  if (headers === undefined) return before?.headers ?? null;
  if (headers === null) return null;
  if (!isMembers(headers) || !Object.values(headers).every((value) => typeof value === 'string')) {
    throw refused(422, 'JSON data is missing or invalid', { headers: 'error.expected.jsobject' });
  }
  return headers as Record<string, string>;
}

const loopback: ReadonlySet<string> = new Set(['127.0.0.1', 'localhost', '[::1]']);

/** HTTPS on its own port, or this machine. */
function mayBeCalled(destination: string, loopbackToo: boolean): boolean {
  if (!URL.canParse(destination)) return false;
  const { protocol, port, hostname } = new URL(destination);
  if (protocol === 'https:' && port === '') return true;
  return loopbackToo && loopback.has(hostname) && (protocol === 'http:' || protocol === 'https:');
}
