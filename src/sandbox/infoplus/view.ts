import type { Fields, FieldType, Row } from './field-types.js';
import { type OrderNumberForm, orderNumberInJson } from './order-numbers.js';
import { isoTime } from './times.js';

/** A record as the API shows it: whole, with null for what is empty. */
export function view(row: Row, fields: Fields, form: OrderNumberForm): Record<string, unknown> {
  return Object.fromEntries([...fields].map(([name, type]) => [name, shown(row[name], type, form)]));
}

function shown(value: unknown, type: FieldType, form: OrderNumberForm): unknown {
  if (value === null || value === undefined) return null;
  if (type === 'time') return isoTime(Number(value));
  if (type === 'order') return orderNumberInJson(Number(value), form);
  return value;
}
