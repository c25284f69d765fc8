import type { KeapLine, KeapLineKind } from '../../workflows/keap/input.js';
import type { LineProducts } from './settings.js';

/** `item_type` of REST v2, for the kinds that it lets us create. */
const restTypes: Partial<Record<KeapLineKind, string>> = {
  product: 'PRODUCT',
  subscription: 'SUBSCRIPTION',
  shipping: 'SHIPPING',
  tax: 'TAX',
  fee: 'FEE',
  other: 'OTHER',
  'finance-charge': 'FINANCE_CHARGE',
  discount: 'DISCOUNT',
  'free-trial': 'DISCOUNT_FREE_TRIAL',
  'order-total-discount': 'DISCOUNT_ORDER_TOTAL',
  'product-discount': 'DISCOUNT_PRODUCT',
  'category-discount': 'DISCOUNT_PRODUCT_CATEGORY',
  'shipping-discount': 'DISCOUNT_SHIPPING',
};

/** `type` of InvoiceService.addOrderItem. 3 is "service and misc", which shops use for fees. */
const xmlRpcTypes: Partial<Record<KeapLineKind, number>> = {
  shipping: 1,
  tax: 2,
  fee: 3,
  service: 3,
  product: 4,
  upsell: 5,
  'finance-charge': 6,
  discount: 7,
  program: 8,
  subscription: 9,
  'free-trial': 10,
  'order-total-discount': 11,
  'product-discount': 12,
  'category-discount': 13,
  'shipping-discount': 14,
};

/** The kind as which a line is sent: what the settings map to a product goes as one. */
function sentAs(line: KeapLine, lineProducts: LineProducts): KeapLineKind {
  return lineProducts[line.kind] === undefined ? line.kind : 'product';
}

export function restType(line: KeapLine, lineProducts: LineProducts): string | undefined {
  return restTypes[sentAs(line, lineProducts)];
}

export function xmlRpcType(line: KeapLine, lineProducts: LineProducts): number | undefined {
  return xmlRpcTypes[sentAs(line, lineProducts)];
}

/** The SKU of the product that stands on the line at Keap, if one does. */
export function skuOf(line: KeapLine, lineProducts: LineProducts): string | undefined {
  return lineProducts[line.kind] ?? line.sku;
}

/** What the customer reads when the order does not say: `Finance charge`. */
export function kindName(kind: KeapLineKind): string {
  const words = kind.replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
