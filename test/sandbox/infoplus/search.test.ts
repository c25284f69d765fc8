import { afterEach, beforeEach, expect, test } from 'vitest';
import { type InfoplusSandbox, infoplusSeed } from '../../../src/sandbox/index.js';
import { api, createOrder, find, infoplus, newOrder, query, raw, stopInfoplus } from './wire.js';

let sandbox: InfoplusSandbox;

beforeEach(async () => {
  sandbox = await infoplus({ startTime: Date.UTC(2026, 2, 2, 8), clockSpeed: 0.001 });
});
afterEach(stopInfoplus);

const references = (orders: { customerOrderNo: string }[]) => orders.map(({ customerOrderNo }) => customerOrderNo);
const byFilter = async (filter: string) => references(await find(sandbox, filter, { sort: 'orderNo' }));
const search = (members: Record<string, string>) => api(sandbox, 'GET', `/order/search${query(members)}`);

test.each([
  ["lobId eq 10000 and customerOrderNo eq 'A-2'", ['A-2']],
  ['customerOrderNo eq "A-2"', ['A-2']],
  ["customerOrderNo eq 'a-2'", ['A-2']],
  ["customerOrderNo ne 'A-2'", ['A-1', '7733']],
  ['customerOrderNo eq 7733', ['7733']],
  ["customerOrderNo in ('A-1','7733','nobody')", ['A-1', '7733']],
  ["customerOrderNo like 'A-%'", ['A-1', 'A-2']],
  ["customerOrderNo like '%-2'", ['A-2']],
  ["customerOrderNo like '_-1'", ['A-1']],
  ["customerOrderNo like 'A.1'", []],
  ['orderNo eq 48212', ['A-2']],
  ['orderNo eq 48212.000', ['A-2']],
  ["orderNo eq '48212'", ['A-2']],
  ['orderNo in (48211,48213)', ['A-1', '7733']],
  ['orderNo gt 48211', ['A-2', '7733']],
  ['orderNo gte 48212 and orderNo lt 48213', ['A-2']],
  ['orderNo lte 48212', ['A-1', 'A-2']],
  ['shippingCharge eq 4.5', ['A-2']],
  ['totalQty gt 2', ['A-2']],
  ["orderDate eq '2026-03-02'", ['A-1', '7733']],
  ["orderDate gt '2026-03-02'", ['A-2']],
  ["createDate gte '2026-03-02T08:00:00.000Z'", ['A-1', 'A-2', '7733']],
  ['modifyDate lt "2026-03-02T08:00:01Z"', ['A-1', 'A-2', '7733']],
  ["status eq 'On Order' and holdCode eq 'H'", ['A-2']],
  // An empty field is neither equal nor unequal to anything.
  ["customerPONo ne 'PO-1'", ['A-2']],
  ["customerPONo eq 'PO-2'", ['A-2']],
])('filter %s', async (filter, expected) => {
  await createOrder(sandbox, 'A-1');
  const more = { orderDate: '2026-03-05T09:30:00Z', shippingCharge: 4.5, holdCode: 'H', customerPONo: 'PO-2' };
  await createOrder(sandbox, 'A-2', { ...more, lineItems: [{ sku: 'TEA-1', orderedQty: 3 }] });
  await createOrder(sandbox, '7733');
  expect(await byFilter(filter)).toEqual(expected);
});

test.each([
  ['an unknown field', 'colour eq 1'],
  ['a list', "lineItems eq 'MUG-B'"],
  ['custom fields', "customFields eq 'a'"],
  ['an unknown operator', 'orderNo is 48211'],
  ['an operator in capitals', 'orderNo EQ 48211'],
  ['or', 'orderNo eq 1 or orderNo eq 2'],
  ['not', 'not orderNo eq 1'],
  ['brackets', '(orderNo eq 1)'],
  ['no value', 'orderNo eq'],
  ['no operator', 'orderNo'],
  ['an open end', 'orderNo eq 1 and'],
  ['an open quote', "customerOrderNo eq 'A"],
  ['a quote within a text', "customerOrderNo eq 'O'Neill'"],
  ['a doubled quote', "customerOrderNo eq 'O''Neill'"],
  ['an escaped quote', "customerOrderNo eq 'O\\'Neill'"],
  ['a bare word', 'status eq Shipped'],
  ['an empty list', 'orderNo in ()'],
  ['a list without brackets', 'orderNo in 1,2'],
  ['a text for a number', "lobId eq 'all'"],
  ['no date', "modifyDate gt 'yesterday'"],
  ['a number for a date', 'modifyDate gt 1700000000000'],
  ['like on a number', "orderNo like '482%'"],
  ['nothing', ''],
])('a filter with %s is 400', async (_, filter) => {
  await createOrder(sandbox);
  expect((await search({ filter })).status).toBe(400);
});

test('truths are compared too, and a line of business has an id', async () => {
  const paths = ['onHold eq false', "onHold eq 'true'", 'id eq 10000', 'lobId eq 10000'].map(
    (filter) => `/lineOfBusiness/search${query({ filter })}`,
  );
  const [free, held, byId, byLobId] = await Promise.all(paths.map((path) => api(sandbox, 'GET', path)));
  expect([free?.body.length, held?.body.length, byId?.body.length, byLobId?.status]).toEqual([2, 0, 1, 400]);
});

