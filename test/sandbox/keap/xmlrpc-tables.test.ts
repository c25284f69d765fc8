import { afterEach, beforeEach, expect, test } from 'vitest';
import type { KeapSandbox } from '../../../src/sandbox/index.js';
import { b, blankOrder, faultIn, fields, i, intIn, keap, memberIn, members, s, stopKeap, xml } from './wire.js';

let sandbox: KeapSandbox;

beforeEach(async () => {
  sandbox = await keap();
  await blankOrder(sandbox, 'EXT-1 | web shop');
  await blankOrder(sandbox, 'EXT-2 | web shop');
  await xml(sandbox, 'DataService.update', s('Job'), i(2076), members({ _ExternalOrderId: s('Ext-2') }));
});
afterEach(stopKeap);

const query = (table: string, wanted: Record<string, string>, names = ['Id'], more: string[] = []) =>
  xml(sandbox, 'DataService.query', s(table), i(1000), i(0), members(wanted), fields(...names), ...more);
const ids = (answer: string) => [...answer.matchAll(/<i4>(\d+)<\/i4>/g)].map(([, id]) => Number(id));

test.each([
  ['a custom field, whatever the case', { _ExternalOrderId: s('EXT-2') }, [2076]],
  ['a prefix', { JobTitle: s('ext-1 |%') }, [2075]],
  ['everything', { Id: s('%') }, [2075, 2076]],
  ['null', { _ExternalOrderId: s('~null~') }, [2075]],
  ['the empty text, which is not null', { _ExternalOrderId: s('') }, []],
  ['two conditions at once', { ContactId: i(55), JobTitle: s('%web shop') }, [2075, 2076]],
  ['a day', { StartDate: s('2026-01-15') }, [2075, 2076]],
  ['a month', { StartDate: s('2026-02-%') }, []],
  ['a dot that is no pattern', { JobTitle: s('EXT.1 |%') }, []],
])('a query by %s', async (_what, wanted, expected) => {
  expect(ids(await query('Job', wanted))).toEqual(expected);
});

test('the way from a job to its invoice', async () => {
  const found = await query('Invoice', { JobId: s('2076') }, ['Id', 'PayStatus']);
  expect(memberIn(found, 'Id')).toBe('<i4>2088</i4>');
});

test('order, limit and page; with a column and no direction the order falls', async () => {
  expect(ids(await query('Job', {}, ['Id'], [s('Id')]))).toEqual([2076, 2075]);
  expect(ids(await query('Job', {}, ['Id'], [s('JobTitle'), b(1)]))).toEqual([2075, 2076]);
  const page = (number: number) =>
    xml(sandbox, 'DataService.query', s('Job'), i(1), i(number), members({}), fields('Id'));
  expect([ids(await page(0)), ids(await page(1)), ids(await page(2))]).toEqual([[2075], [2076], []]);
  expect(
    faultIn(await xml(sandbox, 'DataService.query', s('Job'), i(1001), i(0), members({}), fields('Id'))).code,
  ).toBe(12);
  expect(intIn(await xml(sandbox, 'DataService.count', s('Job'), members({ ContactId: i(55) })))).toBe(2);
});

test('findByField finds products by SKU', async () => {
  const found = await xml(
    sandbox,
    'DataService.findByField',
    s('Product'),
    i(5),
    i(0),
    s('Sku'),
    s('twin-1'),
    fields('Id', 'Status'),
  );
  expect(ids(found)).toEqual([21, 1, 22, 1]);
});

