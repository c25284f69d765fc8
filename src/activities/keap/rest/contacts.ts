import { alpha2, alpha3 } from '../../../workflows/countries.js';
import type { KeapOrder } from '../../../workflows/keap/input.js';
import { unlessNotFound } from '../not-found.js';
import type { Transport } from '../transport.js';
import type { RestClient } from './client.js';
import type { RestContact } from './shapes.js';

type Contact = KeapOrder['contact'];
type Address = NonNullable<Contact['billingAddress']>;
type Stored = Record<string, unknown>;
type Contacts = Pick<Transport, 'contactExists' | 'findContact' | 'addContact' | 'completeContact'>;

/** Contacts by REST v2. A list that is written replaces the stored one, so lists are read, merged, and written whole. */
export function restContacts(rest: RestClient): Contacts {
  return {
    contactExists: async (id) => (await unlessNotFound(rest.getContact(id))) !== undefined,
    async findContact(email) {
      const contacts = await rest.listContacts(`email==${email}`);
      return contacts.find((contact) => contact.email_addresses.some((of) => sameText(of.email, email)))?.id;
    },
    addContact: async (contact) => (await rest.upsertContact(newContact(contact))).id,
    async completeContact(id, contact) {
      const changes = changesOf(await rest.getContact(id), contact);
      const mask = Object.keys(changes);
      if (mask.length > 0) await rest.patchContact(id, mask, changes);
    },
  };
}

function newContact(contact: Contact) {
  return {
    email_addresses: [{ email: contact.email, field: 'EMAIL1' }],
    given_name: contact.givenName,
    family_name: contact.familyName,
    company: contact.company === undefined ? undefined : { company_name: contact.company },
    phone_numbers: contact.phone === undefined ? undefined : [{ number: contact.phone, field: 'PHONE1' }],
    addresses: contact.billingAddress === undefined ? undefined : [billing(contact.billingAddress)],
  };
}

/** What has to be written: names only where there are none, a phone number beside the others, the billing address. */
function changesOf(stored: RestContact, contact: Contact): Record<string, unknown> {
  const changes: Record<string, unknown> = {};
  if (!stored.given_name && contact.givenName !== undefined) changes.given_name = contact.givenName;
  if (!stored.family_name && contact.familyName !== undefined) changes.family_name = contact.familyName;
  if (!stored.company && contact.company !== undefined) changes.company = { company_name: contact.company };
  const phones = withPhone(stored.phone_numbers, contact.phone);
  if (phones !== undefined) changes.phone_numbers = phones;
  const addresses = withBilling(stored.addresses, contact.billingAddress);
  if (addresses !== undefined) changes.addresses = addresses;
  return changes;
}

function withPhone(stored: Stored[], phone: string | undefined): Stored[] | undefined {
  if (phone === undefined) return undefined;
  const digits = (number: unknown) => String(number ?? '').replace(/\D/g, '');
  if (stored.some(({ number }) => digits(number) === digits(phone))) return undefined;
  const taken = new Set(stored.filter(({ number }) => digits(number) !== '').map(({ field }) => field));
  const free = ['PHONE1', 'PHONE2', 'PHONE3', 'PHONE4', 'PHONE5'].find((field) => !taken.has(field));
  return free === undefined
    ? undefined
    : [...stored.filter(({ field }) => field !== free), { number: phone, field: free }];
}

function withBilling(stored: Stored[], address: Address | undefined): Stored[] | undefined {
  if (address === undefined) return undefined;
  const wanted = billing(address);
  const there = stored.find(({ field }) => field === 'BILLING');
  if (
    there !== undefined &&
    Object.entries(wanted).every(([key, value]) => value === undefined || there[key] === value)
  ) {
    return undefined;
  }
  // At the same street, what the order leaves out is still true; another street is another address.
  const kept = there !== undefined && sameText(there.line1, address.line1) ? there : {};
  // Keap shows names beside codes; a stored name must not contradict a code that is written now.
  const { country: _country, ...others } = kept;
  if (address.region !== undefined) for (const name of ['region', 'region_code']) delete others[name];
  return [...stored.filter(({ field }) => field !== 'BILLING'), { ...others, ...defined(wanted) }];
}

function billing(address: Address): Stored {
  return {
    field: 'BILLING',
    line1: address.line1,
    line2: address.line2,
    locality: address.city,
    ...regionOf(address),
    postal_code: address.postalCode,
    country_code: alpha3(address.country),
  };
}

/** Keap wants `US-AZ`; `AZ` in the United States is meant so, and a long name goes as a name. */
function regionOf({ region, country }: Address): Stored {
  if (region === undefined) return {};
  const code = region.toUpperCase();
  if (code.startsWith(`${alpha2(country)}-`)) return { region_code: code };
  return /^[A-Z0-9]{1,3}$/.test(region) ? { region_code: `${alpha2(country)}-${code}` } : { region };
}

function defined(of: Stored): Stored {
  return Object.fromEntries(Object.entries(of).filter(([, value]) => value !== undefined));
}

function sameText(one: unknown, other: string): boolean {
  return typeof one === 'string' && one.trim().toLowerCase() === other.toLowerCase();
}
