import { amountIn, expectKnown, integerIn, isSame, isWithin, textIn, timeIn } from '../query.js';
import { invalid } from '../refusals.js';
import type { Store } from '../store.js';
import { wholeSecond } from '../times.js';
import type { OrderState } from './order.js';
import { knownStatus, statusIds } from './statuses.js';

interface Found {
  id: number;
  state: OrderState;
}

const filters = [
  ...[
    'external_order_id',
    'min_id',
    'max_id',
    'min_total',
    'max_total',
    'customer_id',
    'email',
    'status_id',
    'cart_id',
  ],
  ...['payment_method', 'min_date_created', 'max_date_created', 'min_date_modified', 'max_date_modified', 'channel_id'],
];
const ofLists = ['page', 'limit', 'sort', 'include', 'consignment_structure'];

/** The orders that a list or a count speaks of, by their ids unless it asks for another order. */
export function searchOrders({ orders, settings }: Store, query: URLSearchParams, listing: boolean): Found[] {
  expectKnown(query, listing ? [...filters, ...ofLists] : filters);
  const matches = matcher(query, settings.referenceFilter === 'loose');
  const found = orders.shown(settings.searchLagMs).filter(matches);
  const leavesOut = !listing && query.size === 0 && !settings.countsIncomplete;
  if (leavesOut) return found.filter(({ state }) => state.statusId !== statusIds.incomplete);
  return listing ? sorted(found, textIn(query, 'sort')) : found;
}

function matcher(query: URLSearchParams, loose: boolean): (found: Found) => boolean {
  const reference = textIn(query, 'external_order_id');
  const statusId = integerIn(query, 'status_id');
  if (statusId !== undefined && knownStatus(statusId) === undefined) throw invalid('status_id');
  const ids = [integerIn(query, 'min_id'), integerIn(query, 'max_id')] as const;
  const totals = [amountIn(query, 'min_total'), amountIn(query, 'max_total')] as const;
  const created = [timeIn(query, 'min_date_created'), timeIn(query, 'max_date_created')] as const;
  const modified = [timeIn(query, 'min_date_modified'), timeIn(query, 'max_date_modified')] as const;
  const customerId = integerIn(query, 'customer_id');
  const channelId = integerIn(query, 'channel_id');
  const email = textIn(query, 'email')?.toLowerCase();
  const cartId = textIn(query, 'cart_id');
  const paymentMethod = textIn(query, 'payment_method');
  return ({ id, state }) =>
    isReference(state.texts.external_order_id, reference, loose) &&
    isSame(state.statusId, statusId) &&
    isSame(state.customerId, customerId) &&
    isSame(state.channelId, channelId) &&
    isSame(state.billingAddress.email.toLowerCase(), email) &&
    isSame(state.cartId, cartId) &&
    isSame(state.texts.payment_method, paymentMethod) &&
    isWithin(id, ...ids) &&
    isWithin(state.total.incTax, ...totals) &&
    isWithin(wholeSecond(state.createdAt), ...created) &&
    isWithin(wholeSecond(state.modifiedAt), ...modified);
}

const isReference = (value: string, wanted: string | undefined, loose: boolean): boolean =>
  loose && wanted !== undefined ? value.toLowerCase().startsWith(wanted.toLowerCase()) : isSame(value, wanted);

const sortable: Readonly<Record<string, (found: Found) => number | string>> = {
  id: ({ id }) => id,
  customer_id: ({ state }) => state.customerId,
  date_created: ({ state }) => state.createdAt,
  date_modified: ({ state }) => state.modifiedAt,
  status_id: ({ state }) => state.statusId,
  channel_id: ({ state }) => state.channelId,
  external_id: ({ state }) => state.texts.external_id ?? '',
};

function sorted(found: Found[], wanted = 'id:asc'): Found[] {
  const [name = '', direction = 'asc'] = wanted.split(':');
  const value = sortable[name];
  if (value === undefined || (direction !== 'asc' && direction !== 'desc')) throw invalid('sort');
  const sign = direction === 'asc' ? 1 : -1;
  return found.sort((one, other) => {
    const [first, second] = [value(one), value(other)];
    return first === second ? one.id - other.id : (first < second ? -1 : 1) * sign;
  });
}
