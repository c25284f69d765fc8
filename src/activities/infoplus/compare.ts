import type { InfoplusWanted } from '../../workflows/infoplus/contract.js';
import { ADDRESS_PARTS, AMOUNTS, CODES, DATES, INTEGERS, type Party, TEXTS } from '../../workflows/infoplus/fields.js';
import type { InfoplusOrder } from '../../workflows/infoplus/input.js';
import { plain, sameText } from '../texts.js';
import { addressOf, samePart } from './address.js';
import { piecesBySku } from './lines.js';
import type { OrderThere } from './shapes.js';

/**
 * The fields in which an order at Infoplus, with its back orders, differs from the wanted one, by their names in the
 * input. No values: they may be personal.
 *
 * What the order does not say is the platform's to fill in. Passed over are forms of a value (letter case, blanks, a
 * country by name or code, a number as text), fields that are not shown again, and what the account itself changes on
 * purpose: `orderDate` moves with its schedule, carriers are chosen by its rules, hold codes are set by its people.
 * Custom fields can be set later.
 */
export function differences(want: InfoplusWanted, root: OrderThere, backOrders: readonly OrderThere[]): string[] {
  const { order, at } = want;
  return [
    ...(root.warehouseId === undefined || Number(root.warehouseId) === at.warehouseId ? [] : ['warehouse']),
    ...(order.customerNo === undefined || sameText(shown(root.customerNo), order.customerNo) ? [] : ['customerNo']),
    // With a customer's number the bill-to is the customer's.
    ...(order.customerNo === undefined ? partyDiffers(order, root, 'billTo') : []),
    ...partyDiffers(order, root, 'shipTo'),
    ...linesDiffer(order, root, backOrders),
    ...fieldsDiffer(order, root, FIELDS),
  ];
}

const FIELDS = [...CODES, ...TEXTS, ...INTEGERS, ...AMOUNTS, ...DATES] as const;

/** Which of the wanted custom fields stand otherwise there. */
export function customFieldsDiffer(wanted: InfoplusOrder['customFields'], there: Record<string, unknown>): string[] {
  const names = new Map(Object.keys(there).map((name) => [name.toLowerCase(), name]));
  return Object.entries(wanted ?? {})
    .filter(([name, value]) => !sameValue(value, there[names.get(name.toLowerCase()) ?? name]))
    .map(([name]) => `customFields.${name}`);
}

export function partyDiffers(order: InfoplusOrder, there: OrderThere, party: Party): string[] {
  const wanted = addressOf(order, party);
  if (wanted === undefined) return [];
  const country = order[`${party}Country`] ?? '';
  return ADDRESS_PARTS.filter((part) => !samePart(part, wanted[part], shown(there[`${party}${part}`]), country))
    .filter((part) => wanted[part] !== undefined || PLACE.includes(part))
    .map((part) => `${party}${part}`);
}

/** A further line of an address is another place; a further phone number is not. */
const PLACE: readonly string[] = ['Company', 'Street', 'Street2', 'Street3', 'City', 'Zip'];

/** What is back-ordered stands in the order's own lines, in those of its back orders, or in both. */
export function linesDiffer(order: InfoplusOrder, root: OrderThere, backOrders: readonly OrderThere[]): string[] {
  const own = piecesBySku([root], 'orderedQty');
  const all = piecesBySku([root, ...backOrders], 'orderedQty');
  const differing = order.lineItems.flatMap(({ sku, orderedQty }, index) => {
    const is = [own.get(plain(sku)), all.get(plain(sku))].includes(orderedQty);
    return is ? [] : [all.has(plain(sku)) ? `lineItems[${index}].orderedQty` : `lineItems[${index}]`];
  });
  const wanted = new Set(order.lineItems.map(({ sku }) => plain(sku)));
  return [...differing, ...([...own.keys()].every((sku) => wanted.has(sku)) ? [] : ['lineItems'])];
}

/** Names of the wanted fields that are shown otherwise. */
export function fieldsDiffer(
  order: InfoplusOrder,
  there: OrderThere,
  names: readonly (typeof FIELDS)[number][],
): string[] {
  return names.filter((name) => {
    const wanted = order[name];
    const is = there[name];
    if (wanted === undefined || is === undefined || is === null || is === '') return false;
    if ((DATES as readonly string[]).includes(name)) return !sameDay(String(wanted), String(is));
    if ((AMOUNTS as readonly string[]).includes(name)) return Number(wanted) !== Number(is);
    return !sameValue(wanted, is);
  });
}

function sameValue(wanted: unknown, there: unknown): boolean {
  if (typeof wanted === 'number') return there !== null && there !== '' && Number(there) === wanted;
  return sameText(String(wanted), there === undefined || there === null ? undefined : String(there));
}

/** Nothing says in which zone days are kept: the same day, or the same moment, is the same. */
function sameDay(wanted: string, there: string): boolean {
  return wanted.slice(0, DAY.length) === there.slice(0, DAY.length) || Date.parse(wanted) === Date.parse(there);
}

const DAY = '2026-01-15';

const shown = (value: unknown): string | undefined =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
