import type { Contact } from '../../contacts.js';
import type { Tenant } from '../../tenant.js';
import type { Cell } from '../match.js';
import { tableSchemas } from '../table-schema.js';
import { idIn, one, type Table } from './table.js';

const plainColumns = [...(tableSchemas.get('Contact')?.fields.values() ?? [])].map(({ name, kind }) => [
  name,
  (contact: Contact): Cell => {
    const text = contact.fields.get(name);
    if (text === undefined) return undefined;
    if (kind === 'Date') return Date.parse(text);
    return kind === 'Id' ? Number(text) : text;
  },
]);

export const contact: Table<Contact> = {
  form: 'CONTACT',
  rows: (tenant, where) => {
    const id = idIn(where, 'Id');
    if (id !== null) return one(tenant.contacts.get(id));
    const email = where('Email');
    return email === null || email === '' ? tenant.contacts.all() : tenant.contacts.byEmail(email);
  },
  get: (tenant, id) => tenant.contacts.get(id),
  createdAt: (row) => row.createdAt,
  read: {
    ...Object.fromEntries(plainColumns),
    Id: (row) => row.id,
    DateCreated: (row) => row.createdAt,
    LastUpdated: (row) => row.updatedAt,
  },
  update: (tenant, row, values) => tenant.contacts.set(row, stored(values), tenant.clock.now()),
  add: (tenant, values) => tenant.contacts.add(stored(values), tenant.clock.now()).id,
  delete: (tenant, row) => tenant.contacts.delete(row, tenant.clock.now()),
};

/** Finds or makes a contact the way a duplicate check does. */
export function addOrUpdate(
  tenant: Tenant,
  values: ReadonlyMap<string, Cell>,
  rule: Parameters<typeof tenant.contacts.duplicateOf>[1],
): number {
  const fields = stored(values);
  const duplicate = tenant.contacts.duplicateOf(fields, rule);
  if (duplicate === undefined) return tenant.contacts.add(fields, tenant.clock.now()).id;
  tenant.contacts.set(duplicate, fields, tenant.clock.now());
  return duplicate.id;
}

/** Columns are stored as text, dates as ISO times. */
function stored(values: ReadonlyMap<string, Cell>): Map<string, string> {
  const dates = tableSchemas.get('Contact')?.fields;
  return new Map(
    [...values].map(([name, value]) => [
      name,
      dates?.get(name)?.kind === 'Date' ? new Date(Number(value)).toISOString() : String(value ?? ''),
    ]),
  );
}
