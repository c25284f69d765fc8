import type { Change } from './order-book.js';
import type { AddedBy, Interaction, Order, OrderItem } from './orders.js';
import { currentState } from './orders.js';
import { live, unallocated, unitsOf } from './quantities.js';
import { refused } from './refusals.js';
import { contentOf, type NewLine, newItem } from './seeding.js';
import type { Tenant } from './tenant.js';

/** The one rule that is documented of lines: they are added and changed while the order is Open. */
function expectOpen(order: Order): void {
  const { orderStatus } = currentState(order);
  if (orderStatus === 'Open') return;
  throw refused(400, `Order items can only be added or changed in an order in status Open, not ${orderStatus}`);
}

/** Adds a line, whatever is there already. */
export function addItem(
  tenant: Tenant,
  order: Order,
  line: NewLine,
  { addedBy, interaction }: { addedBy: AddedBy; interaction: Interaction },
): OrderItem {
  expectOpen(order);
  return tenant.orders.change(order, interaction, ({ draft, record, touch }) => {
    const item = newItem(tenant, order.channelId, line, addedBy);
    draft.items.push(item);
    record('order_line_item_added');
    touch();
    return item;
  });
}

/** To any status: no table of what may follow what is documented. Each call leaves its record, a repeat too. */
export function setOrderStatus(
  tenant: Tenant,
  order: Order,
  status: string,
  interaction: Interaction,
  note: string | null,
): void {
  tenant.orders.change(order, interaction, ({ draft, now, record, touch }) => {
    const from = draft.orderStatus;
    draft.orderStatus = status;
    // Its fulfillment requests stay as they are: nothing says that they are canceled with it.
    draft.canceledAt = status === 'Canceled' ? (draft.canceledAt ?? now) : null;
    record('status_changed', note, from);
    touch();
  });
}

export function setTags(
  tenant: Tenant,
  order: Order,
  { add, remove }: { add: readonly string[]; remove: readonly string[] },
  interaction: Interaction,
): string[] {
  return tenant.orders.change(order, interaction, ({ draft, touch }) => {
    draft.tags = [...new Set([...draft.tags, ...add])].filter((tag) => !remove.includes(tag));
    touch();
    return [...draft.tags];
  });
}

/** A person cancels a line in the web application: what no fulfillment request has taken. */
export function cancelLine(tenant: Tenant, order: Order, orderItemId: number, quantity: number | undefined): void {
  const state = currentState(order);
  // Beside Open also On Hold, which keeps new requests away from the line meanwhile.
  if (state.orderStatus !== 'On Hold') expectOpen(order);
  tenant.orders.change(order, 'user', (change) => {
    const item = itemIn(change, orderItemId);
    const left = unallocated(item, change.draft);
    const wanted = quantity ?? item.quantity - item.canceledQuantity;
    if (wanted === 0 || wanted > left) {
      throw refused(400, `Of item ${orderItemId} ${left} are in no fulfillment request: ${wanted} cannot be canceled`);
    }
    cancelUnits(change, item, wanted);
  });
}

/** So many of a line will not ship any more. */
export function cancelUnits({ record, touch }: Change, item: OrderItem, quantity: number): void {
  if (quantity === 0) return;
  item.canceledQuantity += quantity;
  record('order_line_item_canceled', `${item.sku}: ${quantity}`);
  touch();
}

/** A person changes a line, or puts another product in its place. */
export function editLine(
  tenant: Tenant,
  order: Order,
  orderItemId: number,
  wanted: { quantity?: number | undefined; price?: number | undefined; sku?: string | undefined },
): void {
  expectOpen(order);
  const variant = wanted.sku === undefined ? undefined : tenant.catalog.expect(wanted.sku);
  tenant.orders.change(order, 'user', (change) => {
    const { draft, record, touch } = change;
    const item = itemIn(change, orderItemId);
    const taken = item.canceledQuantity + unitsOf(item, draft, live);
    if (wanted.quantity !== undefined && wanted.quantity < taken) {
      throw refused(400, `Of item ${orderItemId} ${taken} are canceled or in fulfillment requests`);
    }
    item.quantity = wanted.quantity ?? item.quantity;
    item.price = wanted.price ?? item.price;
    if (variant !== undefined) {
      Object.assign(item, contentOf(tenant.ids, variant, order.channelId), { usingProductAlternative: true });
      record('order_line_item_replaced');
    }
    touch();
  });
}

function itemIn({ draft }: Change, id: number): OrderItem {
  const item = draft.items.find((each) => each.id === id);
  if (item === undefined) throw refused(404, `There is no order item ${id}`);
  return item;
}
