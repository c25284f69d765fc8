/*
 * Requests in XML-RPC. Keap picks the Java method by the types it is given, so each value names its type: the price 10
 * must be a <double>, a date must have no zone. A general serializer chooses by value and gets both wrong.
 */

interface Typed {
  readonly type: 'int' | 'double' | 'dateTime.iso8601';
  readonly text: string;
}

export type Value = string | boolean | Typed | readonly Value[] | { readonly [name: string]: Value };

export function int(value: string | number): Typed {
  const number = Number(value);
  if (!Number.isInteger(number) || Math.abs(number) > 2 ** 31 - 1)
    throw new RangeError(`${value} is not a 32-bit integer`);
  return { type: 'int', text: String(number) };
}

/** @param decimal digits with or without a point, no exponent */
export function double(decimal: string): Typed {
  if (!/^-?\d+(\.\d+)?$/.test(decimal)) throw new RangeError(`${decimal} is not a decimal`);
  return { type: 'double', text: decimal };
}

/** @param wall a wall clock time such as `20260115T10:30:00` */
export function dateTime(wall: string): Typed {
  return { type: 'dateTime.iso8601', text: wall };
}

export function methodCall(method: string, params: readonly Value[]): string {
  const list = params.map((param) => `<param>${element(param)}</param>`).join('');
  return (
    '<?xml version="1.0" encoding="UTF-8"?>' +
    `<methodCall><methodName>${method}</methodName><params>${list}</params></methodCall>`
  );
}

function element(value: Value): string {
  if (typeof value === 'string') return `<value><string>${escaped(value)}</string></value>`;
  if (typeof value === 'boolean') return `<value><boolean>${value ? 1 : 0}</boolean></value>`;
  if (isList(value)) return `<value><array><data>${value.map(element).join('')}</data></array></value>`;
  if (isTyped(value)) return `<value><${value.type}>${value.text}</${value.type}></value>`;
  const members = Object.entries(value).map(
    ([name, member]) => `<member><name>${escaped(name)}</name>${element(member)}</member>`,
  );
  return `<value><struct>${members.join('')}</struct></value>`;
}

function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value);
}

function isTyped(value: Exclude<Value, string | boolean | readonly Value[]>): value is Typed {
  return typeof value.type === 'string' && typeof value.text === 'string';
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '\r': '&#13;' };

function escaped(text: string): string {
  return text.replace(/[&<>\r]/g, (char) => entities[char] ?? char);
}
