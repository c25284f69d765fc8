import { afterEach, beforeEach, expect, test } from 'vitest';
import type { KeapSandbox } from '../../../src/sandbox/index.js';
import {
  b,
  callText,
  d,
  dummyKey,
  faultIn,
  i,
  intIn,
  keap,
  list,
  members,
  s,
  stopKeap,
  t,
  xml,
  xmlText,
} from './wire.js';

let sandbox: KeapSandbox;

beforeEach(async () => {
  sandbox = await keap();
});
afterEach(stopKeap);

const [int, text, double, time] = ['java.lang.Integer', 'java.lang.String', 'java.lang.Double', 'java.util.Date'];

const right = [i(55), s('EXT-1001 | web shop'), t('20260115T10:30:00'), i(0), i(0)];
const create = (...params: string[]) => xmlText(sandbox, callText('InvoiceService.createBlankOrder', ...params));

test('the control of the instrument: right types are taken, an untyped value and i4 among them', async () => {
  expect(intIn(await create(dummyKey, ...right))).toBe(2087);
  const untyped = [i(55).replaceAll('int', 'i4'), '<value>EXT-1002 | shop</value>', ...right.slice(2)];
  expect(intIn(await create('<value>any key</value>', ...untyped))).toBe(2088);
});

test('without the dummy key no method matches, and the fault lists what came', async () => {
  const fault = faultIn(await create(...right));
  expect(fault).toEqual({
    code: 0,
    text:
      'No method matching arguments: java.lang.Integer, java.lang.String, java.util.Date, java.lang.Integer, ' +
      'java.lang.Integer',
  });
});

test.each([
  [
    'an integer where a double belongs',
    'InvoiceService.addOrderItem',
    [i(2087), i(17), i(4), i(10), i(2), s('a'), s('b')],
    [int, int, int, int, int, text, text],
  ],
  ['a string for an id', 'InvoiceService.calculateAmountOwed', [s('2087')], [text]],
  [
    'a string for a date',
    'InvoiceService.createBlankOrder',
    [i(55), s('x'), s('20260115T10:30:00'), i(0), i(0)],
    [int, text, text, int, int],
  ],
  [
    'an integer for a flag',
    'InvoiceService.addManualPayment',
    [i(2087), d(1), t('20260115T10:30:00'), s('Cash'), s('x'), i(0)],
    [int, double, time, text, text, int],
  ],
  ['one parameter too few', 'InvoiceService.deleteInvoice', [], []],
  ['one parameter too many', 'InvoiceService.deleteInvoice', [i(1), b(1)], [int, 'java.lang.Boolean']],
  ['an array for a struct', 'DataService.add', [s('Contact'), list()], [text, '[Ljava.lang.Object;']],
  ['a struct for an array', 'DataService.load', [s('Job'), i(1), members({})], [text, int, 'java.util.Map']],
  ['base64', 'InvoiceService.calculateAmountOwed', ['<value><base64>AA==</base64></value>'], ['[B']],
  ['a method that does not exist', 'InvoiceService.refundInvoice', [i(1)], [int]],
])('%s matches no method', async (_what, method, params, javaTypes) => {
  const came = [text, ...javaTypes].join(', ');
  expect(faultIn(await xml(sandbox, method, ...params))).toEqual({
    code: 0,
    text: `No method matching arguments: ${came}`,
  });
});

test.each([
  ['nil', '<value><nil/></value>'],
  ['a long integer', i('2147483648')],
  ['a fraction as an integer', i('1.5')],
  ['an empty integer', i('')],
  ['a word as a double', d('ten')],
  ['true as a boolean', b('true')],
  ['a time with a zone', t('20260115T10:30:00Z')],
  ['a day that does not exist', t('20260230T10:30:00')],
  ['an unknown entity', s('a &nbsp; b')],
  ['a bare ampersand', s('a & b')],
])('%s cannot be parsed', async (_what, value) => {
  const { code, text } = faultIn(await create(dummyKey, value));
  expect(code).toBe(0);
  expect(text).toMatch(/^Failed to parse XML-RPC request: /);
});

test.each([
  '',
  'not xml',
  '<methodCall>',
  '<methodCall></methodCall>',
  '<a/><b/>',
  '<methodCall><methodName>x</methodCall>',
])('the body "%s" cannot be parsed', async (body) => {
  expect(faultIn(await xmlText(sandbox, body)).text).toMatch(/^Failed to parse XML-RPC request: /);
});

test('text arrives as it was sent: entities once, white space kept', async () => {
  await create(dummyKey, i(55), '<value> A &amp;amp; B &lt;c&gt; &#233; <![CDATA[<d>]]> </value>', ...right.slice(2));
  expect(sandbox.ledger().orders[0]?.title).toBe(' A &amp; B <c> é <d> ');
});

test('naive times are US Eastern, in winter and in summer', async () => {
  const orderTime = async (text: string) => {
    await create(dummyKey, i(55), s('x'), t(text), i(0), i(0));
    const id = sandbox.ledger().orders.at(-1)?.jobId ?? 0;
    const loaded = await xml(sandbox, 'DataService.load', s('Job'), i(id), list(s('StartDate')));
    expect(loaded).toContain(`<dateTime.iso8601>${text}</dateTime.iso8601>`);
    const response = await fetch(`${sandbox.restUrl}/orders/${id}`, {
      headers: { 'x-keap-api-key': 'KeapAK-sandbox-0123456789abcdef' },
    });
    return ((await response.json()) as { order_time: string }).order_time;
  };
  expect(await orderTime('20260115T10:30:00')).toBe('2026-01-15T15:30:00Z');
  expect(await orderTime('20260715T10:30:00')).toBe('2026-07-15T14:30:00Z');
  expect(await orderTime('20260308T03:00:00')).toBe('2026-03-08T07:00:00Z');
  expect(await orderTime('20261101T12:00:00')).toBe('2026-11-01T17:00:00Z');
});
