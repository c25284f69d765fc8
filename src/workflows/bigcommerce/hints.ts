/** The hint that names an order of the store in place of a reference. */
export const hintOfOrder = (id: string): string => `${OF_ORDER}${id}`;
const OF_ORDER = 'order:';

/** The id of the order that a hint names; undefined for a reference. */
export const orderIn = (hint: string): string | undefined =>
  hint.startsWith(OF_ORDER) ? hint.slice(OF_ORDER.length) : undefined;
