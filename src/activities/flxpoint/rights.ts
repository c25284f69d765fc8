import type { FlxpointSettings } from './settings.js';

export const tokenKinds = ['account', 'source', 'channel'] as const;
export type TokenKind = (typeof tokenKinds)[number];

/**
 * Which kinds of token may make a call. An account token is no superset: Flxpoint leaves calls out of it on purpose. Where
 * nothing is published (adding a line, tags and status with a channel token) it is what the help center suggests; Flxpoint
 * has the last word, with a 401.
 */
const rights = {
  'orders.get': ['account', 'channel'],
  'orders.list': ['account', 'channel'],
  'orders.addItem': ['account', 'channel'],
  'orders.setStatus': ['account', 'channel'],
  'orders.setTags': ['account', 'channel'],
  'listingVariants.list': ['account', 'channel'],
  'productVariants.list': ['account'],
  'fulfillmentRequests.list': ['account', 'source'],
  'fulfillmentRequests.get': ['account', 'source'],
  'fulfillmentRequests.acknowledge': ['account', 'source'],
  'fulfillmentRequests.adjust': ['account', 'source'],
  'fulfillmentRequests.cancel': ['account', 'source'],
  'fulfillmentRequests.adjustStock': ['account', 'source'],
  'shipments.list': ['account', 'source', 'channel'],
  'shipments.create': ['account', 'source'],
  'sourceInvoices.list': ['account', 'source'],
  'returns.list': ['account', 'channel'],
  'webhooks.list': ['account'],
  'webhooks.create': ['account'],
  'webhooks.update': ['account'],
} satisfies Record<string, readonly TokenKind[]>;

/** A call of Flxpoint, by our name for it. */
export type Operation = keyof typeof rights;

/** Whether the token of a connection may make this call. */
export const may = ({ tokenKind }: Pick<FlxpointSettings, 'tokenKind'>, operation: Operation): boolean =>
  (rights[operation] as readonly TokenKind[]).includes(tokenKind);

/** For a person: what the connection would need. */
export const whyNot = ({ tokenKind }: Pick<FlxpointSettings, 'tokenKind'>, operation: Operation): string =>
  `tokenKind: a token of kind "${tokenKind}" may not make the call ${operation}; expected ${rights[operation].join(' or ')}`;
