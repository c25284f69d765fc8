import { orderNumberText } from './order-numbers.js';
import { type Order, referenceOf } from './orders.js';

/** What the customer's script says of an order: Infoplus has no webhook of its own. */
export interface OrderMessage {
  event: string;
  orderNo: string;
  lobId: number;
  status: string;
  customerOrderNo: string | null;
}

export function messageAbout(order: Order): OrderMessage {
  return {
    event: 'order.status',
    orderNo: orderNumberText(order.orderNo),
    lobId: order.fields.lobId,
    status: order.status,
    customerOrderNo: referenceOf(order),
  };
}

export const messageOf = (order: Order): string => JSON.stringify(messageAbout(order));

/** By what the ledger names a message: as the client knows the order, where it does. */
export const subjectOf = (order: Order): string => referenceOf(order) ?? orderNumberText(order.orderNo);
