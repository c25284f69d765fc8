import type { Product } from '../../catalog.js';
import { toMajor, toMicros } from '../../money.js';
import type { Card } from '../../wallet.js';
import { namedFault } from '../fault.js';
import type { Cell } from '../match.js';
import { idIn, notImitated, one, type Table } from './table.js';

export const product: Table<Product> = {
  rows: (tenant, where) => {
    const id = idIn(where, 'Id');
    if (id !== null) return one(tenant.catalog.get(id));
    const sku = where('Sku');
    return sku === null ? tenant.catalog.all() : tenant.catalog.bySku(sku);
  },
  get: (tenant, id) => tenant.catalog.get(id),
  createdAt: (row) => row.createdAt,
  read: {
    Id: (row) => row.id,
    ProductName: (row) => row.name,
    ProductPrice: (row) => toMajor(row.price),
    Sku: (row) => row.sku,
    ShortDescription: (row) => row.shortDescription,
    Description: (row) => row.description ?? undefined,
    Taxable: (row) => Number(row.taxable),
    Shippable: (row) => Number(row.shippable),
    HideInStore: (row) => Number(row.storefrontHidden),
    Status: (row) => Number(row.active),
    Weight: (row) => row.weight ?? undefined,
  },
  add: (tenant, values) => {
    const known = ['ProductName', 'ProductPrice', 'Sku', 'ShortDescription', 'Status'];
    for (const name of values.keys()) if (!known.includes(name)) throw notImitated(`writing Product.${name}`);
    const name = String(values.get('ProductName') ?? '');
    return tenant.catalog.add(
      {
        name,
        sku: String(values.get('Sku') ?? ''),
        price: toMicros(Number(values.get('ProductPrice') ?? 0)),
        shortDescription: String(values.get('ShortDescription') ?? name),
        active: Number(values.get('Status') ?? 1) === 1,
      },
      tenant.clock.now(),
    ).id;
  },
};

export const creditCard: Table<Card> = {
  rows: (tenant, where) => {
    const contactId = idIn(where, 'ContactId');
    return contactId === null ? tenant.wallet.all() : tenant.wallet.ofContact(contactId);
  },
  get: (tenant, id) => tenant.wallet.get(id),
  createdAt: (row) => row.createdAt,
  read: {
    Id: (row) => row.id,
    ContactId: (row) => row.contactId,
    NameOnCard: (row) => row.nameOnCard ?? undefined,
    Last4: (row) => row.last4,
    ExpirationMonth: (row) => row.expirationMonth,
    ExpirationYear: (row) => row.expirationYear,
    Status: (row) => row.status,
    CardType: (row) => row.brand,
  },
  // The number is not kept, only its end; CVV2 is not kept at all.
  add: (tenant, values) => {
    const contactId = Number(values.get('ContactId') ?? 0);
    const last4 = String(values.get('CardNumber') ?? '').slice(-4);
    if (tenant.contacts.get(contactId) === undefined) throw namedFault('RecordNotFound', `Contact ${contactId}`);
    return tenant.wallet.add(
      {
        contactId,
        last4,
        brand: String(values.get('CardType') ?? 'Visa'),
        nameOnCard: text(values.get('NameOnCard')),
        expirationMonth: String(values.get('ExpirationMonth') ?? '12'),
        expirationYear: String(values.get('ExpirationYear') ?? '2099'),
      },
      tenant.clock.now(),
    ).id;
  },
};

const text = (value: Cell): string | null => (value === undefined ? null : String(value));
