import { expect, test } from 'vitest';
import { bigcommerceOperations } from '../../../src/sandbox/index.js';
import { shapes } from './shapes.js';
import { bigcommerce, createOrder, stopBigcommerce } from './wire.js';

test('shapes are of operations that there are', () => {
  const names = bigcommerceOperations.map(({ name }) => name);
  expect(Object.keys(shapes.successes).filter((name) => !names.includes(name))).toEqual([]);
});

test('the check of shapes can fail', async () => {
  const sandbox = await bigcommerce();
  const order = await createOrder(sandbox);
  await stopBigcommerce();
  const shape = shapes.successes['orders.get'];
  expect(shape?.safeParse(order).success).toBe(true);
  for (const wrong of [{ total_inc_tax: 67.3 }, { date_created: '2026-01-05' }, { id: '108' }, { more: 1 }]) {
    expect(shape?.safeParse({ ...order, ...wrong }).success).toBe(false);
  }
});
