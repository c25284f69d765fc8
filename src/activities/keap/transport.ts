import type { KeapField, KeapIds, KeapLine, KeapMade, KeapPaying, KeapWanted } from '../../workflows/keap/contract.js';
import type { KeapOrder } from '../../workflows/keap/input.js';

/** What the steps ask of Keap. Both transports answer it, so that a step reads the same for each. */
export interface Transport {
  readAccount(): Promise<AccountAtKeap>;

  contactExists(id: string): Promise<boolean>;
  /** The oldest contact with this e-mail address. */
  findContact(email: string): Promise<string | undefined>;
  /** Adds a contact, or updates the one that has the same e-mail address: an upsert, safe to repeat. */
  addContact(contact: KeapOrder['contact']): Promise<string>;
  /** Adds to a contact what it lacks and sets its billing address. What is stored otherwise stays. */
  completeContact(id: string, contact: KeapOrder['contact']): Promise<void>;

  productsBySku(sku: string): Promise<ProductAtKeap[]>;

  /** Ids of orders that may carry the reference. Only a look at each tells. */
  searchOrders(want: KeapWanted): Promise<string[]>;
  /**
   * Ids of recent orders of the contact that carry no reference at all. Only where an order can be made that carries
   * none at first.
   */
  readonly searchUnmarked?: (want: KeapWanted) => Promise<string[]>;
  readOrder(orderId: string, want: KeapWanted): Promise<OrderAtKeap | undefined>;
  /** Once: makes an order. */
  createOrder(want: KeapWanted): Promise<KeapMade>;
  /** The order id behind the invoice. */
  readOrderId(made: KeapIds): Promise<string | undefined>;
  /** Puts the reference into its field, and the title on an order that was made without one. */
  writeReference(want: KeapWanted, made: KeapMade): Promise<void>;
  /** What stands in the field of the reference. */
  readReference(want: KeapWanted, made: KeapMade): Promise<string | undefined>;
  /** False when there was nothing to delete. */
  deleteOrder(made: KeapIds): Promise<boolean>;

  readLines(made: KeapMade): Promise<LineAtKeap[]>;
  /** Once: adds a line. */
  addLine(want: KeapWanted, made: KeapMade, line: KeapLine): Promise<void>;

  /** Undefined when the order is not there. */
  readMoney(made: KeapIds): Promise<MoneyAtKeap | undefined>;
  readPayments(made: KeapIds): Promise<PaymentAtKeap[]>;
  /** Once: records or charges `amount`. */
  pay(want: KeapPaying, made: KeapIds, amount: string): Promise<PayAnswer>;
  /** Once: books a counter-entry. Absent where the transport has none. */
  readonly bookEntry?: (made: KeapIds, entry: { type: string; amount: string; note: string }) => Promise<void>;

  /** What of the order's own and custom fields does not stand as wanted, each by its name in the input. */
  readUnset(want: KeapWanted, made: KeapMade): Promise<string[]>;
  writeFields(want: KeapWanted, made: KeapMade): Promise<void>;

  /** Where a person finds an order. */
  link(made: KeapIds): string;
}

export interface AccountAtKeap {
  readonly fields: readonly (KeapField & { readonly label: string })[];
  /** Labels of manual payments; absent where the transport cannot list them. */
  readonly paymentLabels?: readonly string[];
}

export interface ProductAtKeap {
  readonly id: string;
  readonly sku: string;
  readonly active: boolean;
  /** ISO 4217, where the transport tells it. */
  readonly currency?: string;
}

/** Amounts are decimal strings in the account's currency. */
export interface MoneyAtKeap {
  readonly total: string;
  readonly paid: string;
  /** What is still to be paid. Not Keap's `total_due`, which is what fell due, paid or not. */
  readonly owed: string;
  /** Keap's own word for "paid in full". */
  readonly paidInFull: boolean;
  /** Money went back, as far as Keap's order knows. */
  readonly refunded: boolean;
  /** ISO 4217, where the transport tells it. */
  readonly currency?: string;
}

export interface OrderAtKeap {
  readonly orderId: string;
  readonly invoiceId: string;
  readonly title: string;
  readonly contactId: string;
  /** What stands in the field of the reference. */
  readonly reference: string | undefined;
  readonly lines: readonly LineAtKeap[];
  readonly money: MoneyAtKeap;
  /** As in {@link Transport.readUnset}. */
  readonly unset: readonly string[];
}

export interface LineAtKeap {
  readonly id: string;
  readonly productId?: string;
  readonly quantity: number;
  readonly unitPrice: string;
  /** Something was taken off; such a line may come from a promotion. */
  readonly discount: boolean;
  /** All texts of the line; one of them holds our mark. */
  readonly texts: readonly string[];
}

export interface PaymentAtKeap {
  readonly id: string;
  readonly transactionId?: string;
  readonly amount: string;
  readonly note: string;
  readonly type?: string;
  readonly state: 'settled' | 'pending' | 'failed' | 'reversed';
}

/** What Keap says about a payment that was sent. */
export interface PayAnswer {
  readonly state: 'settled' | 'pending' | 'refused' | 'nothing owed' | 'unclear';
  /** Keap's own word, for a person. */
  readonly says: string;
  readonly paymentId?: string;
  readonly transactionId?: string;
}

/** The invoice and, once known, the order, as a person would name them. */
export function idsOf({ orderId, invoiceId }: KeapIds): Record<string, string> {
  return { ...(orderId === undefined ? {} : { order: orderId }), invoice: invoiceId };
}
