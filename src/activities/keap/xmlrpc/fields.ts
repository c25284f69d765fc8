import type { KeapLine, KeapWanted } from '../../../workflows/keap/contract.js';
import { linesMarked } from '../compare.js';
import { sameAmount } from '../wire.js';
import type { XmlRpcClient } from './client.js';
import { columnsOf } from './job.js';
import type { OrderItem } from './shapes.js';
import { double, type Value } from './xml.js';

/** What of the order's own and custom fields does not stand as wanted, each by its name in the input. */
export function unsetOf(
  want: KeapWanted,
  timeZone: string,
  job: Readonly<Record<string, unknown>>,
  items: readonly OrderItem[],
): string[] {
  const columns = columnsOf(want, timeZone).filter(({ name, stands }) => !stands(job[name]));
  const lines = costUpdates(want, items).map(({ line }) => `lines.${line.ref}.unitCost`);
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
  for (const { item, unitCost } of costUpdates(want, items)) {
    await keap.update('OrderItem', item.Id, { CPU: double(unitCost) });
  }
}

/** Cost per unit, which is a column of OrderItem and not a parameter of addOrderItem. */
function costUpdates(want: KeapWanted, items: readonly OrderItem[]) {
  return want.order.lines.flatMap((line) => {
    const item = itemOf(want, line, items);
    const { unitCost } = line;
    return item === undefined || unitCost === undefined || sameAmount(unitCost, String(item.CPU))
      ? []
      : [{ line, item, unitCost }];
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
