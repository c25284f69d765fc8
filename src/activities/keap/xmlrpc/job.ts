import { countryName } from '../../../workflows/countries.js';
import type { KeapField, KeapWanted } from '../../../workflows/keap/contract.js';
import { formOf, sameContent } from '../content.js';
import { momentOf, wallTime } from '../wire.js';
import { dateTime, double, int, type Value } from './xml.js';

/*
 * The columns of table Job, which is an order: which of them an order sets, in which types, and how they compare with
 * what stands there.
 */

/** A column, the value it should have, and what it is called in the input. */
interface Column {
  readonly name: string;
  readonly of: string;
  readonly value: Value;
  readonly stands: (there: unknown) => boolean;
}

/** What the create call cannot set: notes, type, shipping address, custom fields. The reference is not among them. */
export function columnsOf({ order, account }: KeapWanted, timeZone: string): Column[] {
  const { notes, type, shippingAddress: to } = order;
  const own = [
    textColumn('JobNotes', 'notes', notes),
    textColumn('OrderType', 'type', type),
    ...(to === undefined
      ? []
      : [
          textColumn('ShipFirstName', 'shippingAddress', to.givenName),
          textColumn('ShipLastName', 'shippingAddress', to.familyName),
          textColumn('ShipCompany', 'shippingAddress', to.company),
          textColumn('ShipPhone', 'shippingAddress', to.phone),
          textColumn('ShipStreet1', 'shippingAddress', to.line1),
          textColumn('ShipStreet2', 'shippingAddress', to.line2),
          textColumn('ShipCity', 'shippingAddress', to.city),
          textColumn('ShipState', 'shippingAddress', to.region),
          textColumn('ShipZip', 'shippingAddress', to.postalCode),
          textColumn('ShipCountry', 'shippingAddress', countryName(to.country)),
        ]),
  ].filter((column) => column !== undefined);
  const custom = Object.entries(order.customFields ?? {}).flatMap(([label, value]) => {
    const field = account.fields[label];
    return field === undefined ? [] : [customColumn(field, label, value, timeZone)];
  });
  return [...own, ...custom];
}

function textColumn(name: string, of: string, value: string | undefined): Column | undefined {
  if (value === undefined) return undefined;
  return { name, of, value, stands: (there) => sameContent('TEXT', value, contentOf(there)) };
}

function customColumn(field: KeapField, label: string, value: string, timeZone: string): Column {
  return {
    name: field.name,
    of: `customFields.${label}`,
    value: typed(field.type, value, timeZone),
    stands: (there) => sameContent(field.type, value, contentOf(there, field.type, timeZone)),
  };
}

/** Keap refuses a value whose type is not that of the field. */
export function typed(type: string, value: string, timeZone: string): Value {
  switch (formOf(type)) {
    case 'whole':
      return int(value);
    case 'decimal':
      return double(value);
    case 'date':
      return dateTime(type === 'DATE' ? `${value.replaceAll('-', '')}T00:00:00` : wallTime(new Date(value), timeZone));
    case 'text':
      return value;
  }
}

/** What stands in a column, as the input would write it. */
export function contentOf(there: unknown, type = 'TEXT', timeZone = 'UTC'): string | undefined {
  if (there === undefined || there === null) return undefined;
  if (!(there instanceof Date)) return String(there);
  return type === 'DATE' ? there.toISOString().slice(0, 10) : momentOf(there.getTime(), timeZone).toISOString();
}
