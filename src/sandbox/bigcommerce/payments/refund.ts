import type { Ids } from '../ids.js';

export const itemTypes = ['PRODUCT', 'GIFT_WRAPPING', 'SHIPPING', 'HANDLING', 'ORDER', 'FEE', 'TAX'] as const;
export type ItemType = (typeof itemTypes)[number];

export interface Adjustment {
  /** Never above zero. */
  amount: number;
  description: string;
}

/** A part of an order whose money is to be given back. */
export interface RefundItem {
  itemType: ItemType;
  /** Of the line, of the shipping address, of the fee, or of the order itself. */
  itemId: number;
  /** Of a line or its wrapping; 0 where an amount is asked for. */
  quantity: number;
  /** What is asked for, without tax. */
  requestedAmount: number;
  /** Tax that goes with it. */
  tax: number;
  reason: string;
  adjustments: Adjustment[];
}

export interface RefundPayment {
  id: number;
  providerId: string;
  amount: number;
  /** Only a record: the money is given back elsewhere. */
  offline: boolean;
  isDeclined: boolean;
  declinedMessage: string;
  /** Null before the gateway has answered, and for what no gateway does. */
  transactionId: number | null;
}

export interface Refund {
  id: number;
  orderId: number;
  createdAt: number;
  totalAmount: number;
  totalTax: number;
  usesMerchantOverride: boolean;
  items: RefundItem[];
  payments: RefundPayment[];
  /** The gateway has answered. */
  settled: boolean;
}

/** What is not declined has gone back, or is on its way. */
export const isLive = ({ payments }: Refund): boolean => payments.some(({ isDeclined }) => !isDeclined);

/** Every refund of the store. */
export class Refunds {
  readonly #all: Refund[] = [];

  constructor(private readonly ids: Ids) {}

  add(refund: Omit<Refund, 'id'>): Refund {
    const added = { id: this.ids.next('refund'), ...refund };
    this.#all.push(added);
    return added;
  }

  all(): readonly Refund[] {
    return this.#all;
  }

  of(orderId: number): Refund[] {
    return this.#all.filter((refund) => refund.orderId === orderId);
  }

  live(orderId: number): Refund[] {
    return this.of(orderId).filter(isLive);
  }
}
