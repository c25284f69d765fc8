import { expectGiven, type FieldValues, type Members, readCustomFields, readFields, readList } from './bodies.js';
import { writableLineFields } from './order-fields.js';
import type { OrderLine } from './orders.js';
import type { Site } from './site.js';

/** A line as a body gives it. `id` is that of the line it replaces. */
export interface ParsedLine
  extends Omit<OrderLine, 'id' | 'lineItemId' | 'allowedQty' | 'shippedQty' | 'backorderQty'> {
  id: unknown;
}

export function parseLine(body: Members, problems: string[]): ParsedLine {
  const fields: FieldValues = readFields(body, writableLineFields, problems);
  expectGiven(fields, ['sku', 'orderedQty'], problems);
  const { sku, orderedQty, ...others } = fields;
  if (orderedQty !== undefined && Number(orderedQty) < 1) problems.push(`orderedQty of ${sku} has to be 1 or more.`);
  return {
    id: body.id,
    sku: String(sku),
    orderedQty: Number(orderedQty),
    fields: others,
    dynamicKitComponentList: readList(body, 'dynamicKitComponentList', problems),
    overrideReceiptsForFulfillmentList: readList(body, 'overrideReceiptsForFulfillmentList', problems),
    customFields: readCustomFields(body, problems),
  };
}

/** Lines that were there stay what they were, by their id or else their SKU; the others are numbered on. */
export function newLines({ lineIds }: Site, lines: readonly ParsedLine[], before: readonly OrderLine[]): OrderLine[] {
  const left = [...before];
  let lineItemId = Math.max(0, ...before.map((line) => line.lineItemId));
  return lines.map(({ id, ...line }) => {
    const same = left.find((each) => each.id === id) ?? left.find(({ sku }) => sku === line.sku);
    if (same !== undefined) left.splice(left.indexOf(same), 1);
    else lineItemId += 1;
    return {
      id: same?.id ?? lineIds.next(),
      lineItemId: same?.lineItemId ?? lineItemId,
      ...line,
      allowedQty: 0,
      shippedQty: 0,
      backorderQty: 0,
    };
  });
}

/** A line for what another one waits for. */
export function backOrderLine({ lineIds }: Site, line: OrderLine, orderedQty: number): OrderLine {
  return {
    ...structuredClone(line),
    id: lineIds.next(),
    lineItemId: 1,
    orderedQty,
    allowedQty: 0,
    shippedQty: 0,
    backorderQty: 0,
  };
}
