import type { InfoplusWanted } from '../../workflows/infoplus/contract.js';
import { failureType } from '../failure.js';
import { sameReference } from '../references.js';
import { referenceThere } from './body.js';
import type { InfoplusClient } from './client.js';
import { among, questions, text } from './filter.js';
import { byNumber, wholeOf } from './order-number.js';
import type { OrderThere } from './shapes.js';
import { isEnd } from './status.js';

/** The order that this one is, or is a part of. Parts name it as their group; their own number begins like it. */
export function rootOf({ orderNo, groupOrderId }: OrderThere): string {
  return wholeOf(groupOrderId ?? orderNo);
}

/** All orders under the reference in the line of business, back orders too: they repeat it. In ascending order. */
export async function ordersUnder(infoplus: InfoplusClient, { order, at }: InfoplusWanted): Promise<OrderThere[]> {
  return (await ordersUnderAny(infoplus, at.lobId, [order.reference])).filter(({ customerOrderNo }) =>
    sameReference(customerOrderNo, order.reference),
  );
}

/** The same for many references at once. Whoever asks picks out what is whose. */
export async function ordersUnderAny(
  infoplus: InfoplusClient,
  lobId: number,
  references: readonly string[],
): Promise<OrderThere[]> {
  const forms = references.flatMap((reference) => [referenceThere(reference), reference]);
  const literals = [...new Set(forms)].map(text);
  const found = new Map<string, OrderThere>();
  for (const some of questions(literals, literals.length)) {
    const orders = await infoplus.searchOrders(`lobId eq ${lobId} and ${among('customerOrderNo', some)}`);
    for (const order of orders) if ((order.lobId ?? lobId) === lobId) found.set(order.orderNo, order);
  }
  return [...found.values()].sort((one, other) => byNumber(one.orderNo, other.orderNo));
}

/** An order, or undefined when Infoplus says that there is none of this number. */
export async function orderAt(infoplus: InfoplusClient, orderNo: string): Promise<OrderThere | undefined> {
  try {
    return await infoplus.getOrder(orderNo);
  } catch (error) {
    if (failureType(error) === 'NotFound') return undefined;
    throw error;
  }
}

/** An order with its back orders, by the number of the order. In the order in which they come. */
export function families(orders: readonly OrderThere[]): Map<string, OrderThere[]> {
  const all = new Map<string, OrderThere[]>();
  for (const order of orders) {
    const root = rootOf(order);
    all.set(root, [...(all.get(root) ?? []), order]);
  }
  return all;
}

/**
 * Where an order with its back orders is on its way: some of it may still ship (`live`), nothing more is to come
 * (`shipped`), or nothing ever ships (`dead`). A status that nobody knows is not an end.
 */
export function courseOf(family: readonly OrderThere[]): 'live' | 'shipped' | 'dead' {
  if (family.some(({ status }) => !isEnd(status))) return 'live';
  return family.some(({ status }) => status === 'Shipped') ? 'shipped' : 'dead';
}
