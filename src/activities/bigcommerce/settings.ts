import { z } from 'zod';
import { expected } from '../../workflows/input.js';
import type { Connection } from '../connection.js';
import { address, secret } from '../settings.js';

const hashRule = 'the hash of the store, 1 to 32 letters and digits, as in its API path';

/** The settings of a connection to a BigCommerce store. */
export const bigcommerceSettings = z.strictObject({
  url: address('https://api.bigcommerce.com')
    .default('https://api.bigcommerce.com')
    .describe('Where the API is served; without stores and version'),
  paymentsUrl: address('https://payments.bigcommerce.com')
    .default('https://payments.bigcommerce.com')
    .describe('Where the Payments API is served'),
  storeHash: z.string(expected(hashRule)).regex(/^[A-Za-z0-9]{1,32}$/, `expected ${hashRule}`),
  accessToken: secret.describe('Of an API account of the store, or of an app; sent as X-Auth-Token'),
  clientId: secret.optional().describe('Sent as X-Auth-Client where it is given; BigCommerce needs it no more'),
});

export type BigcommerceSettings = z.output<typeof bigcommerceSettings>;

/** The settings of a connection, as {@link bigcommerceSettings} parsed them when the process started. */
export function settingsOf(connection: Connection): BigcommerceSettings {
  return connection.settings as BigcommerceSettings;
}
