/** What every new Flxpoint sandbox holds. The same codes and ids each time, so that examples may name them. */

export interface SeedVariant {
  sku: string;
  title: string;
  /** Selling price; the supplier's cost is half of it. */
  price: number;
  weight: number;
  /** Null: nobody has linked the SKU to a product, it is not managed. */
  productVariantId: number | null;
  /** Of the first channel; null where it is not listed. */
  listingVariantId: number | null;
  /** What a bundle consists of: SKUs and how many of each. */
  components?: Readonly<Record<string, number>>;
}

const channelId = 47_110;
const otherChannelId = 47_111;
const sourceId = 21_077;
const otherSourceId = 21_078;

/** Number of an order that is there from the start. */
const seedOrderIds = [5_812_044, 5_812_045, 5_812_046, 5_812_047, 5_812_048, 5_812_049, 5_812_050, 5_812_051] as const;

export const flxpointSeed = {
  accountId: 1_203,
  tokens: {
    account: 'fp-account-0123456789abcdef',
    /** Of the source `sourceId`. */
    source: 'fp-source-0123456789abcdef',
    /** Of the channel `channelId`. */
    channel: 'fp-channel-0123456789abcdef',
  },
  channelId,
  otherChannelId,
  sourceId,
  otherSourceId,
  channels: [
    { id: channelId, name: 'Web shop' },
    { id: otherChannelId, name: 'Outlet' },
  ],
  sources: [
    { id: sourceId, name: 'Northside Supply', type: 'vendor_warehouse' },
    { id: otherSourceId, name: 'Harbor Warehouse', type: 'internal_warehouse' },
  ],
  variants: [
    {
      sku: 'MUG-B',
      title: 'Blue mug',
      price: 24.95,
      weight: 0.9,
      productVariantId: 915_440,
      listingVariantId: 330_075,
    },
    {
      sku: 'KETTLE-E',
      title: 'Electric kettle',
      price: 89,
      weight: 3.1,
      productVariantId: 915_502,
      listingVariantId: 330_118,
    },
    {
      sku: 'TEA-1',
      title: 'Green tea',
      price: 9.9,
      weight: 0.25,
      productVariantId: 915_503,
      listingVariantId: 330_119,
    },
    { sku: 'POT-2', title: 'Tea pot', price: 39, weight: 2.4, productVariantId: 915_504, listingVariantId: 330_120 },
    // Can take the place of MUG-B.
    { sku: 'MUG-R', title: 'Red mug', price: 24.95, weight: 0.9, productVariantId: 915_505, listingVariantId: 330_121 },
    {
      sku: 'TEA-SET',
      title: 'Tea pot with two teas',
      price: 54,
      weight: 2.9,
      productVariantId: 915_506,
      listingVariantId: 330_122,
      components: { 'POT-2': 1, 'TEA-1': 2 },
    },
    // A product that is listed nowhere.
    { sku: 'CUP-1', title: 'Cup', price: 7.5, weight: 0.3, productVariantId: 915_507, listingVariantId: null },
    // Listed, and linked to no product.
    { sku: 'LAMP-X', title: 'Lamp', price: 65, weight: 1.8, productVariantId: null, listingVariantId: 330_123 },
    // One SKU, two variants.
    { sku: 'SPOON-S', title: 'Spoon', price: 3, weight: 0.1, productVariantId: 915_508, listingVariantId: 330_124 },
    {
      sku: 'SPOON-S',
      title: 'Spoon, old stock',
      price: 2,
      weight: 0.1,
      productVariantId: 915_509,
      listingVariantId: 330_125,
    },
  ] satisfies readonly SeedVariant[] as readonly SeedVariant[],
  skus: {
    managed: ['MUG-B', 'KETTLE-E', 'TEA-1', 'POT-2'],
    unmanaged: 'LAMP-X',
    bundle: 'TEA-SET',
    /** Takes the place of MUG-B. */
    alternative: 'MUG-R',
    notListed: 'CUP-1',
    /** Two variants have it. */
    ambiguous: 'SPOON-S',
  },
  /** Open, paid, in the channel `channelId`, each with one MUG-B that no request has taken yet. */
  orderIds: seedOrderIds,
  /** Order number of a seeded order, by its place. */
  firstOrderNumber: 20_931,
  shipTo: {
    firstName: 'Dana',
    lastName: 'Rivers',
    addressLine1: '88 Harbor Road',
    city: 'Portland',
    stateCode: 'OR',
    postal: '97205',
    countryCode: 'US',
    email: 'dana@example.com',
    phone: '503-555-0142',
  },
} as const;
