import { z } from 'zod';
import { idOrName, tag } from '../../workflows/infoplus/input.js';
import { expected } from '../../workflows/input.js';
import type { Connection } from '../connection.js';
import { address, limits, secret } from '../settings.js';

/** The settings of a connection to Infoplus. */
export const infoplusSettings = z.strictObject({
  url: address('https://acme.infopluswms.com').describe('The site: each customer of Infoplus has a host of its own'),
  version: z
    .string(expected('v3.0 or later, or beta'))
    // Before v3.0 orders had no tags, and shipments had another name.
    .regex(/^(v([3-9]|[1-9]\d)\.\d{1,2}|beta)$/, 'expected v3.0 or later, or beta')
    .default('v3.0')
    .describe('The version of the API; beta moves without notice'),
  apiKey: secret.describe('Of a user of the site who sees the line of business; sent as API-Key'),
  lineOfBusiness: idOrName.describe('The id or the name of the line of business that the orders are of'),
  warehouse: idOrName.optional().describe('Where orders that name none are shipped from; its id or its name'),
  carrier: idOrName.optional().describe('How orders that name none are shipped; its id or its name'),
  siteLimits: limits
    .default([{ limit: 10, perMs: 1_000 }])
    .describe('What all users of the site may ask together, less what other programs of it need'),
  cancelTag: tag
    .default('Cancel Order')
    .describe('The tag by which the people at the warehouse are asked to cancel an order that is processed already'),
});

export type InfoplusSettings = z.output<typeof infoplusSettings>;

/** The settings of a connection, as {@link infoplusSettings} parsed them when the process started. */
export function settingsOf(connection: Connection): InfoplusSettings {
  return connection.settings as InfoplusSettings;
}
