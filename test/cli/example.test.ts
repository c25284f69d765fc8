import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { exampleFiles, readExample } from '../../src/cli/dev/example.js';
import { inFolder } from './waybill.js';

const file = inFolder();

test('the examples of Waybill can be read, and there are some', () => {
  const names = exampleFiles().map((path) => readExample(path).name);
  expect(names).toEqual([
    ...['1-paid', '2-lost-answer', '3-killed-worker', '4-declined', '5-canceled'],
    ...['6-shipped', '7-shipped-short', '8-amended', '9-canceled-at-the-warehouse'],
    ...['10-back-order', '11-canceled-and-deleted', '12-canceled-by-a-tag'],
    ...['13-line-shipped', '14-line-lost-answer', '15-line-killed'],
    ...['21-subscription'],
  ]);
});

const example = (name: string) =>
  JSON.parse(readFileSync(exampleFiles().find((path) => path.includes(name)) ?? '', 'utf8'));

const happens = (...deeds: unknown[]) => ({ ...example('8-amended'), happens: deeds });
const exactlyOne = 'happens[0]: expected exactly one of fault, killWorker, control, send, cancel';

test.each<[string, unknown, string]>([
  ['no order', { ...example('1-paid'), order: { reference: '' } }, 'order.connection: is missing'],
  [
    'a connection that the sandbox does not have',
    { ...example('1-paid'), order: { ...example('1-paid').order, connection: 'keap/acme' } },
    'order.connection: expected one of the sandbox, keap/sandbox, keap/sandbox-xml-rpc, logistics-plus/sandbox, infoplus/sandbox, flxpoint/',
  ],
  ['no list of deeds', { ...example('8-amended'), happens: { cancel: true } }, 'happens: '],
  ['an unknown deed', happens({ ship: true }), 'happens[0].ship: is not a field of this input'],
  ['a deed without content', happens({ when: 'waiting' }), exactlyOne],
  ['two deeds in one', happens({ cancel: true, control: { name: 'pick' } }), exactlyOne],
  ['a cancel that is none', happens({ cancel: false }), 'happens[0].cancel: expected true'],
  ['a control without a name', happens({ control: { input: {} } }), 'happens[0].control.name: '],
  [
    'a time for what is set before the start',
    happens({ when: 'waiting', fault: { kind: '500', operation: 'orders.create' } }),
    'happens[0].when: cannot be said of what is set before the start',
  ],
  [
    'what it is to show, without when',
    happens({ shows: 'PIC', cancel: true }),
    'happens[0].when: is missing; shows belongs to it',
  ],
  [
    'an update that the story does not take',
    happens({ cancel: true }, { send: { update: 'enlarge', change: {} } }),
    'happens[1].send: update: logisticsPlusOrder takes amend, not "enlarge"',
  ],
  [
    'an update that cannot be read',
    happens({ send: { update: 'amend', change: { orderLines: [{ productCode: 'TEA-1', quantity: 0 }] } } }),
    'happens[0].send: orderLines[0].quantity: expected more than 0',
  ],
  [
    'a fact that is neither number nor text',
    { ...example('1-paid'), expect: { outcome: 'completed', ledger: { created: true } } },
    'expect.ledger.created: ',
  ],
])('a mistake in an example is named with file and field: %s', (_, content, saying) => {
  const path = file('example.json', content);
  expect(() => readExample(path)).toThrow(path);
  expect(() => readExample(path)).toThrow(saying);
});
