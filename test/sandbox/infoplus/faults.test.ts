import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type InfoplusFault, type InfoplusSandbox, infoplusOperations } from '../../../src/sandbox/index.js';
import { expectStruck, type FaultCase, wireFaults } from '../faults.js';
import type { ApiAnswer } from '../http.js';
import { failureShape } from './shapes.js';
import { api, createOrder, getOrder, infoplus, newCustomer, newOrder, raw, stopInfoplus } from './wire.js';

let sandbox: InfoplusSandbox;

// One for all of them, which a reset makes new: there are hundreds of cases.
beforeAll(async () => {
  sandbox = await infoplus();
});
beforeEach(async () => {
  sandbox.reset();
  await createOrder(sandbox, 'OLD');
});
afterAll(stopInfoplus);

interface Attempt {
  send(): Promise<ApiAnswer>;
  /** Whether it has done its work. */
  done(): boolean;
}

const send = (method: string, path: string, body?: object) => () =>
  raw(sandbox, method, path, body === undefined ? undefined : JSON.stringify(body));
const worked = () => sandbox.ledger().requests.at(-1)?.worked === true;
const read = (path: string) => async (): Promise<Attempt> => ({ send: send('GET', path), done: worked });
const ledgerOrder = () => sandbox.ledger().orders[0];
const customerId = () => sandbox.ledger().customers[0]?.id;

/** The id of what is made first. */
const made = async (path: string, body: object): Promise<number> => (await api(sandbox, 'POST', path, body)).body.id;
const file = { url: 'https://example.com/a.pdf' };
const external = { orderId: 48211, lobId: 10_000, carrierId: 1, parcelAccountId: 4, trackingNo: 'EXT123' };
const ship = () => {
  sandbox.controls.process({ reference: 'OLD' });
  sandbox.controls.ship({ reference: 'OLD' });
};

/** A request of each operation that succeeds. */
const requests: Readonly<Record<string, () => Promise<Attempt>>> = {
  'order.create': async () => ({
    send: send('POST', '/order', newOrder()),
    done: () => sandbox.ledger().orders.length === 2,
  }),
  'order.search': read('/order/search'),
  'order.get': read('/order/48211'),
  'order.duplicate': read('/order/duplicate/48211'),
  'order.update': async () => {
    const order = await getOrder(sandbox, 48211);
    return {
      send: send('PUT', '/order', { ...order, giftMessage: 'Enjoy' }),
      done: () => ledgerOrder()?.fields.giftMessage === 'Enjoy',
    };
  },
  'order.updateCustomFields': async () => ({
    send: send('PUT', '/order/customFields', { orderNo: 48211, customFields: { sourceRunId: 'a' } }),
    done: () => ledgerOrder()?.customFields.sourceRunId === 'a',
  }),
  'order.delete': async () => ({
    send: send('DELETE', '/order/48211'),
    done: () => ledgerOrder()?.deletedAt !== null,
  }),
  'orderLine.search': read('/orderLine/search'),
  'orderLine.get': read('/orderLine/990001'),
  'order.tag': async () => ({
    send: send('PUT', '/order/48211/tag/Cancel%20Order'),
    done: () => ledgerOrder()?.tags.length === 1,
  }),
  'order.tags': read('/order/48211/tag'),
  'order.untag': async () => {
    await api(sandbox, 'PUT', '/order/48211/tag/a');
    return { send: send('DELETE', '/order/48211/tag/a'), done: () => ledgerOrder()?.tags.length === 0 };
  },
  'order.audit': async () => ({
    send: send('PUT', '/order/48211/audit/asked'),
    done: () => ledgerOrder()?.audits.length === 1,
  }),
  'order.attachFile': async () => ({
    send: send('POST', '/order/48211/file', file),
    done: () => ledgerOrder()?.files.length === 1,
  }),
  'order.uploadFile': async () => ({
    send: send('POST', '/order/48211/file/a.pdf', {}),
    done: () => ledgerOrder()?.files.length === 1,
  }),
  'order.files': read('/order/48211/file'),
  'order.deleteFile': async () => {
    const id = await made('/order/48211/file', file);
    return { send: send('DELETE', `/order/48211/file/${id}`), done: () => ledgerOrder()?.files.length === 0 };
  },
  'order.runFulfillmentPlan': async () => ({
    send: send('POST', '/order/runFulfillmentPlan', {
      ...{ orderNoList: [48211], fulfillmentPlanId: 7, shipDate: '2026-03-03' },
    }),
    done: () => ledgerOrder()?.status === 'Processed',
  }),
  'fulfillmentProcess.search': read('/fulfillmentProcess/search'),
  'shipment.search': read('/shipment/search'),
  'shipment.get': async () => {
    ship();
    return read('/shipment/700123')();
  },
  'carton.search': read('/carton/search'),
  'cartonContent.search': read('/cartonContent/search'),
  'externalShipment.search': read('/externalShipment/search'),
  'externalShipment.get': async () => read(`/externalShipment/${await made('/externalShipment', external)}`)(),
  'externalShipment.create': async () => ({ send: send('POST', '/externalShipment', external), done: worked }),
  'externalShipment.execute': async () => {
    const idList = [await made('/externalShipment', external)];
    return {
      send: send('POST', '/externalShipment/executeExternalShipment', { idList }),
      done: () => sandbox.ledger().shipments.length === 1,
    };
  },
  'externalShipment.delete': async () => {
    const id = await made('/externalShipment', external);
    return { send: send('DELETE', `/externalShipment/${id}`), done: worked };
  },
  'customer.search': read('/customer/search'),
  'customer.getByCustomerNo': read('/customer/getByCustomerNo?lobId=10000&customerNo=C-100'),
  'customer.get': async () => read(`/customer/${customerId()}`)(),
  'customer.create': async () => ({
    send: send('POST', '/customer', newCustomer()),
    done: () => sandbox.ledger().customers.length === 2,
  }),
  'customer.update': async () => {
    const id = await made('/customer', newCustomer());
    return {
      send: send('PUT', '/customer', { ...newCustomer({ name: 'Another' }), id }),
      done: () => sandbox.ledger().customers[1]?.fields.name === 'Another',
    };
  },
  'customer.delete': async () => {
    const id = await made('/customer', newCustomer());
    return {
      send: send('DELETE', `/customer/${id}`),
      done: () => sandbox.ledger().customers[1]?.deletedAt !== null,
    };
  },
  'lineOfBusiness.search': read('/lineOfBusiness/search'),
  'lineOfBusiness.get': read('/lineOfBusiness/10000'),
  'warehouse.search': read('/warehouse/search'),
  'warehouse.get': read('/warehouse/1000'),
  'orderSource.search': read('/orderSource/search'),
  'orderSource.get': read('/orderSource/501'),
  'fulfillmentPlan.search': read('/fulfillmentPlan/search'),
  'fulfillmentPlan.get': read('/fulfillmentPlan/7'),
  'customField.search': read('/customField/search'),
  'customField.get': read('/customField/301'),
  'item.search': read('/item/search'),
  'item.get': read('/item/5501'),
  'item.getBySKU': read('/item/getBySKU?lobId=10000&sku=MUG-B'),
  'carrier.search': read('/carrier/search'),
  'carrier.get': read('/carrier/1'),
  'carrierService.search': read('/carrierService/search'),
  'carrierService.get': read('/carrierService/12'),
  'orderLoadProgram.search': read('/orderLoadProgram/search'),
  'orderLoadProgram.get': read('/orderLoadProgram/1'),
};

