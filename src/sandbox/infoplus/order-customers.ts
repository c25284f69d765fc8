import { expectGiven, type FieldValues } from './bodies.js';
import type { Customer, CustomerContent } from './customers.js';
import type { Site } from './site.js';

/** Parts of an address, as an order names them behind `billTo` and `shipTo`, and as a customer names them. */
const addressParts = {
  Attention: 'attention',
  Company: 'name',
  Street: 'street',
  Street2: 'street2',
  Street3: 'street3Province',
  City: 'city',
  State: 'state',
  Zip: 'zipCode',
  Country: 'country',
  Phone: 'phone',
  Email: 'email',
} as const;
const parts = Object.entries(addressParts);

/** What a customer cannot be without, and a bill-to that becomes one neither. */
const requiredParts = ['Company', 'Street', 'City', 'Zip', 'Country'] as const;

/** What a new customer has that an order does not say: no weight breaks, a truck of any kind, no home. */
const newCustomer = { truckCarrierId: 100, weightBreak: 0, residential: 'No' } as const;

type Side = 'billTo' | 'shipTo';

const hasAny = (fields: FieldValues, side: Side) => parts.some(([part]) => isGiven(fields[`${side}${part}`]));
const isGiven = (value: unknown) => value !== undefined && value !== '';

/**
 * The rules of customers at an order: one who is known gives the bill-to, whatever the order says; one who is not is
 * made from the order's bill-to. `problems` hears of an order that gives neither.
 */
export function customerOf(site: Site, fields: FieldValues, problems: string[]): Customer | CustomerContent | null {
  const lobId = Number(fields.lobId);
  const customerNo = isGiven(fields.customerNo) ? String(fields.customerNo) : null;
  const known = customerNo === null ? undefined : site.customers.byNumber(lobId, customerNo);
  if (known !== undefined) return known;
  if (!hasAny(fields, 'billTo')) {
    problems.push(
      customerNo === null
        ? 'The order names no customer and no bill-to.'
        : `Could not find a Customer with number ${customerNo} in LOB ${lobId}.`,
    );
    return null;
  }
  const before = problems.length;
  expectGiven(
    fields,
    requiredParts.map((part) => `billTo${part}`),
    problems,
  );
  if (problems.length > before) return null;
  return {
    fields: {
      ...newCustomer,
      ...Object.fromEntries(
        parts.flatMap(([part, name]) => {
          const value = fields[`billTo${part}`];
          return value === undefined ? [] : [[name, value] as const];
        }),
      ),
      lobId,
      customerNo: customerNo ?? site.customers.generateNumber(lobId),
      packageCarrierId: fields.carrierId ?? null,
    },
    customFields: {},
  };
}

/** The bill-to is the customer's; a ship-to is the order's own, and without one the bill-to. */
export function withAddresses(fields: FieldValues, customer: CustomerContent): FieldValues {
  const others = Object.fromEntries(Object.entries(fields).filter(([name]) => !/^billTo[A-Z]/.test(name)));
  const billTo = addressOf(customer, 'billTo');
  return { ...(hasAny(fields, 'shipTo') ? {} : addressOf(customer, 'shipTo')), ...others, ...billTo };
}

function addressOf({ fields }: CustomerContent, side: Side): FieldValues {
  return Object.fromEntries(
    parts.flatMap(([part, name]) => {
      const value = fields[name];
      return value === undefined ? [] : [[`${side}${part}`, value] as const];
    }),
  );
}

/** The first line of an address is the person or the firm. */
export function expectShipToCompany(fields: FieldValues, problems: string[]): void {
  if (hasAny(fields, 'shipTo')) expectGiven(fields, ['shipToCompany'], problems);
}
