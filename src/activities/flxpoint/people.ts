import { textsIn } from '../call.js';
import type { OrderThere, RequestThere } from './shapes.js';

/** What an order says about people, to be hidden in Flxpoint's words. */
export function peopleOf({ shippingAddress, billingAddress, dealerAddress, orderItems }: OrderThere): string[] {
  return textsIn([shippingAddress, billingAddress, dealerAddress, orderItems.map((item) => item.shippingAddress)]);
}

/** The same of a fulfillment request. */
export const peopleOfRequest = ({ shippingAddress }: RequestThere): string[] => textsIn(shippingAddress);

/** What a person needs to read to find it again. */
export function namesOf(order: OrderThere, requests: readonly RequestThere[]): string[] {
  const items = order.orderItems.flatMap(({ id, sku }) => [id, sku ?? []].flat());
  const numbers = requests.flatMap(({ id, fulfillmentRequestNumber }) => [id, fulfillmentRequestNumber ?? []].flat());
  return [order.id, order.orderNumber ?? [], items, numbers].flat();
}
