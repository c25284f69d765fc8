import {
  type LogisticsPlusOptions,
  type LogisticsPlusSandbox,
  logisticsPlusSeed,
  type Sandbox,
  startSandbox,
} from '../../../src/sandbox/index.js';
import { type ApiAnswer, call } from '../http.js';
import { failureShape, successShapes } from './shapes.js';

/** Raw calls against the imitated Logistics Plus: no client of ours has a part in these tests. */

let running: Sandbox | undefined;

/** Starts it for one test; throttle, search lag and members that nobody documented are off unless the test is about them. */
export async function logisticsPlus(options: LogisticsPlusOptions = {}): Promise<LogisticsPlusSandbox> {
  running = await startSandbox({
    only: ['logistics-plus'],
    logisticsPlus: { throttle: 'off', searchLagMs: 0, extraFieldShare: 0, ...options },
  });
  return running.logisticsPlus;
}

export async function stopLogisticsPlus(): Promise<void> {
  await running?.stop();
  running = undefined;
}

export const keyHeaders = { 'x-api-key': logisticsPlusSeed.apiKey, 'organization-slug': logisticsPlusSeed.slug };

/** A call below `/warehouse/v1` as it goes over the wire. */
export function raw(
  sandbox: LogisticsPlusSandbox,
  method: string,
  path: string,
  body?: string,
  headers: Record<string, string> = keyHeaders,
): Promise<ApiAnswer> {
  return call(`${sandbox.url}/warehouse/v1${path}`, method, body, headers);
}

/** The same with a JSON body; every answer has to have the documented shape. */
export async function api(
  sandbox: LogisticsPlusSandbox,
  method: string,
  path: string,
  body?: unknown,
  headers?: Record<string, string>,
): Promise<ApiAnswer> {
  const answer = await raw(sandbox, method, path, body === undefined ? undefined : JSON.stringify(body), headers);
  const operation = sandbox.ledger().requests.at(-1)?.operation ?? '';
  const shape = answer.status === 200 ? successShapes[operation] : failureShape(answer.status);
  if (shape === undefined) throw new Error(`a shape of ${operation} is not known`);
  shape.parse(answer.body);
  return answer;
}

/** The documentation's order to a consumer: two mugs. */
export function newOrder(reference = 'SHOP-1', change: object = {}) {
  return {
    warehouseCode: 'LAW',
    primaryReference: reference,
    secondaryReference: 'WEB-1',
    shipToAddress: {
      address: {
        organization: 'Dana Rivers',
        addressLine1: '88 Harbor Road',
        addressLine2: '',
        country: 'USA',
        state: 'OR',
        city: 'Portland',
        postalCode: '97205',
      },
      contact: {
        personName: 'Dana Rivers',
        phoneNumber: '503-555-0142',
        mobileNumber: '',
        faxNumber: '',
        emailAddress: 'dana@example.com',
      },
    },
    requiredShipDate: '2026-03-09T00:00:00+00:00',
    orderLines: [{ externalLineReference: '010', productCode: 'MUG-B', quantity: 2, quantityUnit: 'UNT' }],
    additionalReferences: [{ key: 'ORD', value: reference }],
    note: 'GROUND - CHEAPEST',
    ...change,
  };
}

/** Gives the order of the answer. */
export async function createOrder(sandbox: LogisticsPlusSandbox, reference = 'SHOP-1', change: object = {}) {
  const { status, body } = await api(sandbox, 'POST', '/orders', newOrder(reference, change));
  if (status !== 200) throw new Error(`the order was refused: ${JSON.stringify(body)}`);
  return body.data;
}

/** The orders of a search. */
export async function search(sandbox: LogisticsPlusSandbox, reference = 'SHOP-1') {
  const { body } = await api(sandbox, 'GET', `/orders?PrimaryReference=${encodeURIComponent(reference)}`);
  return body.data.orders;
}
