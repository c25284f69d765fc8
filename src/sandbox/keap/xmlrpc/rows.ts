import type { Tenant } from '../tenant.js';
import { type Column, columnOf, columnsOf, typed, valuesOf } from './columns.js';
import { namedFault } from './fault.js';
import { type Cell, exactText, matcher } from './match.js';
import { type TableSchema, tableFor } from './table-schema.js';
import { tables } from './tables/index.js';
import { notImitated, type Table } from './tables/table.js';
import { array, type XmlRpcValue } from './value.js';

/** The most rows that one page may hold. */
const largestPage = 1000;

export function loadRow(tenant: Tenant, name: string, id: number, fields: readonly string[]): XmlRpcValue {
  const schema = tableFor(name, 'R');
  const columns = columnsOf(tenant, schema, fields, 'R');
  return view(tenant, schema, rowOf(tenant, schema, id), columns);
}

export function updateRow(tenant: Tenant, name: string, id: number, members: ReadonlyMap<string, XmlRpcValue>): number {
  const schema = tableFor(name, 'E');
  const values = valuesOf(tenant, schema, members, 'E');
  const table = imitated(schema);
  if (table.update === undefined) throw notImitated(`updating ${name}`);
  table.update(tenant, rowOf(tenant, schema, id), values);
  return id;
}

export function addRow(tenant: Tenant, name: string, members: ReadonlyMap<string, XmlRpcValue>): number {
  const schema = tableFor(name, 'A');
  const values = valuesOf(tenant, schema, members, 'A');
  const table = imitated(schema);
  if (table.add === undefined) throw notImitated(`adding to ${name} by the data service`);
  return table.add(tenant, values);
}

interface Paging {
  limit: number;
  page: number;
  fields: readonly string[];
  order: { by: string; ascending: boolean } | null;
}

export function deleteRow(tenant: Tenant, name: string, id: number): void {
  const schema = tableFor(name, 'D');
  const table = imitated(schema);
  if (table.delete === undefined) throw notImitated(`deleting from ${name}`);
  table.delete(tenant, rowOf(tenant, schema, id));
}

export function countRows(tenant: Tenant, name: string, wanted: ReadonlyMap<string, XmlRpcValue>): number {
  return findRows(tenant, tableFor(name, 'R'), wanted).length;
}

export function queryRows(
  tenant: Tenant,
  name: string,
  wanted: ReadonlyMap<string, XmlRpcValue>,
  { limit, page, fields, order }: Paging,
): XmlRpcValue {
  const schema = tableFor(name, 'R');
  const columns = columnsOf(tenant, schema, fields, 'R');
  if (limit < 1 || limit > largestPage || page < 0) {
    throw namedFault('InvalidParameter', `limit must be 1 to ${largestPage} and page 0 or more`);
  }
  const rows = findRows(tenant, schema, wanted);
  const sortBy = columnsOf(tenant, schema, [order?.by ?? 'Id'], 'R')[0];
  const sign = order === null || order.ascending ? 1 : -1;
  if (sortBy !== undefined) {
    rows.sort((a, b) => sign * compare(cell(tenant, schema, a, sortBy), cell(tenant, schema, b, sortBy)));
  }
  return array(rows.slice(page * limit, (page + 1) * limit).map((row) => view(tenant, schema, row, columns)));
}

function findRows(tenant: Tenant, schema: TableSchema, wanted: ReadonlyMap<string, XmlRpcValue>): unknown[] {
  const table = imitated(schema);
  const tests = [...wanted].map(([name, value]) => {
    const column = columnOf(tenant, schema, name, 'R');
    const matches = matcher(value, column.kind);
    return (row: unknown) => matches(cell(tenant, schema, row, column));
  });
  const hidden = tenant.settings.xmlrpcSearchLagMs;
  const newest = tenant.clock.now() - hidden;
  const rows = table.rows(tenant, (field) => exactText(wanted.get(field)));
  return [...rows].filter(
    (row) => (hidden === 0 || table.createdAt(row) <= newest) && tests.every((test) => test(row)),
  );
}

function imitated(schema: TableSchema): Table<unknown> {
  const table = tables.get(schema.name);
  if (table === undefined) throw notImitated(`the table ${schema.name}`);
  return table;
}

function rowOf(tenant: Tenant, schema: TableSchema, id: number): unknown {
  const row = imitated(schema).get(tenant, id);
  if (row === undefined) throw namedFault('RecordNotFound', `${schema.name} ${id} not found`);
  return row;
}

function cell(tenant: Tenant, schema: TableSchema, row: unknown, column: Column): Cell {
  const table = imitated(schema);
  if (column.customId === null) return table.read[column.name]?.(row, tenant);
  const content =
    table.readCustom === undefined ? table.read[column.name]?.(row, tenant) : table.readCustom(row, column.customId);
  if (content === undefined || column.kind === 'String') return content;
  return Date.parse(String(content));
}

/** Fields that are null are left out. */
function view(tenant: Tenant, schema: TableSchema, row: unknown, columns: readonly Column[]): XmlRpcValue {
  const members = new Map<string, XmlRpcValue>();
  for (const column of columns) {
    const value = cell(tenant, schema, row, column);
    if (value !== undefined) members.set(column.name, typed(column.kind, value));
  }
  return { type: 'struct', value: members };
}

function compare(left: Cell, right: Cell): number {
  if (typeof left === 'number' && typeof right === 'number') return left - right;
  return String(left ?? '').localeCompare(String(right ?? ''));
}
