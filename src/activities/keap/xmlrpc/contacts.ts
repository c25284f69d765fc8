import { countryName } from '../../../workflows/countries.js';
import type { KeapOrder } from '../../../workflows/keap/input.js';
import { unlessNotFound } from '../not-found.js';
import type { Transport } from '../transport.js';
import type { XmlRpcClient } from './client.js';
import { contentOf } from './job.js';

type Contact = KeapOrder['contact'];
type Row = Record<string, string>;

const PERSON = ['FirstName', 'LastName', 'Company', 'Phone1'];
const ADDRESS = ['StreetAddress1', 'StreetAddress2', 'City', 'State', 'PostalCode', 'Country'];

/** Contacts by XML-RPC. An update touches the columns that it names and no other. */
export function xmlRpcContacts(
  keap: XmlRpcClient,
): Pick<Transport, 'contactExists' | 'findContact' | 'addContact' | 'completeContact'> {
  return {
    contactExists: async (id) => (await unlessNotFound(keap.loadContact(id, ['Id']))) !== undefined,
    async findContact(email) {
      const contacts = await keap.findByEmail(email, ['Id', 'Email']);
      const ids = contacts.filter((of) => of.Email.trim().toLowerCase() === email.toLowerCase()).map(({ Id }) => Id);
      return ids.sort((one, other) => Number(one) - Number(other))[0];
    },
    addContact: (contact) =>
      keap.addWithDupCheck({ Email: contact.email ?? '', ...personOf(contact), ...addressOf(contact) }),
    async completeContact(id, contact) {
      const stored = await keap.loadContact(id, ['Id', ...PERSON, ...ADDRESS]);
      const there = (column: string) => contentOf(stored[column])?.trim() ?? '';
      const changes: Row = {};
      for (const [column, value] of Object.entries(personOf(contact)))
        if (there(column) === '') changes[column] = value;
      const address = addressOf(contact);
      for (const [column, value] of Object.entries(address)) if (there(column) !== value) changes[column] = value;
      // Another street is another address: what is left out of it must not stay from the old one.
      const moved =
        address.StreetAddress1 !== undefined &&
        there('StreetAddress1').toLowerCase() !== address.StreetAddress1.toLowerCase();
      const stale = moved ? ADDRESS.filter((column) => address[column] === undefined && there(column) !== '') : [];
      for (const column of stale) changes[column] = '';
      if (Object.keys(changes).length > 0) await keap.updateContact(id, changes);
    },
  };
}

function personOf({ givenName, familyName, company, phone }: Contact): Row {
  return defined({ FirstName: givenName, LastName: familyName, Company: company, Phone1: phone });
}

function addressOf({ billingAddress: at }: Contact): Row {
  if (at === undefined) return {};
  return defined({
    StreetAddress1: at.line1,
    StreetAddress2: at.line2,
    City: at.city,
    State: at.region,
    PostalCode: at.postalCode,
    Country: countryName(at.country),
  });
}

function defined(of: Record<string, string | undefined>): Row {
  return Object.fromEntries(Object.entries(of).filter((pair): pair is [string, string] => pair[1] !== undefined));
}
