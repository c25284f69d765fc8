import type { Fields, FieldType, FieldValue } from './field-types.js';
import { refused } from './refusals.js';
import { wholeSecond } from './times.js';

export type Members = Readonly<Record<string, unknown>>;

/** The fields that a body gives; what is null is as good as left out. */
export type FieldValues = Record<string, FieldValue>;

/** Custom fields of the type String hold so many characters. */
const longestCustomText = 250;

export function parseBody(text: unknown): Members {
  let body: unknown;
  try {
    body = JSON.parse(typeof text === 'string' ? text : '');
  } catch {
    throw refused(400, 'The body is not JSON.');
  }
  if (!isMembers(body)) throw refused(400, 'The body has to be a JSON object.');
  return body;
}

export function isMembers(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Reads the fields that a body may give; what is none of them is left aside. What does not fit goes to `problems`. */
export function readFields(body: Members, fields: Fields, problems: string[]): FieldValues {
  const values: FieldValues = {};
  for (const [name, type] of fields) {
    const given = body[name];
    if (given === null || given === undefined) continue;
    const value = fieldValue(given, type);
    if (value === null) problems.push(`${name} has a value that it cannot have.`);
    else values[name] = value;
  }
  return values;
}

/** Numbers may come as texts, as the published example of a carrierId does, and texts as numbers. */
function fieldValue(given: unknown, type: FieldType): FieldValue {
  if (typeof given === 'object') return null;
  const text = String(given);
  switch (type) {
    case 'text':
      return text;
    case 'whole':
      return /^-?\d+$/.test(text) ? Number(text) : null;
    case 'decimal':
    case 'order':
      return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : null;
    case 'time': {
      const time = typeof given === 'string' ? Date.parse(given) : Number.NaN;
      return Number.isNaN(time) ? null : wholeSecond(time);
    }
    case 'truth':
      return text === 'true' ? true : text === 'false' ? false : null;
    case 'data':
      return null;
  }
}

/** A list of objects; an absent one is empty. */
export function readList(body: Members, name: string, problems: string[]): Members[] {
  const given = body[name] ?? [];
  if (Array.isArray(given) && given.every(isMembers)) return given;
  problems.push(`${name} has to be a list of objects.`);
  return [];
}

/** Custom fields by their names: texts, numbers and truths. */
export function readCustomFields(body: Members, problems: string[]): FieldValues {
  const given = body.customFields ?? {};
  if (!isMembers(given)) {
    problems.push('customFields has to be an object.');
    return {};
  }
  const values: FieldValues = {};
  for (const [name, value] of Object.entries(given)) {
    if (value === null || typeof value === 'number' || typeof value === 'boolean') values[name] = value;
    else if (typeof value === 'string' && value.length <= longestCustomText) values[name] = value;
    else problems.push(`The custom field ${name} has a value that it cannot have.`);
  }
  return values;
}

export function expectGiven(values: FieldValues, names: readonly string[], problems: string[]): void {
  for (const name of names) {
    if (values[name] === undefined || values[name] === '') problems.push(`${name} is missing.`);
  }
}
