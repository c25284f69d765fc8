import { z } from 'zod';
import { expected } from '../../workflows/input.js';
import type { Connection } from '../connection.js';
import { address, secret } from '../settings.js';
import { tokenKinds } from './rights.js';

const idRule = 'an id of Flxpoint, a whole number above 0';
const id = z.int(expected(idRule)).positive(`expected ${idRule}`).transform(String);

/** The settings of a connection to Flxpoint. */
export const flxpointSettings = z
  .strictObject({
    url: address('https://api.flxpoint.com')
      .default('https://api.flxpoint.com')
      .describe('Where the API is served; without a version'),
    token: secret.describe("Made in Flxpoint's web app; sent as X-API-TOKEN"),
    tokenKind: z
      .enum(tokenKinds, expected(`one of ${tokenKinds.join(', ')}`))
      .describe('What the token was made for; each kind may make other calls'),
    channel: id.optional().describe('The channel whose orders the connection carries; others are refused'),
    source: id.optional().describe('The source that Waybill plays'),
    playSource: z
      .literal(true, { error: 'expected true, or nothing' })
      .optional()
      .describe('Waybill acknowledges the fulfillment requests of the source, and posts its shipments'),
  })
  .refine(({ playSource, source }) => playSource === undefined || source !== undefined, {
    path: ['source'],
    error: 'is missing; playSource needs the id of the source',
  })
  .refine(({ playSource, tokenKind }) => playSource === undefined || tokenKind !== 'channel', {
    path: ['playSource'],
    error: 'a token of tokenKind "channel" can neither acknowledge nor ship',
  });

export type FlxpointSettings = z.output<typeof flxpointSettings>;

/** The settings of a connection, as {@link flxpointSettings} parsed them when the process started. */
export function settingsOf(connection: Connection): FlxpointSettings {
  return connection.settings as FlxpointSettings;
}
