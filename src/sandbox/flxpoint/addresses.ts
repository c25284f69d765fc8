import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Ids } from './ids.js';
import type { Address } from './orders.js';
import { completeCountry, completeState } from './regions.js';

const text = z.string().nullish();

/** An address as a request has it: every member may be left out. */
export const addressSchema = z.object({
  name: text,
  firstName: text,
  lastName: text,
  addressLine1: text,
  addressLine2: text,
  city: text,
  state: text,
  stateCode: text,
  postal: text,
  country: text,
  countryCode: text,
  email: z.email().nullish(),
  phone: text,
  companyName: text,
});
export type AddressInput = z.input<typeof addressSchema>;

/** What stands in the place of personal data after the retention period. */
const mask = '****';

/** Every address of the account once: the same one again has the same id. */
export class AddressBook {
  readonly #byHash = new Map<string, Address>();

  constructor(private readonly ids: Ids) {}

  /** The address with what can be told from the rest of it. */
  enter(input: AddressInput): Address {
    const state = completeState({ code: input.stateCode ?? null, name: input.state ?? null });
    const country = completeCountry({ code: input.countryCode ?? null, name: input.country ?? null });
    const content = {
      ...namesOf(input),
      addressLine1: input.addressLine1 ?? null,
      addressLine2: input.addressLine2 ?? null,
      city: input.city ?? null,
      state: state.name,
      stateCode: state.code,
      postal: input.postal ?? null,
      country: country.name,
      countryCode: country.code,
      email: input.email ?? null,
      phone: input.phone ?? null,
      companyName: input.companyName ?? null,
    };
    const hash = createHash('sha256').update(JSON.stringify(content)).digest('hex').slice(0, 12);
    const known = this.#byHash.get(hash);
    if (known !== undefined) return structuredClone(known);
    const address: Address = { id: this.ids.next('address'), ...content, redacted: false, hash };
    this.#byHash.set(hash, address);
    return structuredClone(address);
  }
}

/** The name is taken apart when it is all there is. */
function namesOf({ name, firstName, lastName }: AddressInput): Pick<Address, 'firstName' | 'lastName'> {
  if (typeof firstName === 'string' || typeof lastName === 'string' || typeof name !== 'string') {
    return { firstName: firstName ?? null, lastName: lastName ?? null };
  }
  const [first = '', ...rest] = name.trim().split(/\s+/);
  return { firstName: first, lastName: rest.length > 0 ? rest.join(' ') : null };
}

/** The same place without the person: names, street and ways to call are masked. */
export function redacted(address: Address): Address {
  const masked = (value: string | null) => (value === null ? null : mask);
  return {
    ...address,
    firstName: masked(address.firstName),
    lastName: masked(address.lastName),
    addressLine1: masked(address.addressLine1),
    addressLine2: masked(address.addressLine2),
    postal: masked(address.postal),
    email: masked(address.email),
    phone: masked(address.phone),
    companyName: masked(address.companyName),
    redacted: true,
  };
}
