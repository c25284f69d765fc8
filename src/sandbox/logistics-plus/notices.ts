import { randomUUID } from 'node:crypto';
import type { LogisticsPlusWebhook } from './options.js';
import { currentState, type Order, orderStatus } from './orders.js';

/** What a webhook says of an order. */
export interface Notice {
  warehouseCode: string;
  primaryReference: string;
  status: string;
  shipments: { id: string; status: string }[];
}

export function noticeOf(order: Order): Notice {
  const { warehouseCode, primaryReference } = order;
  const { shipments } = currentState(order);
  return {
    warehouseCode,
    primaryReference,
    status: orderStatus(shipments),
    shipments: shipments.map(({ id, status }) => ({ id, status })),
  };
}

/** The body of a message. Its id looks like a GUID, and so is not the order's; that much is documented. */
export function bodyOf(notice: Notice, form: LogisticsPlusWebhook['form']): string {
  const message = { id: randomUUID(), ...notice };
  switch (form) {
    case 'flat':
      return JSON.stringify(message);
    case 'data':
      return JSON.stringify({ data: message });
    case 'orders':
      return JSON.stringify({ data: { orders: [message] } });
  }
}
