import { objectsOf, textOf } from '../fields.js';
import type { Members } from '../members.js';
import { invalid, missing, notWritable, unsupported } from '../refusals.js';
import { countryByCode, countryByName } from './countries.js';

const textNames = [
  'first_name',
  'last_name',
  'company',
  'street_1',
  'street_2',
  'city',
  'state',
  'zip',
  'phone',
] as const;
const allNames = [...textNames, 'country', 'country_iso2', 'email', 'form_fields'] as const;

export interface FormField {
  name: string;
  value: string;
}

export interface Address extends Record<(typeof textNames)[number] | 'country' | 'country_iso2' | 'email', string> {
  form_fields: FormField[];
}

export const emptyAddress: Address = {
  ...{ first_name: '', last_name: '', company: '', street_1: '', street_2: '', city: '', state: '', zip: '' },
  ...{ country: '', country_iso2: '', phone: '', email: '', form_fields: [] },
};

/** Shorter is no postal code. */
const shortestZip = 2;
const email = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

/** Only what is given. `also` are members that stand beside the address and are read elsewhere. */
export function addressChanges(members: Members, place: string, also: readonly string[] = []): Partial<Address> {
  const computed = ['id', 'order_id', 'items_total', 'items_shipped', 'base_cost', 'cost_ex_tax', 'cost_inc_tax'];
  for (const name of Object.keys(members)) {
    if ([...allNames, ...also].includes(name)) continue;
    throw computed.includes(name) || /cost|zone|quotes/.test(name)
      ? notWritable(name)
      : unsupported(`${place}.${name}`);
  }
  const changes: Partial<Address> = {};
  for (const name of textNames) {
    const value = textOf(members, name, 255);
    if (value !== undefined) changes[name] = value;
  }
  if (changes.zip !== undefined && changes.zip.length < shortestZip) throw invalid('zip');
  const mail = textOf(members, 'email', 255);
  if (mail !== undefined) {
    if (mail !== '' && !email.test(mail)) throw invalid('email');
    changes.email = mail;
  }
  const formFields = objectsOf(members, 'form_fields');
  if (formFields !== undefined) {
    changes.form_fields = formFields.map(({ name, value }) => ({ name: String(name), value: String(value) }));
  }
  return { ...changes, ...countryIn(members, place) };
}

/** A whole one: with its postal code and its country. */
export function wholeAddress(members: Members, place: string, also?: readonly string[]): Address {
  const address = { ...emptyAddress, ...addressChanges(members, place, also) };
  if (address.country_iso2 === '') {
    throw invalid(
      `${place}.country`,
      `${place === 'billing_address' ? 'Billing' : 'Shipping'} address country not supplied.`,
    );
  }
  if (address.zip === '') throw missing(`${place}.zip`);
  return address;
}

/** The code wins over the name. */
function countryIn(members: Members, place: string): Partial<Address> {
  const code = textOf(members, 'country_iso2', 2);
  const name = textOf(members, 'country', 255);
  if (code !== undefined && code !== '') return countryByCode(code) ?? refuse(`${place}.country_iso2`);
  if (name !== undefined && name !== '') return countryByName(name) ?? refuse(`${place}.country`);
  return {};
}

function refuse(field: string): never {
  throw invalid(field);
}
