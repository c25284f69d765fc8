export interface OrderStatus {
  id: number;
  name: string;
  description: string;
  /** Where the control panel shows it. */
  order: number;
}

const status = (id: number, name: string, order: number, description: string): OrderStatus => ({
  ...{ id, name, order, description },
});

/** Statuses can be renamed, and neither added nor removed. In the order of their ids. */
export const orderStatuses: readonly OrderStatus[] = [
  status(0, 'Incomplete', 0, 'The shopper reached the payment page and did not complete the payment.'),
  status(1, 'Pending', 1, 'The shopper began the checkout and did not finish it.'),
  status(2, 'Shipped', 8, 'The order is on its way; nobody has confirmed that it arrived.'),
  status(3, 'Partially Shipped', 6, 'Some of the items are on their way.'),
  status(4, 'Refunded', 11, 'All of the money was given back.'),
  status(5, 'Cancelled', 9, 'The seller has cancelled the order.'),
  status(6, 'Declined', 10, 'The seller has declined the order, for want of a payment.'),
  status(7, 'Awaiting Payment', 2, 'The order is placed and its payment is not confirmed.'),
  status(8, 'Awaiting Pickup', 5, 'The order is packed and waits for the shopper.'),
  status(9, 'Awaiting Shipment', 4, 'The order is packed and waits for the carrier.'),
  status(10, 'Completed', 7, 'The order is done.'),
  status(11, 'Awaiting Fulfillment', 3, 'The order is paid and waits to be packed.'),
  status(12, 'Manual Verification Required', 13, 'The order is held until a person has looked at it.'),
  status(13, 'Disputed', 12, 'The shopper disputes the payment.'),
  status(14, 'Partially Refunded', 14, 'Some of the money was given back.'),
];

export const knownStatus = (id: number): OrderStatus | undefined => orderStatuses.find((each) => each.id === id);
export const statusName = (id: number): string => knownStatus(id)?.name ?? '';

export const statusIds = {
  ...{ incomplete: 0, pending: 1, shipped: 2, partiallyShipped: 3, refunded: 4, cancelled: 5, declined: 6 },
  ...{ awaitingPayment: 7, awaitingPickup: 8, awaitingShipment: 9, completed: 10, awaitingFulfillment: 11 },
  ...{ verificationRequired: 12, disputed: 13, partiallyRefunded: 14 },
} as const;

/** Whoever puts an order into one of these says that it is paid. */
const paid: ReadonlySet<number> = new Set([2, 3, 8, 9, 10, 11]);
export const saysPaid = (id: number): boolean => paid.has(id);
