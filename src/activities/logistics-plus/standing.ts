import type { Read } from '../../workflows/contract.js';
import type { LogisticsPlusSeen, LogisticsPlusStanding } from '../../workflows/logistics-plus/contract.js';
import type { LogisticsPlusOrder } from '../../workflows/logistics-plus/input.js';
import type { Open } from './open.js';
import type { OrderThere } from './shapes.js';

/** How all orders under the reference stand, read fresh. */
export function standingSteps({ open }: Open) {
  return {
    async readOrder(order: LogisticsPlusOrder): Promise<Read<LogisticsPlusSeen>> {
      const readAt = Date.now();
      return { ...seen(await open(order).searchOrders(order.reference)), readAt };
    },
  };
}

/** In a fixed order, so that the same standing is the same text. */
export function seen(orders: readonly OrderThere[]): LogisticsPlusSeen {
  return { orders: orders.map(standing).sort((one, other) => compareIds(one.orderId, other.orderId)) };
}

function standing({ id, warehouseCode, status, requiredShipDate, shipments }: OrderThere): LogisticsPlusStanding {
  return {
    orderId: id,
    warehouseCode,
    status,
    ...(requiredShipDate ? { requiredShipDate } : {}),
    shipments: shipments.map(({ id, status }) => ({ id, status })).sort((one, other) => compareIds(one.id, other.id)),
  };
}

function compareIds(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
