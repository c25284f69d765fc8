import { afterEach, beforeEach, expect, test } from 'vitest';
import { type LogisticsPlusSandbox, logisticsPlusSeed } from '../../../src/sandbox/index.js';
import { api, createOrder, logisticsPlus, stopLogisticsPlus } from './wire.js';

let sandbox: LogisticsPlusSandbox;

beforeEach(async () => {
  sandbox = await logisticsPlus();
});
afterEach(stopLogisticsPlus);

const list = async (query = '') => (await api(sandbox, 'GET', `/products${query}`)).body.data.products;

test.each(logisticsPlusSeed.products)('$productCode is found by its code', async ({ productCode, pickMode }) => {
  const { data } = (await api(sandbox, 'GET', `/products/actions/get-id/${productCode}`)).body;
  expect(data.pickMode).toBe(pickMode);
  expect(await list(`?productcode=${productCode}`)).toMatchObject([{ id: data.id, productCode }]);
  expect((await api(sandbox, 'GET', `/products/${data.id}`)).body.data.productCode).toBe(productCode);
});

test('a code that no product has: 404, or, switched, nothing in the envelope', async () => {
  const path = '/products/actions/get-id/NO';
  expect((await api(sandbox, 'GET', path)).status).toBe(404);
  sandbox.controls.settings({ unknownProduct: 'empty' });
  expect((await api(sandbox, 'GET', path)).body.data).toEqual({});
  expect(await list('?ProductCode=NO')).toEqual([]);
  expect((await api(sandbox, 'GET', '/products/69a0c1d2e3f405162738495a')).status).toBe(404);
  expect(await list()).toHaveLength(logisticsPlusSeed.products.length);
});

const cup = { productCode: 'CUP-1', productDescription: 'Cup', productUnit: 'UNT', unitPrice: '3.50' };

test('a product that was created can be ordered, and changed but for its code', async () => {
  const { body } = await api(sandbox, 'POST', '/products', cup);
  expect(body.data).toMatchObject({ ...cup, pickMode: 'ASP' });
  await createOrder(sandbox, 'A', { orderLines: [{ productCode: 'CUP-1', quantity: 1 }] });
  const change = { productCode: 'CUP-2', weightPerProduct: 0.5 };
  const changed = await api(sandbox, 'PATCH', `/products/${body.data.id}`, change);
  expect(changed.body.data).toMatchObject({ ...cup, weightPerProduct: 0.5 });
});

test.each([
  ['a code that is taken', { productCode: 'MUG-B' }, '/productCode'],
  ['a code that is too long', { productCode: 'x'.repeat(36) }, '/productCode'],
  ['no description', { productDescription: undefined }, '/productDescription'],
  ['no unit', { productUnit: undefined }, '/productUnit'],
  ['a price as a number', { unitPrice: 3.5 }, '/unitPrice'],
  ['serial numbers without their attribute', { pickMode: 'ANE' }, '/productAttributes'],
])('a product with %s is a 400', async (_, change, pointer) => {
  const { status, body } = await api(sandbox, 'POST', '/products', { ...cup, ...change });
  expect([status, body.errors[0].source.pointer]).toEqual([400, pointer]);
  expect(sandbox.ledger().products).toHaveLength(logisticsPlusSeed.products.length);
});

test('a product can be added to the seed, with serial numbers too', async () => {
  const id = sandbox.controls.seedProduct({ productCode: 'DRILL', serialized: true });
  const { data } = (await api(sandbox, 'GET', '/products/actions/get-id/DRILL')).body;
  expect(data).toEqual({ id, pickMode: 'ANE' });
  expect(() => sandbox.controls.seedProduct({ productCode: 'DRILL' })).toThrow('already');
});
