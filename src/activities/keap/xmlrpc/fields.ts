import type { KeapLine, KeapWanted } from '../../../workflows/keap/contract.js';
import { linesMarked } from '../compare.js';
import { sameAmount } from '../wire.js';
import type { XmlRpcClient } from './client.js';
import { columnsOf } from './job.js';
import type { OrderItem } from './shapes.js';
import { double, int, type Value } from './xml.js';

/** What of the order's own and custom fields does not stand as wanted, each by its name in the input. */
export function unsetOf(
  want: KeapWanted,
  timeZone: string,
  job: Readonly<Record<string, unknown>>,
  items: readonly OrderItem[],
): string[] {
  const columns = columnsOf(want, timeZone).filter(({ name, stands }) => !stands(job[name]));
  const lines = itemUpdates(want, items).flatMap(({ line, values }) =>
    Object.keys(values).map((name) => `lines.${line.ref}.${name === 'CPU' ? 'unitCost' : 'plan'}`),
  );
  return [...new Set(columns.map(({ of }) => of)), ...lines];
}

/** Sets them: the columns of the Job in one update, and what addOrderItem has no parameter for line by line. */
export async function writeJob(
  keap: XmlRpcClient,
  want: KeapWanted,
  timeZone: string,
  orderId: string,
  items: readonly OrderItem[],
): Promise<void> {
  const columns = columnsOf(want, timeZone).map(({ name, value }): [string, Value] => [name, value]);
  await keap.update('Job', orderId, Object.fromEntries(columns));
  for (const { item, values } of itemUpdates(want, items)) await keap.update('OrderItem', item.Id, values);
}

/** Cost per unit and subscription plan, which are columns of OrderItem and not parameters of addOrderItem. */
function itemUpdates(want: KeapWanted, items: readonly OrderItem[]) {
  return want.order.lines.flatMap((line) => {
    const item = itemOf(want, line, items);
    if (item === undefined) return [];
    const values: Record<string, Value> = {};
    if (line.unitCost !== undefined && !sameAmount(line.unitCost, String(item.CPU))) values.CPU = double(line.unitCost);
    if (line.plan !== undefined && line.plan !== item.SubscriptionPlanId) values.SubscriptionPlanId = int(line.plan);
    return Object.keys(values).length === 0 ? [] : [{ line, item, values }];
  });
}

/** By its mark; where placeOrder made the lines, which takes no notes, by product. */
function itemOf(want: KeapWanted, line: KeapLine, items: readonly OrderItem[]): OrderItem | undefined {
  const read = items.map((item) => ({ item, texts: [item.ItemName, item.ItemDescription, item.Notes] }));
  const marked = linesMarked(want, line.ref, read)[0]?.item;
  if (marked !== undefined || want.order.flow === 'order') return marked;
  const productId = line.sku === undefined ? undefined : want.products[line.sku];
  return items.find(({ ProductId }) => ProductId !== undefined && ProductId === productId);
}
