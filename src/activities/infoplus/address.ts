import { ADDRESS_PARTS, type AddressPart, type Party } from '../../workflows/infoplus/fields.js';
import type { InfoplusOrder } from '../../workflows/infoplus/input.js';
import { sameText } from '../texts.js';
import { countryThere, sameCountry, stateThere } from './places.js';

/** An address as it is sent: only the parts that there are. */
export type Address = Readonly<Partial<Record<AddressPart, string>>>;

/** The bill-to or ship-to of an order in the platform's forms; undefined if the order has none. */
export function addressOf(order: InfoplusOrder, party: Party): Address | undefined {
  const country = order[`${party}Country`];
  if (country === undefined) return undefined;
  const parts = ADDRESS_PARTS.flatMap((part) => {
    const value = order[`${party}${part}`];
    const there = value === undefined ? undefined : inForm(part, value, country);
    return there === undefined ? [] : [[part, there] as const];
  });
  return Object.fromEntries(parts);
}

function inForm(part: AddressPart, value: string, country: string): string | undefined {
  if (part === 'Country') return countryThere(value);
  return part === 'State' ? stateThere(value, country) : value;
}

/** Whether an answer shows a part of an address. */
export function samePart(
  part: AddressPart,
  wanted: string | undefined,
  there: string | undefined,
  country: string,
): boolean {
  if (part === 'Country' && there !== undefined) return sameCountry(there, country);
  if (part !== 'State') return sameText(wanted, there);
  // Abroad none was sent; what stands there all the same is the platform's.
  return wanted === undefined || sameText(wanted, stateThere(there ?? '', country) ?? there);
}
