import { type CustomField, type FieldForm, isDateType } from '../../custom-fields.js';
import type { Tenant } from '../../tenant.js';
import { namedFault } from '../fault.js';
import type { Cell } from '../match.js';

/** What a query asks of a column exactly, where it does; tables use it to find rows without looking at all. */
export type Where = (field: string) => string | null;

/** One table of the data service, as a view on the tenant's records. */
export interface Table<Row> {
  /** Set where rows carry custom fields. */
  form?: FieldForm;
  rows(tenant: Tenant, where: Where): Iterable<Row>;
  get(tenant: Tenant, id: number): Row | undefined;
  createdAt(row: Row): number;
  /** A column without a reader is always null. */
  read: Readonly<Record<string, (row: Row, tenant: Tenant) => Cell>>;
  readCustom?(row: Row, fieldId: number): string | undefined;
  /** Sets columns; values are of the column's kind. */
  update?(tenant: Tenant, row: Row, values: ReadonlyMap<string, Cell>): void;
  add?(tenant: Tenant, values: ReadonlyMap<string, Cell>): number;
  delete?(tenant: Tenant, row: Row): void;
}

/** Keap allows more than the sandbox imitates; it says so instead of doing something else. */
export function notImitated(what: string): Error {
  return namedFault('UnexpectedError', `The sandbox does not imitate ${what}`);
}

export const idIn = (where: Where, field: string): number | null => {
  const text = where(field);
  return text === null || !/^\d+$/.test(text) ? null : Number(text);
};

export const one = <Row>(row: Row | undefined): Row[] => (row === undefined ? [] : [row]);

/** The content of a custom field as it is kept: dates as REST shows them. */
export function storedContent(field: CustomField, value: Cell): string {
  return isDateType(field.type) && typeof value === 'number' ? new Date(value).toISOString() : String(value);
}

/** Sets each value by its setter; a column that has none is not imitated. */
export function applySetters(
  table: string,
  setters: Readonly<Record<string, (value: Cell) => void>>,
  values: ReadonlyMap<string, Cell>,
): void {
  for (const name of values.keys()) {
    if (setters[name] === undefined) throw notImitated(`writing ${table}.${name}`);
  }
  for (const [name, value] of values) setters[name]?.(value);
}
