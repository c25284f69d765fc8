import { expect } from 'vitest';
import { type InfoplusSandbox, infoplusSeed } from '../../../src/sandbox/index.js';
import { plainOrder } from './rig.js';

/** What a person or another program at the same site does. */
async function call({ url }: InfoplusSandbox, method: string, path: string, body?: object): Promise<Response> {
  return fetch(`${url}/infoplus-wms/api/v3.0${path}`, {
    method,
    headers: { 'API-Key': infoplusSeed.apiKey, Accept: 'application/json', 'Content-Type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}

/** The plain order, but for what `change` says. @returns its number */
export async function createByHand(sandbox: InfoplusSandbox, reference: string, change: object = {}): Promise<string> {
  const { tags, customFields, ...order } = plainOrder();
  const { lobId, warehouseId, carrierId } = infoplusSeed;
  const answer = await call(sandbox, 'POST', '/order', {
    ...order,
    ...{ lobId, warehouseId, carrierId, customerOrderNo: reference },
    ...{ billToState: 'Arizona', billToCountry: 'UNITED STATES' },
    ...change,
  });
  expect(answer.status, await answer.clone().text()).toBe(201);
  const { orderNo } = (await answer.json()) as { orderNo: number };
  return String(orderNo);
}

/** A customer who lives elsewhere than {@link plainOrder} says. */
export async function createCustomerByHand(sandbox: InfoplusSandbox, customerNo: string): Promise<void> {
  const answer = await call(sandbox, 'POST', '/customer', {
    ...{ lobId: infoplusSeed.lobId, customerNo, name: 'Ada Stone', street: '7 Old Road', city: 'Mesa' },
    ...{ state: 'Arizona', zipCode: '85201', country: 'UNITED STATES', packageCarrierId: 1, truckCarrierId: 100 },
    ...{ weightBreak: 0, residential: 'No' },
  });
  expect(answer.status, await answer.clone().text()).toBe(201);
}

/** What Infoplus answers to a question about one order: 404 when there is none. */
export const statusOfGet = async (sandbox: InfoplusSandbox, orderNo: string): Promise<number> =>
  (await call(sandbox, 'GET', `/order/${orderNo}`)).status;
