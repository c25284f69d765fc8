import type { Read } from '../../workflows/contract.js';
import type {
  InfoplusMade,
  InfoplusSeen,
  InfoplusStanding,
  InfoplusWanted,
} from '../../workflows/infoplus/contract.js';
import { orderAt, ordersUnder, rootOf } from './family.js';
import type { Open } from './open.js';
import { byNumber } from './order-number.js';
import type { OrderThere } from './shapes.js';

/** How all orders under the reference stand, read fresh. */
export function standingSteps({ open }: Open) {
  return {
    /** A search may lag behind: our own order is asked for by its number before it counts as gone. */
    async readOrder(want: InfoplusWanted, { orderNo }: InfoplusMade): Promise<Read<InfoplusSeen>> {
      const readAt = Date.now();
      const infoplus = open(want.order);
      const orders = await ordersUnder(infoplus, want);
      if (orders.some((each) => each.orderNo === orderNo)) return { ...seen(orders), readAt };
      const ours = await orderAt(infoplus, orderNo);
      return ours === undefined ? { ...seen(orders), gone: true, readAt } : { ...seen([ours, ...orders]), readAt };
    },
  };
}

/** In the order of their numbers, so that the same standing is the same text. */
export function seen(orders: readonly OrderThere[]): InfoplusSeen {
  return { orders: orders.map(standing).sort((one, other) => byNumber(one.orderNo, other.orderNo)) };
}

function standing(order: OrderThere): InfoplusStanding {
  const { orderNo, status, holdCode, lineItems } = order;
  const open = lineItems.map((line) => Math.max(0, (line.orderedQty ?? 0) - (line.shippedQty ?? 0)));
  return {
    orderNo,
    root: rootOf(order),
    status,
    ...(holdCode === undefined ? {} : { holdCode }),
    ordered: sum(lineItems.map((line) => line.orderedQty ?? 0)),
    open: status === 'Shipped' ? sum(open) : 0,
  };
}

const sum = (numbers: readonly number[]): number => numbers.reduce((so, each) => so + each, 0);
