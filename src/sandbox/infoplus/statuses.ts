/** The statuses that the rules of an order know. Any other text may stand in their place. */
export type OrderStatus = 'Pending' | 'On Order' | 'Processed' | 'Shipped' | 'Back Order' | 'Cancelled' | 'Error';

const byPlainText: ReadonlyMap<string, OrderStatus> = new Map([
  ['pending', 'Pending'],
  ['onorder', 'On Order'],
  ['processed', 'Processed'],
  ['processing', 'Processed'],
  ['shipped', 'Shipped'],
  ['backorder', 'Back Order'],
  ['cancelled', 'Cancelled'],
  ['canceled', 'Cancelled'],
  ['error', 'Error'],
]);

/** The same status is written differently in different places; null for a text that is none of them. */
export function knownStatus(text: string): OrderStatus | null {
  return byPlainText.get(text.toLowerCase().replaceAll(' ', '')) ?? null;
}

/** Whether the API may still change or delete the order. */
export function isEditable(status: string): boolean {
  const known = knownStatus(status);
  return known !== 'Processed' && known !== 'Shipped' && known !== 'Cancelled';
}

/** N and Y hold nothing, H all, A to E and 1 to 5 too, each for a group. */
const notHeld: ReadonlySet<string> = new Set(['N', 'Y']);
/** Y, and A to E: nothing of the order leaves before all of it can. */
const shipsComplete = /^[YA-E]$/;

export const holdCodes = /^[NYHA-E1-5]$/;

export function isHeld(holdCode: string): boolean {
  return !notHeld.has(holdCode);
}

export function isShipComplete(holdCode: string): boolean {
  return shipsComplete.test(holdCode);
}
