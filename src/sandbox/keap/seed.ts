import type { CycleCode } from './billing-cycle.js';

/** What every new Keap sandbox holds. The same ids and values each time, so that examples may name them. */

export interface SeedProduct {
  id: number;
  name: string;
  sku: string;
  price: number;
  shippable: boolean;
  active: boolean;
}

export interface SeedCard {
  id: number;
  last4: string;
  brand: string;
  declines: boolean;
}

const product = (
  id: number,
  sku: string,
  name: string,
  price: number,
  more: Partial<SeedProduct> = {},
): SeedProduct => ({
  id,
  name,
  sku,
  price,
  shippable: true,
  active: true,
  ...more,
});

const helper = { shippable: false };

const teaClub = 27;
const plan = (
  id: number,
  price: number,
  cycle: CycleCode,
  more: { cycles?: number; active?: boolean; displayOrder?: number } = {},
) => ({ id, productId: teaClub, price, cycle, frequency: 1, cycles: 0, active: true, displayOrder: 0, ...more });

export const keapSeed = {
  tenant: 'waybill-sandbox',
  user: { id: 1, email: 'owner@waybill-sandbox.example', givenName: 'Olive', familyName: 'Owner' },
  serviceAccountKey: 'KeapAK-sandbox-0123456789abcdef',
  personalAccessToken: 'KeapPAT-sandbox-0123456789abcdef',
  oauth: {
    clientId: 'sandbox-client',
    clientSecret: 'sandbox-secret',
    accessToken: 'sandbox-access-token-0',
    refreshToken: 'sandbox-refresh-token-0',
    authorizationCode: 'sandbox-authorization-code',
    redirectUri: 'http://127.0.0.1/callback',
  },
  products: [
    product(17, 'MUG-B', 'Blue mug', 24.95),
    product(18, 'TEA-1', 'Green tea', 9.9),
    product(19, 'POT-2', 'Tea pot', 39),
    product(20, 'OLD-1', 'Old kettle', 19, { active: false }),
    product(21, 'TWIN-1', 'Twin cup, white', 12),
    product(22, 'TWIN-1', 'Twin cup, black', 12),
    product(23, 'SHIPPING', 'Shipping', 0, helper),
    product(24, 'TAX', 'Tax', 0, helper),
    product(25, 'DISCOUNT', 'Discount', 0, helper),
    product(26, 'FEE', 'Fee', 0, helper),
    product(teaClub, 'TEA-CLUB', 'Tea club', 15),
  ],
  /** The tea club's plans: each month, each week, each year, three months in all, and one that is sold no more. */
  subscriptionPlans: [
    plan(5, 15, '2'),
    plan(6, 4.5, '3', { displayOrder: 1 }),
    plan(7, 150, '1', { displayOrder: 2 }),
    plan(8, 14, '2', { cycles: 3, displayOrder: 3 }),
    plan(9, 20, '2', { active: false, displayOrder: 4 }),
  ],
  /** Of new subscriptions: charges for one invoice in all, and the days between two. */
  chargeDefaults: { maxAttempts: 3, daysBetweenRetries: 2 },
  /** Tab and group under which order custom fields live. */
  fieldTab: { id: 3, name: 'Order' },
  fieldGroup: { id: 4, name: 'Custom Fields' },
  /** The same for subscriptions. */
  subscriptionFieldTab: { id: 5, name: 'Subscription' },
  subscriptionFieldGroup: { id: 6, name: 'Custom Fields' },
  orderFields: [
    { id: 31, label: 'External Order Id', dataType: 'Text', options: [] },
    { id: 32, label: 'Gift Message', dataType: 'TextArea', options: [] },
    { id: 33, label: 'Delivery Date', dataType: 'Date', options: [] },
    { id: 34, label: 'Channel', dataType: 'Select', options: ['Web', 'Phone'] },
  ],
  subscriptionFields: [
    { id: 41, label: 'External Subscription Id', dataType: 'Text', options: [] },
    { id: 42, label: 'Box Size', dataType: 'Select', options: ['Small', 'Large'] },
    { id: 43, label: 'Cups', dataType: 'Number', options: [] },
    { id: 44, label: 'Tasting Date', dataType: 'Date', options: [] },
  ],
  contact: {
    id: 55,
    email: 'ada@example.com',
    givenName: 'Ada',
    familyName: 'Stone',
    address: { line1: '1 Mill Lane', locality: 'Tempe', region: 'Arizona', postalCode: '85281', countryCode: 'USA' },
    cards: [
      { id: 71, last4: '1111', brand: 'Visa', declines: false },
      { id: 72, last4: '0002', brand: 'Visa', declines: true },
    ] satisfies SeedCard[],
  },
  merchantAccount: { id: 9, name: 'Sandbox gateway', type: 'AUTHORIZE' },
  /** Keap's default set of payment labels. */
  paymentOptions: [
    'Credit Card (Manual)',
    'Check',
    'Cash',
    'Money Order',
    'Adjustment',
    'Credit Card',
    'Credit',
    'Refund',
  ],
  /** Those of them that REST accepts for a payment that is only recorded. */
  manualPaymentTypes: ['Credit Card (Manual)', 'Check', 'Cash', 'Money Order', 'Adjustment'],
  /** Next ids. Jobs run behind invoices, so that taking one id for the other finds another order. */
  counters: { job: 2075, invoice: 2087, orderItem: 4411, invoicePayment: 3301, payment: 5201, transaction: 8120 },
} as const;
