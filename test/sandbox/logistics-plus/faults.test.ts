import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  type LogisticsPlusFault,
  type LogisticsPlusSandbox,
  logisticsPlusOperations,
} from '../../../src/sandbox/index.js';
import { expectStruck, wireFaults } from '../faults.js';
import type { ApiAnswer } from '../http.js';
import { failureShape } from './shapes.js';
import { api, createOrder, logisticsPlus, newOrder, raw, stopLogisticsPlus } from './wire.js';

let sandbox: LogisticsPlusSandbox;

beforeEach(async () => {
  sandbox = await logisticsPlus({ readById: true });
});
afterEach(stopLogisticsPlus);

/** A request of each operation that succeeds, and whether it has done its work. */
const requests: Readonly<Record<string, () => Promise<{ send(): Promise<ApiAnswer>; done(): boolean }>>> = {
  'orders.create': async () => ({
    send: () => raw(sandbox, 'POST', '/orders', JSON.stringify(newOrder())),
    done: () => sandbox.ledger().orders.length > 0,
  }),
  'orders.search': async () => ({ send: () => raw(sandbox, 'GET', '/orders?PrimaryReference=A'), done: worked }),
  'orders.get': async () => {
    const { id } = await createOrder(sandbox);
    return { send: () => raw(sandbox, 'GET', `/orders/${id}`), done: worked };
  },
  'orders.update': async () => {
    const { id } = await createOrder(sandbox);
    return {
      send: () => raw(sandbox, 'PATCH', `/orders/${id}`, JSON.stringify(newOrder())),
      done: () => sandbox.ledger().orders[0]?.patches.length === 1,
    };
  },
  'products.getId': async () => ({ send: () => raw(sandbox, 'GET', '/products/actions/get-id/MUG-B'), done: worked }),
  'products.list': async () => ({ send: () => raw(sandbox, 'GET', '/products'), done: worked }),
  'products.get': async () => ({ send: () => raw(sandbox, 'GET', `/products/${productId()}`), done: worked }),
  'products.create': async () => ({
    send: () =>
      raw(
        sandbox,
        'POST',
        '/products',
        JSON.stringify({ productCode: 'CUP-1', productDescription: 'Cup', productUnit: 'UNT' }),
      ),
    done: () => sandbox.ledger().products.some(({ productCode }) => productCode === 'CUP-1'),
  }),
  'products.update': async () => ({
    send: () => raw(sandbox, 'PATCH', `/products/${productId()}`, '{"unitPrice":"1"}'),
    done: worked,
  }),
};
const productId = () => sandbox.ledger().products[0]?.id;
const worked = () => sandbox.ledger().requests.at(-1)?.worked === true;

test('a request of every operation is tried here', () => {
  expect(Object.keys(requests).sort()).toEqual(logisticsPlusOperations.map(({ name }) => name).sort());
});

test.each(logisticsPlusOperations.flatMap(({ name }) => wireFaults.map((fault) => [name, ...fault] as const)))(
  '%s under %s %o',
  async (operation, ...fault) => {
    const [kind, more, status, done] = fault;
    const request = await requests[operation]?.();
    if (request === undefined) throw new Error(`no request of ${operation}`);
    sandbox.faults.add({ kind, operation, ...more } as LogisticsPlusFault);
    await expectStruck(request.send, fault, ({ status, body }) => {
      failureShape(status).parse(body);
      return body.errors[0].detail;
    });
    expect(request.done()).toBe(done);
    expect(sandbox.ledger().requests.at(-1)).toMatchObject({ operation, fault: kind, status, worked: done });
    expect(sandbox.ledger().faults).toMatchObject([{ fired: 1 }]);
  },
);

test.each(['truncated', 'malformed'] as const)('a %s answer to a create that was done', async (kind) => {
  sandbox.faults.add({ kind, operation: 'orders.create' });
  await expect(createOrder(sandbox)).rejects.toThrow('JSON');
  expect(sandbox.ledger().orders).toHaveLength(1);
});

test('an answer may come long after its work', async () => {
  sandbox.faults.add({ kind: 'late', operation: 'write', ms: 120_000 });
  const order = createOrder(sandbox);
  await sandbox.whenWorked('orders.create');
  expect(sandbox.ledger().orders).toHaveLength(1);
  sandbox.clock.advance(120_000);
  expect((await order).status).toBe('PRS');
});

test('what nobody documented can be hit too', async () => {
  sandbox.faults.add({ kind: '500-before', operation: 'unknown' });
  expect((await api(sandbox, 'GET', '/carriers')).status).toBe(500);
  expect((await api(sandbox, 'GET', '/carriers')).status).toBe(404);
});
