import type { Scope } from './scopes.js';

/** What every new BigCommerce sandbox holds. The same codes and ids each time, so that examples may name them. */

/** A product is tracked as a whole, by its variants, or not at all. */
export type Tracking = 'none' | 'product' | 'variant';

export interface SeedProduct {
  id: number;
  name: string;
  price: number;
  weight: number;
  type: 'physical' | 'digital';
  tracking: Tracking;
  /** How many one order may have of it; 0: no such limit. */
  quantityMinimum: number;
  quantityMaximum: number;
  /** What a variant is chosen by; null where there is only the one. */
  option: { id: number; name: string } | null;
  variants: readonly {
    id: number;
    skuId: number;
    sku: string;
    /** Of what it is called by the product's option. */
    value: { id: number; label: string } | null;
    /** At the first location, before the seeded orders took theirs; a product that is tracked as a whole has it with its first variant. */
    stock: number;
  }[];
}

export interface SeedToken {
  token: string;
  /** Of the app or API account that the token is of. */
  clientId: string;
  /** Signs the callbacks. */
  clientSecret: string;
  /** Absent: every scope. */
  scopes?: readonly Scope[];
}

const simple = (id: number, variantId: number, sku: string, name: string, price: number, stock: number | null) =>
  ({
    ...{ id, name, price, weight: 1, type: 'physical', tracking: stock === null ? 'none' : 'product' },
    ...{ quantityMinimum: 0, quantityMaximum: 0, option: null },
    variants: [{ id: variantId, skuId: variantId + 100, sku, value: null, stock: stock ?? 0 }],
  }) as const satisfies SeedProduct;

export const bigcommerceSeed = {
  storeHash: 'sandbox1',
  /** As callbacks name the store. */
  storeId: '1025646',
  tokens: {
    /** May do everything. */
    full: {
      token: 'bc-full-0123456789abcdef',
      clientId: 'bcclientfull',
      clientSecret: 'bc-secret-full-0123456789',
    },
    /** Orders, without their transactions. */
    orders: {
      token: 'bc-orders-0123456789abcdef',
      clientId: 'bcclientorders',
      clientSecret: 'bc-secret-orders-0123456789',
      scopes: ['store_v2_orders'],
    },
    /** May look at orders and transactions. */
    readOnly: {
      token: 'bc-readonly-0123456789abcdef',
      clientId: 'bcclientreadonly',
      clientSecret: 'bc-secret-readonly-0123456789',
      scopes: ['store_v2_orders_read_only', 'store_v2_transactions_read_only'],
    },
  } satisfies Record<string, SeedToken>,
  currency: 'USD',
  products: [
    simple(111, 361, 'MUG-B', 'Blue mug', 24.95, 100),
    simple(112, 362, 'KETTLE-E', 'Electric kettle', 89, 40),
    simple(113, 363, 'TEA-1', 'Green tea', 9.9, 500),
    simple(114, 364, 'POT-2', 'Tea pot', 39, 3),
    {
      ...{ id: 115, name: 'Canvas tote', price: 25, weight: 0.4, type: 'physical', tracking: 'variant' },
      ...{ quantityMinimum: 0, quantityMaximum: 0, option: { id: 200, name: 'Color' } },
      variants: [
        { id: 421, skuId: 521, sku: 'TOTE-RED', value: { id: 180, label: 'Red' }, stock: 50 },
        { id: 422, skuId: 522, sku: 'TOTE-BLUE', value: { id: 181, label: 'Blue' }, stock: 0 },
      ],
    },
    // Sold in no smaller and no larger numbers.
    { ...simple(116, 365, 'SPOON-S', 'Spoon', 3, null), quantityMinimum: 2, quantityMaximum: 24 },
    { ...simple(117, 366, 'EBOOK-1', 'Book of teas', 12, null), type: 'digital', weight: 0 },
  ] satisfies readonly SeedProduct[] as readonly SeedProduct[],
  skus: {
    /** More of them than any test needs. */
    plenty: ['MUG-B', 'KETTLE-E', 'TEA-1'],
    scarce: 'POT-2',
    variant: 'TOTE-RED',
    outOfStock: 'TOTE-BLUE',
    untracked: 'SPOON-S',
    digital: 'EBOOK-1',
  },
  customers: [
    { id: 11, email: 'dana@example.com', firstName: 'Dana', lastName: 'Rivers', storeCredit: 25 },
    { id: 12, email: 'noor@example.com', firstName: 'Noor', lastName: 'Haddad', storeCredit: 0 },
  ],
  channels: [
    { id: 1, name: 'Web shop', type: 'storefront', platform: 'bigcommerce', status: 'connected', isEnabled: true },
    { id: 2, name: 'Counter', type: 'pos', platform: 'custom', status: 'connected', isEnabled: true },
    { id: 3, name: 'Old market', type: 'marketplace', platform: 'custom', status: 'disconnected', isEnabled: false },
  ],
  locations: [
    { id: 1, code: 'BC-LOCATION-1', label: 'Main warehouse' },
    { id: 2, code: 'NORTH', label: 'North warehouse' },
  ],
  /** Of orders that came from the shop: Awaiting Payment, the card authorized and not captured, one MUG-B in each. */
  authorizedOrderIds: [100, 101, 102, 103, 104, 105, 106, 107],
  paymentMethods: {
    card: 'stripe.card',
    giftCertificate: 'bigcommerce.gift_certificate',
    storeCredit: 'bigcommerce.store_credit',
  },
  /** Tokens of cards that were stored with the payment provider. */
  instruments: {
    good: 'instrument-visa-4242',
    refused: 'instrument-refused-0002',
    expired: 'instrument-expired-0069',
    noFunds: 'instrument-nofunds-9995',
  },
  giftCertificate: { code: 'GIFT-20', balance: 20 },
  billing: {
    ...{ first_name: 'Dana', last_name: 'Rivers', company: '', street_1: '88 Harbor Road', street_2: '' },
    ...{ city: 'Portland', state: 'Oregon', zip: '97205', country: 'United States', country_iso2: 'US' },
    ...{ phone: '503-555-0142', email: 'dana@example.com' },
  },
} as const;
