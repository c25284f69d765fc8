import { isDateType } from '../custom-fields.js';
import type { Tenant } from '../tenant.js';
import { namedFault } from './fault.js';
import type { Cell } from './match.js';
import { type Access, type FieldKind, type TableField, type TableSchema, tableFor } from './table-schema.js';
import { tables } from './tables/index.js';
import { boolean, date, double, int, string, type XmlRpcValue } from './value.js';

export interface Column extends TableField {
  customId: number | null;
}

export function columnsOf(tenant: Tenant, schema: TableSchema, names: readonly string[], access: Access): Column[] {
  if (names.length === 0) throw namedFault('NoFieldsError', 'No fields were specified');
  return names.map((name) => columnOf(tenant, schema, name, access));
}

/** The column, when it may be used in this way. One wrong name fails the whole call. */
export function columnOf(tenant: Tenant, schema: TableSchema, name: string, access: Access): Column {
  const form = tables.get(schema.name)?.form;
  const custom = form === undefined ? undefined : tenant.fields.byApiName(form, name);
  // Filters of REST take the name in any case, the data service does not.
  if (custom !== undefined && `_${custom.name}` === name) {
    const kind: FieldKind = isDateType(custom.type) ? 'DateTime' : 'String';
    return { name, kind, access: schema.access, customId: custom.id };
  }
  const field = schema.fields.get(name);
  if (field === undefined) throw namedFault('NoFieldFound', `No field found: ${schema.name}.${name}`);
  if (!field.access.includes(access))
    throw namedFault('NoFieldAccess', `Access denied to field ${schema.name}.${name}`);
  return { ...field, customId: null };
}

/** The values of a struct as cells, when all of its columns may be used in this way. */
export function cellsFor(tenant: Tenant, table: string, members: ReadonlyMap<string, XmlRpcValue>, access: Access) {
  return valuesOf(tenant, tableFor(table, access), members, access);
}

export function valuesOf(
  tenant: Tenant,
  schema: TableSchema,
  members: ReadonlyMap<string, XmlRpcValue>,
  access: Access,
): ReadonlyMap<string, Cell> {
  const columns = columnsOf(tenant, schema, [...members.keys()], access);
  return new Map(columns.map((column) => [column.name, cellFrom(column, members.get(column.name))]));
}

/** Struct members are not part of a method's signature; what can be read as the column's kind is taken. */
function cellFrom(column: Column, value: XmlRpcValue | undefined): Cell {
  const refused = namedFault('InvalidParameter', `Invalid value for ${column.name}`);
  if (value === undefined) throw refused;
  if (column.kind === 'Date' || column.kind === 'DateTime') {
    if (value.type !== 'date') throw refused;
    return value.value;
  }
  if (value.type === 'array' || value.type === 'struct' || value.type === 'base64' || value.type === 'date')
    throw refused;
  if (column.kind === 'String') return String(value.value);
  const number = value.value === '' ? Number.NaN : Number(value.value);
  if (Number.isNaN(number) || (column.kind !== 'Double' && !Number.isInteger(number))) throw refused;
  return number;
}

export function typed(kind: FieldKind, value: NonNullable<Cell>): XmlRpcValue {
  switch (kind) {
    case 'Id':
    case 'Integer':
      return int(Number(value));
    case 'Double':
      return double(Number(value));
    case 'Date':
    case 'DateTime':
      return date(Number(value));
    case 'Boolean':
      return boolean(Boolean(value));
    case 'String':
      return string(String(value));
  }
}
