import { isMembers, type Members } from '../members.js';
import { exact } from '../money.js';
import { type Refused, refused } from '../refusals.js';
import { type Adjustment, type ItemType, itemTypes } from './refund.js';

/** What a caller asks to be given back: parts of the order, or tax alone. */
export interface RefundWish {
  items: ItemWish[];
  taxAdjustment: number | null;
}

export interface ItemWish {
  itemType: ItemType;
  itemId: number;
  quantity: number;
  amount: number;
  reason: string;
  adjustments: Adjustment[];
}

const byQuantity: ReadonlySet<ItemType> = new Set(['PRODUCT', 'GIFT_WRAPPING']);
const longestReason = 1_000;
const longestDescription = 255;

export const unprocessable = (title: string, errors?: object): Refused => refused(422, title, errors);

const invalid = (path: string, problem: string): Refused =>
  unprocessable('JSON data is missing or invalid', { [path]: problem });

export function wishIn(members: Members): RefundWish {
  const { items, tax_adjustment_amount: tax } = members;
  const taxAdjustment = typeof tax === 'number' && tax !== 0 ? exact(tax) : null;
  if (tax !== undefined && (typeof tax !== 'number' || tax < 0)) throw invalid('tax_adjustment_amount', 'error.min');
  if (items === undefined) {
    if (taxAdjustment === null) throw invalid('items', 'error.path.missing');
    return { items: [], taxAdjustment };
  }
  if (!Array.isArray(items) || items.length === 0) throw invalid('items', 'error.minLength');
  if (taxAdjustment !== null) throw unprocessable('Either items or a tax adjustment can be refunded, not both.');
  return { items: items.map(itemWish), taxAdjustment: null };
}

function itemWish(item: unknown, index: number): ItemWish {
  const at = (name: string) => `items[${index}].${name}`;
  if (!isMembers(item)) throw invalid(`items[${index}]`, 'error.expected.jsobject');
  const itemType = itemTypes.find((type) => type === item.item_type);
  if (itemType === undefined) throw invalid(at('item_type'), 'error.path.missing');
  const { item_id: itemId, quantity, amount, reason = '' } = item;
  if (typeof itemId !== 'number' || !Number.isSafeInteger(itemId)) throw invalid(at('item_id'), 'error.path.missing');
  if (typeof reason !== 'string' || reason.length > longestReason) throw invalid(at('reason'), 'error.maxLength');
  const common = { itemType, itemId, reason };
  if (byQuantity.has(itemType)) {
    if (typeof quantity !== 'number' || !Number.isSafeInteger(quantity) || quantity < 1) {
      throw invalid(at('quantity'), 'error.path.missing');
    }
    return { ...common, quantity, amount: 0, adjustments: adjustmentsIn(item, at('adjustments')) };
  }
  if (typeof amount !== 'number' || !Number.isFinite(amount) || amount <= 0) {
    throw invalid(at('amount'), 'error.path.missing');
  }
  return { ...common, quantity: 0, amount: exact(amount), adjustments: [] };
}

function adjustmentsIn({ adjustments = [] }: Members, path: string): Adjustment[] {
  if (!Array.isArray(adjustments)) throw invalid(path, 'error.expected.jsarray');
  return adjustments.map((each) => {
    const { amount, description = '' } = isMembers(each) ? each : {};
    if (typeof amount !== 'number' || amount > 0) throw invalid(path, 'error.max');
    if (typeof description !== 'string' || description.length > longestDescription) {
      throw invalid(path, 'error.maxLength');
    }
    return { amount: exact(amount), description };
  });
}