test('twenty rows unless told, 250 at most, pages from 1, bare arrays without a count', async () => {
  for (let i = 1; i <= 252; i += 1) await raw(sandbox, 'POST', '/order', JSON.stringify(newOrder(`A-${i}`)));
  const page = async (members: Record<string, string>) =>
    references((await search({ sort: 'orderNo', ...members })).body);
  const numbers = (from: number, to: number) =>
    Array.from({ length: to - from + 1 }, (_, index) => `A-${from + index}`);
  expect(await page({})).toEqual(numbers(1, 20));
  expect(await page({ page: '2' })).toEqual(numbers(21, 40));
  expect(await page({ limit: '250' })).toEqual(numbers(1, 250));
  expect(await page({ limit: '500' })).toEqual(numbers(1, 250));
  expect(await page({ limit: '500', page: '2' })).toEqual(numbers(251, 252));
  expect(await page({ limit: '250', page: '3' })).toEqual([]);
});

test.each([
  { page: '0' },
  { page: '-1' },
  { limit: '0' },
  { limit: 'all' },
  { sort: 'colour' },
  { sort: 'lineItems' },
  { sort: '-orderNo' },
])('%o is 400', async (members) => {
  expect((await search(members as Record<string, string>)).status).toBe(400);
});

test('sorted by a field, up and down; empty fields first', async () => {
  await createOrder(sandbox, 'B', { customerPONo: 'PO-1' });
  await createOrder(sandbox, 'C');
  await createOrder(sandbox, 'A', { customerPONo: 'PO-2' });
  const sorted = async (sort: string) => references((await search({ sort })).body);
  expect(await sorted('customerOrderNo')).toEqual(['A', 'B', 'C']);
  expect(await sorted('!customerOrderNo')).toEqual(['C', 'B', 'A']);
  expect(await sorted('customerPONo')).toEqual(['C', 'B', 'A']);
  expect(await sorted('!customerPONo')).toEqual(['A', 'B', 'C']);
});

test('without a sort the last change comes first, so that pages shift', async () => {
  for (const reference of ['A', 'B', 'C']) {
    await createOrder(sandbox, reference);
    sandbox.clock.advance(1_000);
  }
  expect(references((await search({})).body)).toEqual(['C', 'B', 'A']);
  sandbox.controls.holdOrder({ reference: 'A' });
  expect(references((await search({})).body)).toEqual(['A', 'C', 'B']);
});

test.each(['carrier', 'carrierService', 'orderLoadProgram'])('%s is searched by text alone', async (resource) => {
  const find = async (members: Record<string, string>) =>
    (await api(sandbox, 'GET', `/${resource}/search${query(members)}`)).body;
  const all = await find({});
  expect(all.length).toBeGreaterThan(1);
  const [{ label }] = all;
  expect(await find({ searchText: label.toLowerCase() })).toEqual([all[0]]);
  expect(await find({ searchText: 'nothing of the kind' })).toEqual([]);
  expect(await find({ filter: 'id eq 0', sort: 'nothing' })).toEqual(all);
  expect(await find({ limit: '1', page: '2' })).toEqual([all[1]]);
});

test('what is new or changed stays invisible to searches for a while, and reads by id show it', async () => {
  sandbox.controls.settings({ searchLagMs: 30_000 });
  const { orderNo } = await createOrder(sandbox);
  const shown = async () => references(await find(sandbox, "customerOrderNo eq 'SHOP-1'"));
  const held = async () => (await find(sandbox, "holdCode eq 'H'")).length;
  expect((await api(sandbox, 'GET', `/order/${orderNo}`)).body.customerOrderNo).toBe('SHOP-1');
  expect((await api(sandbox, 'GET', '/orderLine/search')).body).toEqual([]);
  expect((await api(sandbox, 'GET', '/customer/search')).body).toEqual([]);
  sandbox.clock.advance(29_000);
  expect(await shown()).toEqual([]);
  sandbox.clock.advance(1_000);
  expect(await shown()).toEqual(['SHOP-1']);
  expect((await api(sandbox, 'GET', '/orderLine/search')).body).toHaveLength(1);
  sandbox.controls.holdOrder({ orderNo });
  expect(await held()).toBe(0);
  sandbox.clock.advance(30_000);
  expect(await held()).toBe(1);
  await api(sandbox, 'DELETE', `/order/${orderNo}`);
  expect(await shown()).toEqual(['SHOP-1']);
  expect((await api(sandbox, 'GET', `/order/${orderNo}`)).status).toBe(404);
  sandbox.clock.advance(30_000);
  expect(await shown()).toEqual([]);
});

test('an account may refuse to filter by the date of the last change, and sorts by it all the same', async () => {
  sandbox.controls.settings({ modifyDateFilter: false });
  await createOrder(sandbox);
  expect((await search({ filter: "modifyDate gt '2020-01-01'" })).status).toBe(400);
  expect((await search({ filter: "customerOrderNo eq 'modifyDate'", sort: 'modifyDate' })).status).toBe(200);
});

test('lines are searched across orders', async () => {
  const quantities = { 'MUG-B': 1, 'TEA-1': 4 };
  const lineItems = Object.entries(quantities).map(([sku, orderedQty]) => ({ sku, orderedQty }));
  await createOrder(sandbox, 'A', { lineItems });
  await createOrder(sandbox, 'B', { lineItems: lineItems.slice(1) });
  const filter = "sku eq 'TEA-1' and orderNo eq 48211";
  const { body } = await api(sandbox, 'GET', `/orderLine/search${query({ filter, sort: 'id' })}`);
  expect(body).toMatchObject([{ orderNo: 48211, sku: 'TEA-1', orderedQty: 4, lobId: infoplusSeed.lobId }]);
  expect((await api(sandbox, 'GET', `/orderLine/${body[0].id}`)).body).toEqual(body[0]);
  expect((await api(sandbox, 'GET', '/orderLine/1')).status).toBe(404);
});
