import { isMembers, type Members } from './members.js';
import { exact } from './money.js';
import { invalid, notNull } from './refusals.js';

/** Reads members of a V2 body one by one. `at` names where they stand: `billing_address.`; absent members are undefined. */

export function textOf(members: Members, name: string, longest = 65_535, at = ''): string | undefined {
  const value = members[name];
  if (value === undefined) return undefined;
  if (value === null) throw notNull(`${at}${name}`);
  if (typeof value !== 'string' || value.length > longest) throw invalid(`${at}${name}`);
  return value;
}

export function textOrNullOf(members: Members, name: string): string | null | undefined {
  return members[name] === null ? null : textOf(members, name);
}

/** A number or a numeric text. */
export function integerOf(members: Members, name: string, at = ''): number | undefined {
  const value = members[name];
  if (value === undefined) return undefined;
  if (value === null) throw notNull(`${at}${name}`);
  const number = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value;
  if (typeof number !== 'number' || !Number.isSafeInteger(number) || number < 0) throw invalid(`${at}${name}`);
  return number;
}

/** Number, integer or numeric text; never below zero. */
export function amountOf(members: Members, name: string, at = ''): number | undefined {
  const value = members[name];
  if (value === undefined) return undefined;
  if (value === null) throw notNull(`${at}${name}`);
  const number = typeof value === 'string' && /^\d+(\.\d+)?$/.test(value) ? Number(value) : value;
  if (typeof number !== 'number' || !Number.isFinite(number) || number < 0) throw invalid(`${at}${name}`);
  return exact(number);
}

export function flagOf(members: Members, name: string): boolean | undefined {
  const value = members[name];
  if (value === undefined) return undefined;
  if (value === null) throw notNull(name);
  if (typeof value !== 'boolean') throw invalid(name);
  return value;
}

/** Both or neither of `<stem>_ex_tax` and `<stem>_inc_tax`. The one that is missing is called invalid. */
export function pairOf(members: Members, stem: string, at = ''): { exTax: number; incTax: number } | undefined {
  const exTax = amountOf(members, `${stem}_ex_tax`, at);
  const incTax = amountOf(members, `${stem}_inc_tax`, at);
  if (exTax === undefined && incTax === undefined) return undefined;
  if (exTax === undefined) throw invalid(`${at}${stem}_ex_tax`);
  // An amount with its tax is no less than the one without.
  if (incTax === undefined || incTax < exTax) throw invalid(`${at}${stem}_inc_tax`);
  return { exTax, incTax };
}

export function objectsOf(members: Members, name: string): readonly Members[] | undefined {
  const value = members[name];
  if (value === undefined) return undefined;
  if (value === null) throw notNull(name);
  if (!Array.isArray(value) || !value.every(isMembers)) throw invalid(name);
  return value;
}
