import {
  expectGiven,
  type FieldValues,
  type Members,
  parseBody,
  readCustomFields,
  readFields,
  readList,
} from './bodies.js';
import { customerOf, expectShipToCompany, withAddresses } from './order-customers.js';
import { writableOrderFields } from './order-fields.js';
import { newLines, type ParsedLine, parseLine } from './order-lines.js';
import type { Content, Order } from './orders.js';
import { Refused } from './refusals.js';
import { infoplusSeed } from './seed.js';
import type { Site } from './site.js';
import { holdCodes } from './statuses.js';

const dayMs = 86_400_000;
/** The model asks for the first two and the lines, the running text for the others as well. */
const requiredFields = ['lobId', 'warehouseId', 'orderDate', 'carrierId'];

/**
 * What the body of a POST or PUT asks for, when it obeys every rule; else a 400 that names what is wrong. A customer that
 * is not known yet is made. `before` is the order that a PUT replaces.
 */
export function parseOrder(site: Site, text: unknown, before?: Order): Content {
  const body = parseBody(text);
  const problems: string[] = [];
  const fields = readFields(body, writableOrderFields, problems);
  const lines = readList(body, 'lineItems', problems).map((line) => parseLine(line, problems));
  const content = {
    requestedParcelAccessories: accessories(body, problems),
    extraOrderData: readList(body, 'extraOrderData', problems),
    extraLineItemData: readList(body, 'extraLineItemData', problems),
    customFields: readCustomFields(body, problems),
  };
  expectGiven(fields, requiredFields, problems);
  if (lines.length === 0) problems.push('lineItems is missing.');
  expectShipToCompany(fields, problems);
  expectNone(problems);

  problems.push(...unknownIds(fields), ...unknownSkus(site, fields, lines), ...repeatedSkus(site, lines));
  if (fields.holdCode !== undefined && !holdCodes.test(String(fields.holdCode))) {
    problems.push(`There is no hold code ${fields.holdCode}.`);
  }
  if (before === undefined) problems.push(...duplicates(site, fields));
  const customer = customerOf(site, fields, problems);
  expectNone(problems);
  if (customer === null) throw new Error('an order without a customer passed');

  if (!('id' in customer)) site.customers.add(customer);
  return {
    ...content,
    fields: {
      ...withAddresses(fields, customer),
      lobId: Number(fields.lobId),
      warehouseId: Number(fields.warehouseId),
      carrierId: Number(fields.carrierId),
      customerNo: customer.fields.customerNo,
      holdCode: String(fields.holdCode ?? 'N'),
      // Fulfillment moves the date of what is new.
      orderDate: before === undefined ? fulfillmentDate(site, fields) : Number(fields.orderDate),
    },
    lines: newLines(site, lines, before?.lines ?? []),
  };
}

/** Whether a reference may come twice is a setting of the account. */
function duplicates({ orders, settings }: Site, { lobId, customerOrderNo }: FieldValues): string[] {
  if (settings.duplicateOrders === 'accept' || typeof customerOrderNo !== 'string') return [];
  const isThere = orders.byReference(customerOrderNo).some(({ fields }) => fields.lobId === lobId);
  return isThere ? [`There is an Order with customerOrderNo ${customerOrderNo} already.`] : [];
}

function expectNone(problems: readonly string[]): void {
  if (problems.length > 0) throw new Refused(400, problems);
}

function accessories(body: Members, problems: string[]): Members[] {
  const list = readList(body, 'requestedParcelAccessories', problems);
  for (const { accessory } of list) if (typeof accessory !== 'string') problems.push('accessory is missing.');
  return list;
}

function unknownIds({ lobId, warehouseId, carrierId }: FieldValues): string[] {
  const { linesOfBusiness, warehouses, carriers } = infoplusSeed;
  return [
    ...(linesOfBusiness.some(({ id }) => id === lobId) ? [] : [`Could not find a LineOfBusiness with id ${lobId}.`]),
    ...(warehouses.some(({ id }) => id === warehouseId) ? [] : [`Could not find a Warehouse with id ${warehouseId}.`]),
    ...(carriers.some(({ carrier }) => carrier === carrierId)
      ? []
      : [`Could not find a Carrier with id ${carrierId}.`]),
  ];
}

function unknownSkus({ items }: Site, { lobId }: FieldValues, lines: readonly ParsedLine[]): string[] {
  return lines
    .filter(({ sku }) => items.bySku(Number(lobId), sku) === undefined)
    .map(({ sku }) => `Could not find an Item with SKU ${sku} in LOB ${lobId}.`);
}

function repeatedSkus({ settings }: Site, lines: readonly ParsedLine[]): string[] {
  if (settings.duplicateSkus === 'accept') return [];
  const skus = lines.map(({ sku }) => sku);
  const repeated = new Set(skus.filter((sku, index) => skus.indexOf(sku) < index));
  return [...repeated].map((sku) => `The order has SKU ${sku} more than once.`);
}

function fulfillmentDate({ settings }: Site, { orderDate }: FieldValues): number {
  return Number(orderDate) + settings.orderDateShiftDays * dayMs;
}
