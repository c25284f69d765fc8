import type { Micros } from './money.js';
import type { Doer } from './subscriptions.js';

/** Item types by their XML-RPC code, in the words of REST v2 answers. */
export const itemTypeWords = [
  'UNKNOWN',
  'SHIPPING',
  'TAX',
  'SERVICE',
  'PRODUCT',
  'UPSELL',
  'FINANCE_CHARGE',
  'DISCOUNT',
  'PROGRAM',
  'SUBSCRIPTION',
  'DISCOUNT_FREE_TRIAL',
  'DISCOUNT_ORDER_TOTAL',
  'DISCOUNT_PRODUCT',
  'DISCOUNT_PRODUCT_CATEGORY',
  'DISCOUNT_SHIPPING',
] as const;

/** Codes of the words that only REST has: fees are "service and misc". */
const restOnly: Readonly<Record<string, number>> = { FEE: 3, OTHER: 0 };

export function itemTypeCode(word: string): number {
  const code = itemTypeWords.indexOf(word as (typeof itemTypeWords)[number]);
  return code === -1 ? (restOnly[word] ?? 0) : code;
}

export interface OrderLine {
  id: number;
  invoiceItemId: number;
  productId: number;
  subscriptionPlanId: number;
  /** 0: the line is of no subscription. */
  subscriptionId: number;
  type: string;
  name: string;
  description: string | null;
  notes: string | null;
  quantity: number;
  price: Micros;
  cost: Micros | null;
  createdAt: number;
}

type PayStatus = 'MANUAL_PAID' | 'APPROVED' | 'PENDING' | 'FAILED' | 'ERROR' | 'REFUNDED' | 'VOIDED';

/** A row of the invoice's payments: money that came, that went back, or that an attempt failed to bring. */
export interface OrderPayment {
  /** `InvoicePayment.Id`. */
  id: number;
  /** `Payment.Id`; a failed attempt has none. */
  paymentId: number | null;
  /** Whole cents; negative where money goes back. */
  amount: Micros;
  /** A label of the tenant's payment options. */
  type: string;
  note: string;
  status: PayStatus;
  time: number;
  updatedAt: number;
  skipCommission: boolean;
  /** The row that this one refunds. */
  refundOf: number | null;
  transactionId: number;
}

export interface Transaction {
  id: number;
  amount: Micros;
  status: 'APPROVED' | 'PENDING' | 'ERROR' | 'FAILED';
  method: 'CAPTURE' | 'REFUND' | 'MANUAL';
  time: number;
  paymentId: number | null;
  reference: string;
  error: string | null;
  cardId: number | null;
  /** Keap's own billing, as opposed to a caller or a person. */
  byKeap: boolean;
}

export interface PaymentPlan {
  autoCharge: boolean;
  cardId: number;
  merchantAccountId: number;
  daysBetweenRetries: number;
  maxAttempts: number;
  firstAmount: Micros;
  firstDate: number;
  startDate: number;
  payments: number;
  daysBetweenPayments: number;
}

export const shippingParts = [
  'FirstName',
  'MiddleName',
  'LastName',
  'Company',
  'Phone',
  'Street1',
  'Street2',
  'City',
  'State',
  'Zip',
  'Country',
] as const;
type ShippingPart = (typeof shippingParts)[number];

export interface Shipping {
  parts: Partial<Record<ShippingPart, string>>;
  countryCode: string | null;
  regionCode: string | null;
  zipFour: string | null;
  toCompany: boolean;
}

/** An order: a Job with its one Invoice. */
export interface Order {
  jobId: number;
  invoiceId: number;
  via: Doer;
  title: string;
  /** `Invoice.Description`. */
  invoiceTitle: string;
  contactId: number;
  orderTime: number;
  dueTime: number | null;
  sentTime: number | null;
  createdAt: number;
  modifiedAt: number;
  deletedAt: number | null;
  orderType: 'ONLINE' | 'OFFLINE';
  notes: string | null;
  terms: string | null;
  jobStatus: string | null;
  orderStatus: number | null;
  recurringOrderId: number | null;
  leadAffiliateId: number;
  salesAffiliateId: number;
  promoCodes: string[];
  invoiceNumber: string | null;
  externalCreateUser: string | null;
  externalCreateTime: number | null;
  externalUpdateTime: number | null;
  shipping: Shipping;
  /** By field id. */
  customFields: Map<number, string>;
  lines: OrderLine[];
  payments: OrderPayment[];
  transactions: Transaction[];
  plan: PaymentPlan | null;
  /** Whether it has read as paid before; a refund leaves that. */
  everPaid: boolean;
}
