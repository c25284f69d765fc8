import type { Address } from './orders.js';

/** The name is put together from its parts when it is read. */
export function addressView(address: Address | null): object | null {
  if (address === null) return null;
  const { id, firstName, lastName, ...rest } = address;
  const name = [firstName, lastName].filter((part) => part !== null).join(' ');
  return { id, name: name === '' ? null : name, firstName, lastName, ...rest };
}
