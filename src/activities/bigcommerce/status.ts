/** Statuses of an order, by their ids: the labels may be renamed in each store. */
export const status = {
  incomplete: 0,
  pending: 1,
  shipped: 2,
  partiallyShipped: 3,
  refunded: 4,
  cancelled: 5,
  declined: 6,
  awaitingPayment: 7,
  completed: 10,
  awaitingFulfillment: 11,
} as const;

/** Nothing more ships of it, and another order may carry its reference. */
export const isDead = (id: number): boolean =>
  id === status.refunded || id === status.cancelled || id === status.declined;

/** Nobody has paid it, as far as BigCommerce knows. */
export const isUnpaid = (id: number): boolean =>
  id === status.incomplete || id === status.pending || id === status.awaitingPayment;
