import { fromEastern } from '../eastern-time.js';
import { unparsable } from './fault.js';
import type { XmlRpcValue } from './value.js';
import { readXml, type XmlElement } from './xml.js';

export interface MethodCall {
  method: string;
  params: XmlRpcValue[];
}

const largestInt = 2_147_483_647;

/** Reads a `<methodCall>`; anything that is not strictly one is a fault. */
export function readMethodCall(source: string): MethodCall {
  const call = named(readXml(source), 'methodCall');
  const [name, params, ...rest] = call.children;
  if (name?.name !== 'methodName' || rest.length > 0) throw unparsable('a methodCall holds a methodName and params');
  if (params !== undefined && params.name !== 'params') throw unparsable(`<${params.name}> is no params`);
  return {
    method: name.text.trim(),
    params: (params?.children ?? []).map((param) => readValue(only(named(param, 'param')))),
  };
}

function readValue(element: XmlElement): XmlRpcValue {
  named(element, 'value');
  // Text without a type is a string, white space included.
  if (element.children.length === 0) return { type: 'string', value: element.text };
  const typed = only(element);
  if (element.text.trim() !== '') throw unparsable('a value holds either text or one type');
  switch (typed.name) {
    case 'int':
    case 'i4':
      return { type: 'int', value: readInt(leaf(typed)) };
    case 'double':
      return { type: 'double', value: readDouble(leaf(typed)) };
    case 'boolean':
      return { type: 'boolean', value: readBoolean(leaf(typed)) };
    case 'string':
      return { type: 'string', value: leaf(typed) };
    case 'dateTime.iso8601':
      return { type: 'date', value: readDate(leaf(typed)) };
    case 'base64':
      return { type: 'base64', value: Buffer.from(leaf(typed), 'base64') };
    case 'array':
      return { type: 'array', value: named(only(typed), 'data').children.map(readValue) };
    case 'struct':
      return { type: 'struct', value: new Map(typed.children.map(readMember)) };
    default:
      throw unparsable(`the type ${typed.name} is not supported`);
  }
}

function readMember(element: XmlElement): [string, XmlRpcValue] {
  const [name, value, ...rest] = named(element, 'member').children;
  if (name?.name !== 'name' || value === undefined || rest.length > 0) {
    throw unparsable('a member holds a name and a value');
  }
  return [leaf(name), readValue(value)];
}

function readInt(text: string): number {
  const value = Number(text.trim());
  if (!/^\s*[+-]?\d+\s*$/.test(text) || Math.abs(value) > largestInt) throw unparsable(`"${text}" is no integer`);
  return value;
}

function readDouble(text: string): number {
  if (!/^\s*[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?\s*$/.test(text)) throw unparsable(`"${text}" is no double`);
  return Number(text);
}

function readBoolean(text: string): boolean {
  if (text.trim() !== '0' && text.trim() !== '1') throw unparsable(`"${text}" is no boolean`);
  return text.trim() === '1';
}

function readDate(text: string): number {
  const time = fromEastern(text.trim());
  if (time === null) throw unparsable(`"${text}" is no dateTime.iso8601`);
  return time;
}

function named(element: XmlElement, name: string): XmlElement {
  if (element.name !== name) throw unparsable(`<${element.name}> stands where <${name}> belongs`);
  return element;
}

function only(element: XmlElement): XmlElement {
  const [child] = element.children;
  if (child === undefined || element.children.length > 1) throw unparsable(`<${element.name}> holds one element`);
  return child;
}

function leaf(element: XmlElement): string {
  if (element.children.length > 0) throw unparsable(`<${element.name}> holds text only`);
  return element.text;
}
