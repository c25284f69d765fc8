import { isOneOf } from '../activities/webhook.js';
import type { ConnectionWebhook } from '../connections.js';

/** The parts of an address as they were asked for. */
export interface AddressParts {
  readonly platform: string;
  readonly name: string;
  readonly path: string;
}

/** The router's pattern of `addressOf`. */
export const ADDRESS = '/webhooks/:platform/:name/:path';

/** Compared with where there is no such connection, so that both take as long. */
const NOBODYS = 'nobody';

/** Whose address this is. Undefined for a connection that is not known and for a wrong path: nobody learns which. */
export function findWebhook(
  webhooks: ReadonlyMap<string, ConnectionWebhook>,
  { platform, name, path }: AddressParts,
): ConnectionWebhook | undefined {
  const webhook = webhooks.get(`${platform}/${name}`);
  const same = isOneOf(path, [webhook?.path ?? NOBODYS]);
  return same ? webhook : undefined;
}