test('a request of every operation is tried here', () => {
  expect(Object.keys(requests).sort()).toEqual(infoplusOperations.map(({ name }) => name).sort());
});

test.each(infoplusOperations)('$name without a fault', async ({ name, kind }) => {
  const request = await requests[name]?.();
  expect((await request?.send())?.status).toBeLessThan(202);
  expect(request?.done()).toBe(true);
  expect(sandbox.ledger().requests.at(-1)).toMatchObject({ operation: name, kind, fault: null, worked: true });
});

/** Beside those of the wire: errors in a success. */
const faults: readonly FaultCase[] = [
  ...wireFaults,
  ['errors-in-200', { message: 'Not today' }, 200, false],
  ['errors-in-200', { message: 'Not today', worked: true }, 200, true],
];

test.each(infoplusOperations.flatMap(({ name }) => faults.map((fault) => [name, ...fault] as const)))(
  '%s under %s %o',
  async (operation, ...fault) => {
    const [kind, more, status, done] = fault;
    const request = await requests[operation]?.();
    if (request === undefined) throw new Error(`no request of ${operation}`);
    sandbox.faults.add({ kind, operation, ...more } as InfoplusFault);
    await expectStruck(request.send, fault, ({ body }) => {
      failureShape.parse(body);
      return body.errors.join();
    });
    const isRead = infoplusOperations.some(({ name, kind: each }) => name === operation && each === 'read');
    // The work on a fault of the platform's own is to show it.
    expect(request.done()).toBe(done || (kind === 'errors-in-200' && (isRead || request.done === worked)));
    expect(sandbox.ledger().requests.at(-1)).toMatchObject({ operation, fault: kind, status });
    expect(sandbox.ledger().faults).toMatchObject([{ fired: 1 }]);
  },
);

test.each(['truncated', 'malformed'] as const)('a %s answer to a create that was done', async (kind) => {
  sandbox.faults.add({ kind, operation: 'order.create' });
  await expect(createOrder(sandbox)).rejects.toThrow('JSON');
  expect(sandbox.ledger().orders).toHaveLength(2);
});

test('an answer may come long after its work, or the work long after its request', async () => {
  sandbox.faults.add({ kind: 'late', operation: 'order.create', ms: 120_000 });
  const order = createOrder(sandbox);
  await sandbox.whenWorked('order.create', 2);
  expect(sandbox.ledger().orders).toHaveLength(2);
  sandbox.clock.advance(120_000);
  expect((await order).orderNo).toBe(48212);
  sandbox.faults.add({ kind: 'late-before', operation: 'order.delete', ms: 120_000 });
  const deletion = api(sandbox, 'DELETE', '/order/48212');
  await sandbox.whenRequest('order.delete');
  expect(sandbox.ledger().orders[1]?.deletedAt).toBeNull();
  sandbox.clock.advance(120_000);
  expect((await deletion).status).toBe(200);
});

test('an answer may take its time', async () => {
  sandbox.controls.settings({ latencyMs: 60_000 });
  const order = createOrder(sandbox);
  await sandbox.whenWorked('order.create', 2);
  sandbox.clock.advance(60_000);
  expect((await order).orderNo).toBe(48212);
  sandbox.controls.settings({ latencyMs: 0 });
});

test('what nobody documented can be hit too', async () => {
  sandbox.faults.add({ kind: '500-before', operation: 'unknown' });
  expect((await api(sandbox, 'GET', '/nowhere')).status).toBe(500);
  expect((await api(sandbox, 'GET', '/nowhere')).status).toBe(404);
});