test.each([
  [
    'a table that does not exist',
    ['DataService.load', s('Order'), i(1), fields('Id')],
    9,
    '[NoTableFound]No table found: Order',
  ],
  [
    'a field that does not exist',
    ['DataService.load', s('Job'), i(2075), fields('Id', '_ExternalOrderID')],
    10,
    '[NoFieldFound]No field found: Job._ExternalOrderID',
  ],
  [
    'adding an invoice',
    ['DataService.add', s('Invoice'), members({ JobId: i(1) })],
    7,
    '[NoTableAccess]Access denied to table Invoice',
  ],
  [
    'changing an invoice',
    ['DataService.update', s('Invoice'), i(2087), members({ PayStatus: i(1) })],
    7,
    '[NoTableAccess]Access denied to table Invoice',
  ],
  ['deleting a job', ['DataService.delete', s('Job'), i(2075)], 7, '[NoTableAccess]Access denied to table Job'],
  [
    'deleting a line',
    ['DataService.delete', s('OrderItem'), i(4411)],
    7,
    '[NoTableAccess]Access denied to table OrderItem',
  ],
  [
    'setting an id',
    ['DataService.update', s('Job'), i(2075), members({ Id: i(1) })],
    8,
    '[NoFieldAccess]Access denied to field Job.Id',
  ],
  [
    'reading a card number',
    ['DataService.load', s('CreditCard'), i(71), fields('CardNumber')],
    8,
    '[NoFieldAccess]Access denied to field CreditCard.CardNumber',
  ],
  ['no fields', ['DataService.load', s('Job'), i(2075), fields()], 11, '[NoFieldsError]No fields were specified'],
  [
    'a row that does not exist',
    ['DataService.load', s('Job'), i(1), fields('Id')],
    5,
    '[RecordNotFound]Job 1 not found',
  ],
  [
    'a text for a number',
    ['DataService.update', s('Job'), i(2075), members({ ContactId: s('Ada') })],
    12,
    '[InvalidParameter]Invalid value for ContactId',
  ],
  [
    'a job by the data service',
    ['DataService.add', s('Job'), members({ JobTitle: s('x') })],
    3,
    '[UnexpectedError]The sandbox does not imitate adding to Job by the data service',
  ],
])('%s is a fault', async (_what, [method = '', ...params], code, text) => {
  expect(faultIn(await xml(sandbox, method, ...params))).toEqual({ code, text });
});

test('contacts: added, found, updated by the duplicate check, deleted', async () => {
  const bob = members({ FirstName: s('Bob'), Email: s('bob@example.com') });
  const id = intIn(await xml(sandbox, 'ContactService.add', bob));
  expect(intIn(await xml(sandbox, 'ContactService.add', bob))).toBe(id + 1);
  const again = members({ FirstName: s('Robert'), Email: s('BOB@example.com') });
  expect(intIn(await xml(sandbox, 'ContactService.addWithDupCheck', again, s('Email')))).toBe(id);
  const loaded = await xml(sandbox, 'ContactService.load', i(id), fields('FirstName', 'LastName'));
  expect(memberIn(loaded, 'FirstName')).toBe('Robert');
  expect(memberIn(loaded, 'LastName')).toBeUndefined();
  expect(intIn(await xml(sandbox, 'ContactService.update', i(id), members({ City: s('Tempe') })))).toBe(id);
  expect(ids(await xml(sandbox, 'ContactService.findByEmail', s('bob@example.com'), fields('Id')))).toEqual([
    id,
    id + 1,
  ]);
  expect(await xml(sandbox, 'DataService.delete', s('Contact'), i(id))).toContain('<boolean>1</boolean>');
  expect(ids(await xml(sandbox, 'ContactService.findByEmail', s('bob@example.com'), fields('Id')))).toEqual([id + 1]);
});

test('order fields are listed under form -9 and can be added; their name is not their label', async () => {
  const listed = await query('DataFormField', { FormId: i(-9) }, ['Id', 'Name', 'Label', 'DataType']);
  expect(memberIn(listed, 'Name')).toBe('ExternalOrderId');
  expect(memberIn(listed, 'Label')).toBe('External Order Id');
  expect(memberIn(listed, 'DataType')).toBe('<i4>15</i4>');
  const id = intIn(await xml(sandbox, 'DataService.addCustomField', s('Job'), s('Track &amp; Trace'), s('Text'), i(4)));
  const added = await xml(sandbox, 'DataService.load', s('DataFormField'), i(id), fields('Name', 'Label'));
  expect(memberIn(added, 'Name')).toBe('TrackTrace');
  expect(memberIn(added, 'Label')).toBe('Track &amp; Trace');
  await xml(sandbox, 'DataService.update', s('Job'), i(2075), members({ _TrackTrace: s('1Z') }));
  expect(ids(await query('Job', { _TrackTrace: s('1Z') }))).toEqual([2075]);
  expect(faultIn(await xml(sandbox, 'DataService.addCustomField', s('Job'), s('x'), s('text'), i(4))).code).toBe(12);
});

test('queries see a new order at once, unless a lag is set', async () => {
  sandbox.controls.settings({ searchLagMs: 60_000 });
  await blankOrder(sandbox, 'EXT-3 | web shop');
  expect(ids(await query('Job', { JobTitle: s('EXT-3%') }))).toEqual([2077]);
  sandbox.controls.settings({ xmlrpcSearchLagMs: 60_000 });
  expect(ids(await query('Job', { JobTitle: s('EXT-3%') }))).toEqual([]);
  sandbox.clock.advance(60_000);
  expect(ids(await query('Job', { JobTitle: s('EXT-3%') }))).toEqual([2077]);
});
