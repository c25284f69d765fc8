import type { Contract } from '../contract.js';
import type { KeapOrder, KeapPayment } from './input.js';

export type { KeapLine, KeapOrder } from './input.js';

/** A custom field of the account: the id that REST writes it by, the name that both transports search by. */
export interface KeapField {
  readonly id: string;
  readonly name: string;
  /** Keap's data type in capitals, e.g. `TEXT`, `DATE`. */
  readonly type: string;
}

/** What the account offers, as far as this order needs it. */
export interface KeapAccount {
  /** The order custom field that carries the reference. */
  readonly referenceField: KeapField;
  /** The other order custom fields that the order sets, by the label used in the input. */
  readonly fields: Readonly<Record<string, KeapField>>;
}

/** The order together with all that was looked up for it; the argument of every later step. */
export interface KeapWanted {
  readonly order: KeapOrder;
  readonly account: KeapAccount;
  readonly contactId: string;
  /** Keap's product id of each SKU in use, helper products of configured line kinds included. */
  readonly products: Readonly<Record<string, string>>;
}

/** The order at Keap as far as it is known. Ids are decimal strings on both transports. */
export interface KeapMade {
  /** Always known once the order exists: XML-RPC answers it first. */
  readonly invoiceId: string;
  /** `Job.Id`, the REST order id. Not the invoice id; absent until it was read. */
  readonly orderId?: string;
  /** Whether the reference stands in its own custom field, where a later search finds it. */
  readonly marked: boolean;
  /** References of the lines that are there as wanted. */
  readonly lines: readonly string[];
  /** Whether the custom and order fields stand as wanted (REST sets them in the create call). */
  readonly fieldsSet: boolean;
}

/** What is paid, and by whom: an order, or a cycle of a subscription. */
export interface KeapPaying {
  readonly order: KeapPayable;
  readonly contactId: string;
}

/** What of an order its payment is about. */
export interface KeapPayable extends Pick<KeapOrder, 'connection' | 'reference' | 'currency' | 'total' | 'orderedAt'> {
  readonly payment: KeapPayment;
  /** Each may be rounded by a cent. */
  readonly lines: readonly unknown[];
}

/** The ids of an order at Keap. */
export type KeapIds = Pick<KeapMade, 'orderId' | 'invoiceId'>;

/** A payment that stands at Keap under our payment reference. */
export interface KeapPaid {
  readonly paymentId?: string;
  readonly transactionId?: string;
  /** Decimal string, in the order's currency. */
  readonly amount: string;
  /** Charged to a card by Keap, or taken elsewhere and only recorded there. */
  readonly by: 'keap' | 'elsewhere';
}

/** How the order stands at Keap, read fresh. Amounts are decimal strings in the order's currency. */
export interface KeapStanding {
  readonly orderId: string;
  readonly invoiceId: string;
  readonly total: string;
  readonly paid: string;
  readonly owed: string;
  readonly settled: boolean;
}

/** What a finished order answers. */
export interface KeapOrderResult {
  readonly contactId: string;
  readonly orderId: string;
  readonly invoiceId: string;
  readonly total: string;
  readonly paid: string;
  readonly owed: string;
  readonly lines: readonly string[];
  readonly payment?: KeapPaid;
  readonly link?: string;
}

/** A one-time order at Keap: contact, order, lines, payment, fields. */
export const keapOrder: Contract<KeapOrder, KeapOrderResult> = {
  name: 'keapOrder',
  platform: 'keap',
  title: 'Keap order',
  fixed: ['connection', 'reference', 'currency', 'total', 'lines'],
};
