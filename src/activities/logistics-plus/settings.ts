import { z } from 'zod';
import { expected, line } from '../../workflows/input.js';
import type { Connection } from '../connection.js';
import { address, secret } from '../settings.js';

/** Leaves most of the 250 characters of a note to what stands there already. */
const STOP_NOTE_LENGTH = 100;

/** The settings of a connection to Logistics Plus. */
export const logisticsPlusSettings = z.strictObject({
  url: address('https://api.logisticsplus.com')
    .default('https://api.logisticsplus.com')
    .describe('Where the API is served'),
  apiKey: secret.describe('From the credentials packet; sent as x-api-key'),
  organization: z
    .string(expected('the slug of the organization, e.g. acme-goods'))
    .regex(/^[A-Za-z0-9._-]{1,100}$/, 'expected the slug of the organization, e.g. acme-goods')
    .optional()
    .describe('The organization-slug, for a key that serves several organizations; from the credentials packet'),
  stopNote: line(STOP_NOTE_LENGTH)
    .optional()
    .describe('A text that the account has agreed with its warehouses to read as "stop"; put in front of the note'),
});

export type LogisticsPlusSettings = z.output<typeof logisticsPlusSettings>;

/** The settings of a connection, as {@link logisticsPlusSettings} parsed them when the process started. */
export function settingsOf(connection: Connection): LogisticsPlusSettings {
  return connection.settings as LogisticsPlusSettings;
}
