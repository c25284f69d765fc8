import type { Contact } from '../contacts.js';
import { apiName } from '../custom-fields.js';
import { countryCode, countryName, regionCode } from '../regions.js';
import type { Tenant } from '../tenant.js';
import { isoTime } from '../times.js';
import type { AddressBody, ContactBody } from './contact-schema.js';
import { invalid, RestRefusal } from './refusal.js';
import { present } from './route.js';

/** Members of REST that are one column of the Contact table. */
const columns = {
  given_name: 'FirstName',
  family_name: 'LastName',
  middle_name: 'MiddleName',
  preferred_name: 'Nickname',
  prefix: 'Title',
  suffix: 'Suffix',
  job_title: 'JobTitle',
  website: 'Website',
  spouse_name: 'SpouseName',
  contact_type: 'ContactType',
  referral_code: 'ReferralCode',
  assistant_name: 'AssistantName',
  assistant_phone: 'AssistantPhone',
  billing_information: 'BillingInformation',
  owner_id: 'OwnerID',
  leadsource_id: 'LeadSourceId',
} as const satisfies Partial<Record<keyof ContactBody, string>>;

const emailColumns = { EMAIL1: 'Email', EMAIL2: 'EmailAddress2', EMAIL3: 'EmailAddress3' } as const;
const phoneSlots = ['PHONE1', 'PHONE2', 'PHONE3', 'PHONE4', 'PHONE5'] as const;
const addressColumns = {
  BILLING: ['StreetAddress1', 'StreetAddress2', 'City', 'State', 'PostalCode', 'Country', 'ZipFour1'],
  SHIPPING: ['Address2Street1', 'Address2Street2', 'City2', 'State2', 'PostalCode2', 'Country2', 'ZipFour2'],
  OTHER: ['Address3Street1', 'Address3Street2', 'City3', 'State3', 'PostalCode3', 'Country3', 'ZipFour3'],
} as const;

/** The columns that a body sets; '' empties one. A list that is given empties what it does not name. */
export function columnsFrom(tenant: Tenant, body: ContactBody): Map<string, string> {
  const set = new Map<string, string>();
  for (const [member, column] of Object.entries(columns)) {
    const value = body[member as keyof typeof columns];
    if (value !== undefined) set.set(column, value);
  }
  if (body.company?.company_name !== undefined) set.set('Company', body.company.company_name);
  if (body.email_addresses !== undefined) {
    for (const column of Object.values(emailColumns)) set.set(column, '');
    for (const { field, email } of body.email_addresses) set.set(emailColumns[field], email);
  }
  if (body.phone_numbers !== undefined) setPhones(set, body.phone_numbers);
  if (body.addresses !== undefined) {
    for (const names of Object.values(addressColumns)) for (const name of names) set.set(name, '');
    for (const address of body.addresses) setAddress(set, address);
  }
  if (body.custom_fields !== undefined) setCustomFields(tenant, set, body.custom_fields);
  return set;
}

/** The ISO codes beside the columns, which only REST knows. */
export function rememberCodes(contact: Contact, addresses: readonly AddressBody[]): void {
  contact.codes.clear();
  for (const { field, country_code, region, region_code } of addresses) {
    const country = country_code ?? null;
    contact.codes.set(field, { countryCode: country, regionCode: region_code ?? regionCode(region, country) });
  }
}

function setPhones(set: Map<string, string>, phones: NonNullable<ContactBody['phone_numbers']>): void {
  for (let slot = 1; slot <= phoneSlots.length; slot += 1) {
    for (const part of ['', 'Ext', 'Type']) set.set(`Phone${slot}${part}`, '');
  }
  for (const { field, number, extension, type } of phones) {
    const slot = field.slice(-1);
    set.set(`Phone${slot}`, number);
    set.set(`Phone${slot}Ext`, extension ?? '');
    set.set(`Phone${slot}Type`, type ?? '');
  }
}

function setAddress(set: Map<string, string>, address: AddressBody): void {
  const region = address.region ?? address.region_code;
  if (region !== undefined && address.country_code === undefined) {
    throw new RestRefusal(400, 'country_code is required when region is specified');
  }
  const country = address.country_code === undefined ? address.country : countryName(address.country_code);
  const values = [
    address.line1,
    address.line2,
    address.locality,
    region,
    address.postal_code ?? address.zip_code,
    country,
    address.zip_four,
  ];
  for (const [index, column] of addressColumns[address.field].entries()) set.set(column, values[index] ?? '');
}

function setCustomFields(tenant: Tenant, set: Map<string, string>, values: NonNullable<ContactBody['custom_fields']>) {
  for (const field of tenant.fields.all('CONTACT')) set.set(apiName(field), '');
  for (const { id, content } of values) {
    const field = tenant.fields.byId('CONTACT', Number(id));
    if (field === undefined) throw invalid('custom_fields.id');
    set.set(apiName(field), content === null ? '' : String(content));
  }
}

/** A contact as REST v2 shows it. */
export function contactView(tenant: Tenant, contact: Contact): Record<string, unknown> {
  const { fields } = contact;
  const plain = Object.entries(columns).map(([member, column]) => [member, fields.get(column)]);
  const company = fields.get('Company');
  return present({
    id: String(contact.id),
    ...Object.fromEntries(plain),
    company: company === undefined ? null : { company_name: company },
    email_addresses: Object.entries(emailColumns).flatMap(([field, column]) => {
      const email = fields.get(column);
      return email === undefined ? [] : [{ email, field, is_opt_in: false, email_opt_status: 'UNENGAGED_MARKETABLE' }];
    }),
    phone_numbers: phoneSlots.flatMap((field, index) => {
      const number = fields.get(`Phone${index + 1}`);
      const [extension, type] = [fields.get(`Phone${index + 1}Ext`), fields.get(`Phone${index + 1}Type`)];
      return number === undefined ? [] : [present({ field, number, extension, type })];
    }),
    addresses: (['BILLING', 'SHIPPING', 'OTHER'] as const).flatMap((field) => addressView(contact, field)),
    custom_fields: tenant.fields.all('CONTACT').flatMap((field) => {
      const content = fields.get(apiName(field));
      return content === undefined ? [] : [{ id: String(field.id), content }];
    }),
    tag_ids: [],
    source_type: 'API',
    create_time: isoTime(contact.createdAt),
    update_time: isoTime(contact.updatedAt),
  });
}

function addressView(contact: Contact, field: keyof typeof addressColumns): object[] {
  const [line1, line2, locality, region, zip, country, zipFour] = addressColumns[field].map((column) =>
    contact.fields.get(column),
  );
  if ([line1, line2, locality, region, zip, country].every((part) => part === undefined)) return [];
  const codes = contact.codes.get(field);
  const code = codes?.countryCode ?? (country === undefined ? null : countryCode(country));
  return [
    present({
      field,
      line1,
      line2,
      locality,
      region,
      region_code: codes?.regionCode ?? regionCode(region, code),
      postal_code: zip,
      zip_code: zip,
      zip_four: zipFour,
      country,
      country_code: code,
    }),
  ];
}
