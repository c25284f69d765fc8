import { z } from 'zod';
import type { Contact } from '../contacts.js';
import { keapSeed } from '../seed.js';
import { isoTime } from '../times.js';
import { type Card, paymentMethodId } from '../wallet.js';
import { columnsFrom, contactView, rememberCodes } from './contact-mapping.js';
import { contactMaskNames, contactSchema } from './contact-schema.js';
import {
  type Condition,
  type FilterFields,
  filterBy,
  idsField,
  numberField,
  parseFilter,
  sinceField,
  textField,
  untilField,
} from './filter.js';
import { page } from './page.js';
import { invalid, notFound, parseBody, RestRefusal } from './refusal.js';
import { created, ok, type RestRequest, type RestRoute } from './route.js';
import { masked } from './update-mask.js';

const column = (name: string, wildcard = false) =>
  textField<Contact>((contact) => contact.fields.get(name) ?? null, wildcard);

const fields: FilterFields<Contact> = {
  email: column('Email', true),
  given_name: column('FirstName', true),
  family_name: column('LastName', true),
  middle_name: column('MiddleName', true),
  city: column('City', true),
  state: column('State', true),
  website: column('Website', true),
  contact_id: numberField((contact) => contact.id, 'ordered'),
  contact_ids: idsField((contact) => [contact.id]),
  ids: idsField((contact) => [contact.id]),
  start_update_time: sinceField((contact) => contact.updatedAt),
  end_update_time: untilField((contact) => contact.updatedAt),
};

const sortKeys = {
  id: (contact: Contact) => contact.id,
  create_time: (contact: Contact) => contact.createdAt,
  update_time: (contact: Contact) => contact.updatedAt,
  email: (contact: Contact) => contact.fields.get('Email') ?? '',
};

const duplicateRule = z.enum(['Email', 'EmailAndName', 'EmailAndNameAndCompany']);

function contactOf({ tenant, params }: RestRequest): Contact {
  const id = params.contactId ?? '';
  const contact = /^\d+$/.test(id) ? tenant.contacts.get(Number(id)) : undefined;
  if (contact === undefined) throw notFound('Contact', id);
  return contact;
}

/** The contact, cut down to what `fields` names. */
function view({ tenant, query }: RestRequest, contact: Contact): object {
  const full = contactView(tenant, contact);
  const names = query.getAll('fields').flatMap((value) => value.split(','));
  if (names.length === 0) return full;
  return Object.fromEntries(Object.entries(full).filter(([name]) => name === 'id' || names.includes(name)));
}

export const contactRoutes: readonly RestRoute[] = [
  {
    operation: 'contacts.list',
    method: 'GET',
    path: '/contacts',
    handle: (request) => {
      const { tenant, query } = request;
      const conditions = parseFilter(query.get('filter'));
      const meets = filterBy<Contact>(conditions, (name) => fields[name]);
      const found = [...candidates(request, conditions)].filter(
        (contact) => meets(contact) && tenant.visibleInLists(contact.createdAt),
      );
      const { items, next_page_token } = page(
        found.sort((a, b) => a.id - b.id),
        query,
        sortKeys,
      );
      return ok({ contacts: items.map((contact) => view(request, contact)), next_page_token });
    },
  },
  {
    operation: 'contacts.create',
    method: 'POST',
    path: '/contacts',
    handle: (request) => {
      const { tenant, query } = request;
      const body = parseBody(contactSchema, request.body);
      const lists = [body.email_addresses, body.phone_numbers, body.addresses];
      if (lists.every((list) => (list ?? []).length === 0)) {
        throw new RestRefusal(400, 'Contact must contain at least one email address, phone number or address');
      }
      const rule = duplicateRule.nullable().safeParse(query.get('duplicate_option'));
      if (!rule.success) throw invalid('duplicate_option');
      const columns = columnsFrom(tenant, body);
      const now = tenant.clock.now();
      const duplicate = rule.data === null ? undefined : tenant.contacts.duplicateOf(columns, rule.data);
      const contact = duplicate ?? tenant.contacts.add(columns, now);
      if (duplicate !== undefined) tenant.contacts.set(contact, columns, now);
      if (body.addresses !== undefined) rememberCodes(contact, body.addresses);
      return duplicate === undefined ? created(view(request, contact)) : ok(view(request, contact));
    },
  },
  {
    operation: 'contacts.get',
    method: 'GET',
    path: '/contacts/:contactId',
    handle: (request) => ok(view(request, contactOf(request))),
  },
  {
    operation: 'contacts.update',
    method: 'PATCH',
    path: '/contacts/:contactId',
    handle: (request) => {
      const { tenant, query } = request;
      const contact = contactOf(request);
      const body = masked(parseBody(contactSchema, request.body), query, contactMaskNames);
      tenant.contacts.set(contact, columnsFrom(tenant, body), tenant.clock.now());
      if (body.addresses !== undefined) rememberCodes(contact, body.addresses);
      return ok(view(request, contact));
    },
  },
  {
    operation: 'paymentMethods.list',
    method: 'GET',
    path: '/contacts/:contactId/paymentMethods',
    handle: (request) => {
      const { tenant, query } = request;
      const cards = tenant.wallet.ofContact(contactOf(request).id);
      const meets = filterBy<Card>(parseFilter(query.get('filter')), (name) =>
        name === 'merchant_account_id' ? numberField((card) => card.merchantAccountId) : undefined,
      );
      const found = page(cards.filter(meets), query, { created_time: (card) => card.createdAt });
      return ok({ records: found.items.map(cardView), next_page_token: found.next_page_token });
    },
  },
];

function cardView(card: Card): object {
  return {
    contact_id: String(card.contactId),
    payment_method_id: paymentMethodId(card),
    credit_card_id: String(card.id),
    merchant_account_type: keapSeed.merchantAccount.type,
    merchant_account_id: String(card.merchantAccountId),
    payment_method_type: 'CARD',
    created_time: isoTime(card.createdAt),
    card_info: {
      brand: card.brand,
      card_type: 'CREDIT',
      last_four: card.last4,
      expiration_month: card.expirationMonth,
      expiration_year: card.expirationYear,
    },
  };
}

function candidates({ tenant }: RestRequest, conditions: readonly Condition[]): Iterable<Contact> {
  const email = conditions.find(({ field, value }) => field === 'email' && !value.endsWith('*'));
  return email === undefined ? tenant.contacts.all() : tenant.contacts.byEmail(email.value);
}
