import type { TaxPair } from '../money.js';
import type { Address } from './address.js';

export interface LineOption {
  id: number;
  /** Of the option value and of the product's option. */
  value: string;
  productOptionId: number;
  name: string;
  displayValue: string;
}

export interface Wrapping {
  id: number;
  name: string;
  message: string;
  /** Of one unit. */
  cost: TaxPair;
}

/** A product of an order. */
export interface OrderLine {
  /** What shipments call `order_product_id` and refunds `item_id`. */
  id: number;
  /** 0 for what is not in the catalog, and so for its variant. */
  productId: number;
  variantId: number;
  orderAddressId: number;
  name: string;
  nameMerchant: string;
  sku: string;
  upc: string;
  type: 'physical' | 'digital';
  weight: number;
  /** Of one unit. */
  price: TaxPair;
  quantity: number;
  quantityShipped: number;
  quantityRefunded: number;
  /** Units that the order has taken out of the stock and not given back. */
  stockTaken: number;
  options: LineOption[];
  wrapping: Wrapping | null;
}

export interface OrderAddress {
  id: number;
  address: Address;
  shippingMethod: string;
}

export interface Fee {
  id: number;
  type: string;
  nameCustomer: string;
  nameMerchant: string;
  source: string;
  cost: TaxPair;
  taxClassId: number | null;
}

/** What is asked for beside the goods. */
export interface Cost extends TaxPair {
  base: number;
}

export const paymentStatuses = [
  ...['', 'pending', 'authorized', 'capture pending', 'captured', 'paid', 'void pending', 'void', 'declined'],
  ...['held for review', 'partially refunded', 'refunded'],
] as const;
/** Empty where the platform knows of no payment. */
export type PaymentStatus = (typeof paymentStatuses)[number];

/** Who did it: a caller of the API, the platform by itself, or somebody in the control panel or the shop. */
export type Actor = 'api' | 'platform' | 'person';

export interface StatusChange {
  time: number;
  from: number;
  to: number;
  by: Actor;
}

/** Texts of an order that whoever makes it may set, by the platform's names. */
export interface OrderTexts {
  payment_method: string;
  payment_provider_id: string | number;
  staff_notes: string;
  customer_message: string;
  ip_address: string;
  ip_address_v6: string;
  geoip_country: string;
  geoip_country_iso2: string;
  customer_locale: string;
  ebay_order_id: string;
  /** The order's number in another system: searchable, and not unique. */
  external_order_id: string;
  external_source: string | null;
  external_merchant_id: string | null;
  external_id: string | null;
}

export interface OrderState {
  statusId: number;
  paymentStatus: PaymentStatus;
  customerId: number;
  channelId: number;
  createdAt: number;
  modifiedAt: number;
  /** When the last of it was shipped. */
  shippedAt: number | null;
  archivedAt: number | null;
  orderSource: string;
  cartId: string | null;
  isDigital: boolean;
  texts: OrderTexts;
  billingAddress: Address;
  addresses: OrderAddress[];
  lines: OrderLine[];
  fees: Fee[];
  shipping: Cost;
  handling: Cost;
  wrapping: Cost;
  discount: number;
  /** As computed at the last change of what they are made of, or as somebody said instead. */
  subtotal: TaxPair;
  total: TaxPair;
  /** The order has its units out of the stock. */
  holdsStock: boolean;
  /** Money that was taken elsewhere and booked here by a status that says so. */
  paidOutside: boolean;
  history: StatusChange[];
}

export interface Order {
  id: number;
  /** Oldest first; the last one holds. */
  versions: { at: number; state: OrderState }[];
}

export function currentState({ id, versions }: Order): OrderState {
  const last = versions.at(-1);
  if (last === undefined) throw new Error(`order ${id} has no state`);
  return last.state;
}

/** As it was at that time; undefined before it was there. */
export const stateAt = ({ versions }: Order, time: number): OrderState | undefined =>
  versions.findLast(({ at }) => at <= time)?.state;

export const itemsTotal = ({ lines }: Pick<OrderState, 'lines'>): number =>
  lines.reduce((total, { quantity }) => total + quantity, 0);
export const itemsShipped = ({ lines }: Pick<OrderState, 'lines'>): number =>
  lines.reduce((total, { quantityShipped }) => total + quantityShipped, 0);
