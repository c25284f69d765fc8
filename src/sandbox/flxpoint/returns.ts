import type { AddressInput } from './addresses.js';
import { expectIn } from './order-book.js';
import type { Interaction, Order, Return, Rma } from './orders.js';
import { returned, shipped, unitsOf } from './quantities.js';
import { refused } from './refusals.js';
import type { Tenant } from './tenant.js';

export interface NewReturnItem {
  orderItemId?: number | null | undefined;
  sku?: string | null | undefined;
  title?: string | null | undefined;
  salesPrice?: number | null | undefined;
  returnQuantity: number;
  returnReason: string;
  returnCondition: string;
  refundedAmount?: number | null | undefined;
}

export interface NewReturn {
  returnNumber?: string | null | undefined;
  items: readonly NewReturnItem[];
  refundAdjustment?: number | null | undefined;
  syncRefundChangesToOrder?: boolean | null | undefined;
}

/** Goods come back; gives the return's id and what is odd about it. */
export function addReturn(
  tenant: Tenant,
  order: Order,
  wanted: NewReturn,
  interaction: Interaction,
): { id: number; warning: string | null } {
  return tenant.orders.change(order, interaction, ({ draft, now, record, touch }) => {
    const { ids } = tenant;
    const made: Return = {
      id: ids.next('return'),
      returnNumber: wanted.returnNumber ?? `${order.orderNumber}-R${draft.returns.length + 1}`,
      status: 'open',
      items: wanted.items.map((each) => {
        const { orderItemId, sku } = each;
        const item = draft.items.find(({ id, sku: own }) => (orderItemId == null ? own === sku : id === orderItemId));
        if (item === undefined) throw refused(400, `The order has no item ${orderItemId ?? sku}`);
        return {
          id: ids.next('returnItem'),
          orderItemId: item.id,
          sku: item.sku,
          title: each.title ?? item.title,
          returnQuantity: each.returnQuantity,
          returnReason: each.returnReason,
          returnCondition: each.returnCondition,
          salesPrice: each.salesPrice ?? item.price,
          refundedAmount: each.refundedAmount ?? 0,
        };
      }),
      rmas: [],
      refundAdjustment: wanted.refundAdjustment ?? 0,
      syncRefundChangesToOrder: wanted.syncRefundChangesToOrder ?? false,
      insertedAt: now,
      updatedAt: now,
    };
    draft.returns.push(made);
    record('return_added', made.returnNumber);
    touch();
    const tooMuch = draft.items.filter((item) => returned(item, draft) > unitsOf(item, draft, shipped));
    return {
      id: made.id,
      warning: tooMuch.length === 0 ? null : `More is returned than has shipped of ${tooMuch.map(({ sku }) => sku)}`,
    };
  });
}

/** Changes one return of an order. */
export function changeReturn(
  tenant: Tenant,
  order: Order,
  id: number,
  interaction: Interaction,
  change: (made: Return) => void,
): void {
  tenant.orders.change(order, interaction, ({ draft, now, record, touch }) => {
    const made = expectIn(draft.returns, id, 'return');
    const { status } = made;
    change(made);
    made.updatedAt = now;
    if (made.status !== status) record('return_status_changed', made.returnNumber);
    touch();
  });
}

export interface NewRma {
  sourceId: number;
  rmaNumber: string;
  returnToAddress: AddressInput;
  items: readonly {
    returnItemId: number;
    quantity: number;
    cost?: number | null | undefined;
    note?: string | null | undefined;
    creditedAmount?: number | null | undefined;
  }[];
  creditAdjustment?: number | null | undefined;
  autoApprove: boolean;
}

/** A source is asked to take goods back. */
export function addRma(
  tenant: Tenant,
  order: Order,
  returnId: number,
  wanted: NewRma,
  interaction: Interaction,
): number {
  return tenant.orders.change(order, interaction, ({ draft, now, record, touch }) => {
    const { addresses, ids } = tenant;
    const made = expectIn(draft.returns, returnId, 'return');
    const rma: Rma = {
      id: ids.next('rma'),
      rmaNumber: wanted.rmaNumber,
      sourceId: wanted.sourceId,
      rmaStatus: wanted.autoApprove ? 'Approved' : 'Waiting',
      returnToAddress: addresses.enter(wanted.returnToAddress),
      items: wanted.items.map((each) => {
        const item = made.items.find(({ id }) => id === each.returnItemId);
        if (item === undefined) throw refused(400, `The return has no item ${each.returnItemId}`);
        return {
          id: ids.next('rmaItem'),
          returnItemId: item.id,
          sku: item.sku,
          title: item.title,
          cost: each.cost ?? null,
          returnReason: item.returnReason,
          returnCondition: item.returnCondition,
          note: each.note ?? null,
          quantity: each.quantity,
          approvedQuantity: wanted.autoApprove ? each.quantity : 0,
          deniedQuantity: 0,
          creditedAmount: each.creditedAmount ?? 0,
        };
      }),
      creditAdjustment: wanted.creditAdjustment ?? 0,
      createdAt: now,
      updatedAt: now,
    };
    made.rmas.push(rma);
    made.updatedAt = now;
    record('rma_added', rma.rmaNumber);
    touch();
    return rma.id;
  });
}

/** What the source says to the lines of an RMA; its status follows. */
export function decideRma(
  tenant: Tenant,
  order: Order,
  rmaId: number,
  decisions: readonly { id: number; approvedQuantity: number | undefined; deniedQuantity: number | undefined }[],
  interaction: Interaction,
): void {
  tenant.orders.change(order, interaction, ({ draft, now, record, touch }) => {
    const rma = expectIn(
      draft.returns.flatMap(({ rmas }) => rmas),
      rmaId,
      'RMA',
    );
    if (rma.rmaStatus !== 'Waiting' && rma.rmaStatus !== 'Partially Approved') {
      throw refused(400, `RMA ${rmaId} is ${rma.rmaStatus}`);
    }
    for (const { id, approvedQuantity, deniedQuantity } of decisions) {
      const item = rma.items.find((each) => each.id === id);
      if (item === undefined) throw refused(400, `RMA ${rmaId} has no item ${id}`);
      item.approvedQuantity = approvedQuantity ?? item.approvedQuantity;
      item.deniedQuantity = deniedQuantity ?? item.deniedQuantity;
      if (item.approvedQuantity + item.deniedQuantity > item.quantity) {
        throw refused(400, `Item ${id} has ${item.quantity}`);
      }
    }
    const before = rma.rmaStatus;
    rma.rmaStatus = statusOf(rma);
    rma.updatedAt = now;
    if (rma.rmaStatus !== before) record('rma_status_changed', rma.rmaNumber);
    touch();
  });
}

function statusOf({ items }: Rma): Rma['rmaStatus'] {
  if (items.every(({ approvedQuantity, quantity }) => approvedQuantity === quantity)) return 'Approved';
  if (items.every(({ deniedQuantity, quantity }) => deniedQuantity === quantity)) return 'Denied';
  return items.some(({ approvedQuantity }) => approvedQuantity > 0) ? 'Partially Approved' : 'Waiting';
}
