import { z } from 'zod';
import { expected, line } from '../../workflows/input.js';
import { type KeapLineKind, lineKinds } from '../../workflows/keap/input.js';
import type { Connection } from '../connection.js';
import { address, secret } from '../settings.js';

const url = address('https://api.infusionsoft.com');

const oauth = z.strictObject(
  {
    clientId: secret,
    clientSecret: secret,
    redirectUri: z
      .url(expected('the redirect address that is registered for the client, e.g. https://shop.example/keap'))
      .optional()
      .describe('Needed for a consent by waybill setup; the address that is registered for the client at Keap'),
    refreshToken: secret
      .optional()
      .describe('The first one, if no consent was given by waybill setup; later ones are kept in the state folder'),
  },
  expected('{ "clientId": …, "clientSecret": …, … }'),
);

const auth = z
  .strictObject(
    {
      serviceAccountKey: secret.optional(),
      personalAccessToken: secret.optional(),
      oauth: oauth.optional(),
    },
    expected('an object with one of serviceAccountKey, personalAccessToken and oauth'),
  )
  .refine(
    (of) => Object.values(of).filter((value) => value !== undefined).length === 1,
    'expected exactly one of serviceAccountKey, personalAccessToken and oauth',
  );

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** The settings of a connection to Keap. */
export const keapSettings = z.strictObject({
  url: url.default('https://api.infusionsoft.com').describe('Where both APIs are served'),
  tokenUrl: url.optional().describe('Where OAuth tokens are given out and renewed; by default /token at url'),
  transport: z
    .enum(['rest', 'xml-rpc'], { error: 'expected rest or xml-rpc' })
    .default('rest')
    .describe('REST v2, or XML-RPC, which Keap has announced to end on 31 December 2026'),
  auth: auth,
  referenceField: line(100)
    .default('External Order Id')
    .describe('The label of the order custom field of type Text that carries the reference'),
  subscriptionReferenceField: line(100)
    .default('External Subscription Id')
    .describe('The label of the subscription custom field of type Text that carries the reference'),
  /** Keap's official SDK writes XML-RPC dates in US Eastern; nothing says how other tenants are treated. */
  timeZone: z
    .string(expected('an IANA time zone, e.g. America/New_York'))
    .refine(isTimeZone, 'expected an IANA time zone, e.g. America/New_York')
    .default('America/New_York')
    .describe('How XML-RPC dates, which carry no zone, are read'),
  lineProducts: z
    .partialRecord(z.enum(lineKinds), line(100), {
      error: ({ code }) =>
        code === 'invalid_key' ? 'is not a kind of line' : 'expected SKUs by kind of line, e.g. { "fee": "FEE" }',
    })
    .default({})
    .describe('Kinds of line that are sent as a product instead, each with the SKU of that product'),
});

export type KeapSettings = z.output<typeof keapSettings>;
export type LineProducts = Partial<Record<KeapLineKind, string>>;

/** The settings of a connection, as {@link keapSettings} parsed them when the process started. */
export function settingsOf(connection: Connection): KeapSettings {
  return connection.settings as KeapSettings;
}
