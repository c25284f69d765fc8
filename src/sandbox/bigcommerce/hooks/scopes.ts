/** What a hook can be about: each event by its name, or all of a kind. */
const kinds: Readonly<Record<string, readonly string[]>> = {
  'store/order': [
    ...['created', 'updated', 'archived', 'statusUpdated', 'message/created', 'refund/created'],
    ...['transaction/created', 'transaction/updated', 'metafield/created', 'metafield/updated', 'metafield/deleted'],
  ],
  'store/shipment': ['created', 'updated', 'deleted'],
  'store/product': ['created', 'updated', 'deleted', 'inventory/updated', 'inventory/order/updated'],
  'store/sku': ['created', 'updated', 'deleted', 'inventory/updated', 'inventory/order/updated'],
  'store/customer': ['created', 'updated', 'deleted'],
};
const ofChannel =
  /^store\/channel\/\d+\/order\/(created|updated|archived|statusUpdated|message\/created|refund\/created|\*)$/;

const known: ReadonlySet<string> = new Set(
  Object.entries(kinds).flatMap(([kind, events]) => [`${kind}/*`, ...events.map((event) => `${kind}/${event}`)]),
);

export const isHookScope = (scope: string): boolean => known.has(scope) || ofChannel.test(scope);
