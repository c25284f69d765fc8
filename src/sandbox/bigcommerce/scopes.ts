/** What a token may be allowed. */
export const scopes = [
  ...['store_v2_orders', 'store_v2_orders_read_only'],
  ...['store_v2_transactions', 'store_v2_transactions_read_only'],
  ...['store_payments_access_token_create', 'store_payments_methods_read'],
  ...['store_v2_products', 'store_v2_products_read_only'],
  ...['store_v2_customers', 'store_v2_customers_read_only'],
  ...['store_inventory', 'store_inventory_read_only'],
  ...['store_locations', 'store_locations_read_only'],
  ...['store_v2_information', 'store_v2_information_read_only'],
  ...['store_channel_settings', 'store_channel_settings_read_only'],
] as const;
export type Scope = (typeof scopes)[number];

/** Any one of them is enough. */
export const needs = {
  writeOrders: ['store_v2_orders'],
  readOrders: ['store_v2_orders_read_only', 'store_v2_orders'],
  /** A scope for orders is not enough. */
  readTransactions: ['store_v2_transactions_read_only', 'store_v2_transactions'],
  moveMoney: ['store_v2_orders', 'store_v2_transactions'],
  readRefunds: [
    ...(['store_v2_orders', 'store_v2_orders_read_only'] as const),
    ...(['store_v2_transactions', 'store_v2_transactions_read_only'] as const),
  ],
  createPayments: ['store_payments_access_token_create'],
  readPaymentMethods: ['store_payments_methods_read'],
  readProducts: ['store_v2_products_read_only', 'store_v2_products'],
  readCustomers: ['store_v2_customers_read_only', 'store_v2_customers'],
  readInventory: ['store_inventory_read_only', 'store_inventory'],
  writeInventory: ['store_inventory'],
  readLocations: [
    ...(['store_locations_read_only', 'store_locations'] as const),
    ...(['store_inventory_read_only', 'store_inventory'] as const),
  ],
  readStore: ['store_v2_information_read_only', 'store_v2_information'],
  writeStore: ['store_v2_information'],
  readChannels: [
    ...(['store_channel_settings_read_only', 'store_channel_settings'] as const),
    ...(['store_v2_information_read_only', 'store_v2_information'] as const),
  ],
  /** None in particular. */
  nothing: [],
} as const satisfies Record<string, readonly Scope[]>;
