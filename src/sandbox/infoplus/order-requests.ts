import { orderNumberFrom, orderNumberText } from './order-numbers.js';
import type { Order } from './orders.js';
import { refused } from './refusals.js';
import type { ApiRequest } from './route.js';
import type { Site } from './site.js';
import { isEditable } from './statuses.js';

/** The order that a path names; reads by id do not lag. */
export function orderOf({ site, params: { orderNo = '' } }: ApiRequest): Order {
  const number = orderNumberFrom(orderNo);
  if (number === null) throw refused(400, `${orderNo} is no order number.`);
  return knownOrder(site, number);
}

export function knownOrder({ orders }: Site, orderNo: number): Order {
  const order = orders.get(orderNo);
  if (order === undefined) throw refused(404, `Could not find an Order with id ${orderNumberText(orderNo)}.`);
  return order;
}

/** What is processed, shipped or cancelled is not the API's to change. */
export function expectEditable({ orderNo, status }: Order, deed: string): void {
  if (!isEditable(status)) {
    throw refused(400, `Order ${orderNumberText(orderNo)} cannot be ${deed} because it is ${status}.`);
  }
}

/** A write of the API. */
export function write({ orders }: Site, { orderNo }: Order, change: (draft: Order, now: number) => void): void {
  orders.change(orderNo, (draft, now) => {
    change(draft, now);
    draft.writes += 1;
  });
}
