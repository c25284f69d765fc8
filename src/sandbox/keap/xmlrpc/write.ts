import { toEastern } from '../eastern-time.js';
import type { XmlRpcFault } from './fault.js';
import { int, string, struct, type XmlRpcValue } from './value.js';

const head = '<?xml version="1.0" encoding="UTF-8"?><methodResponse>';

export function writeAnswer(value: XmlRpcValue): string {
  return `${head}<params><param>${writeValue(value)}</param></params></methodResponse>`;
}

export function writeFault(fault: XmlRpcFault): string {
  const body = struct({ faultCode: int(fault.code), faultString: string(fault.message) });
  return `${head}<fault>${writeValue(body)}</fault></methodResponse>`;
}

/** As recorded answers of Keap have it: integers as `i4`, strings without a type. */
function writeValue(value: XmlRpcValue): string {
  switch (value.type) {
    case 'int':
      return `<value><i4>${value.value}</i4></value>`;
    case 'double':
      return `<value><double>${writeDouble(value.value)}</double></value>`;
    case 'boolean':
      return `<value><boolean>${value.value ? 1 : 0}</boolean></value>`;
    case 'string':
      return `<value>${escaped(value.value)}</value>`;
    case 'date':
      return `<value><dateTime.iso8601>${toEastern(value.value)}</dateTime.iso8601></value>`;
    case 'base64':
      return `<value><base64>${value.value.toString('base64')}</base64></value>`;
    case 'array':
      return value.value.length === 0
        ? '<value><array><data/></array></value>'
        : `<value><array><data>${value.value.map(writeValue).join('')}</data></array></value>`;
    case 'struct':
      return `<value><struct>${[...value.value].map(writeMember).join('')}</struct></value>`;
  }
}

function writeMember([name, value]: readonly [string, XmlRpcValue]): string {
  return `<member><name>${escaped(name)}</name>${writeValue(value)}</member>`;
}

/** With a decimal point always, as Java prints doubles. */
function writeDouble(value: number): string {
  return Number.isInteger(value) ? value.toFixed(1) : String(value);
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
