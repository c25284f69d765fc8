import { Deserializer } from '@foxglove/xmlrpc';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dateTime, double, int, methodCall } from '../../../src/activities/keap/xmlrpc/xml.js';

test('each value has the type that Keap picks the method by', () => {
  expect(
    methodCall('InvoiceService.addOrderItem', [
      'header-auth',
      int('2087'),
      double('10'),
      dateTime('20260115T10:30:00'),
      true,
      [int(17)],
      { _Field: 'A & B' },
    ]),
  ).toBe(
    '<?xml version="1.0" encoding="UTF-8"?><methodCall><methodName>InvoiceService.addOrderItem</methodName><params>' +
      '<param><value><string>header-auth</string></value></param>' +
      '<param><value><int>2087</int></value></param>' +
      '<param><value><double>10</double></value></param>' +
      '<param><value><dateTime.iso8601>20260115T10:30:00</dateTime.iso8601></value></param>' +
      '<param><value><boolean>1</boolean></value></param>' +
      '<param><value><array><data><value><int>17</int></value></data></array></value></param>' +
      '<param><value><struct><member><name>_Field</name><value><string>A &amp; B</string></value></member></struct></value></param>' +
      '</params></methodCall>',
  );
});

test('any text arrives as it was', async () => {
  const text = fc.string({ unit: 'grapheme' }).map((of) => of.replace(/[\p{Cc}\p{Cs}\uFFFE\uFFFF]/gu, ''));
  await fc.assert(
    fc.asyncProperty(text, text, async (one, other) => {
      const [, args] = await new Deserializer().deserializeMethodCall(methodCall('m', [one, [other], { name: one }]));
      expect(args).toEqual([one, [other], { name: one }]);
    }),
  );
});

test('what is no 32-bit integer or no decimal is not sent', () => {
  for (const bad of ['2147483648', '1.5', 'x']) expect(() => int(bad)).toThrow(RangeError);
  for (const bad of ['1e3', '', 'NaN', '1,5']) expect(() => double(bad)).toThrow(RangeError);
});
