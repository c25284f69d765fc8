import {
  type InfoplusOptions,
  type InfoplusSandbox,
  infoplusOperations,
  infoplusSeed,
  type Sandbox,
  startSandbox,
} from '../../../src/sandbox/index.js';
import { type ApiAnswer, call } from '../http.js';
import { failureShape, successShapes } from './shapes.js';

/** Raw calls against the imitated Infoplus: no client of ours has a part in these tests. */

let running: Sandbox | undefined;

/** Starts it for one test; throttle and search lag are off, and no order is Pending, unless the test is about them. */
export async function infoplus(options: InfoplusOptions = {}): Promise<InfoplusSandbox> {
  running = await startSandbox({
    only: ['infoplus'],
    infoplus: { throttle: 'off', searchLagMs: 0, pendingMs: 0, ...options },
  });
  return running.infoplus;
}

export async function stopInfoplus(): Promise<void> {
  await running?.stop();
  running = undefined;
}

export const keyHeader = { 'API-Key': infoplusSeed.apiKey };

/** A call below `/infoplus-wms/api/v3.0` as it goes over the wire. */
export function raw(
  sandbox: InfoplusSandbox,
  method: string,
  path: string,
  body?: string,
  headers: Record<string, string> = keyHeader,
  version = 'v3.0',
): Promise<ApiAnswer> {
  return call(`${sandbox.url}/infoplus-wms/api/${version}${path}`, method, body, headers);
}

/** The same with a JSON body; every answer has to have the shape of its operation, and the status of its kind. */
export async function api(
  sandbox: InfoplusSandbox,
  method: string,
  path: string,
  body?: unknown,
  headers?: Record<string, string>,
): Promise<ApiAnswer> {
  const answer = await raw(sandbox, method, path, body === undefined ? undefined : JSON.stringify(body), headers);
  if (answer.status < 200 || answer.status > 299) {
    failureShape.parse(answer.body);
    return answer;
  }
  const operation = sandbox.ledger().requests.at(-1)?.operation ?? '';
  const shape = successShapes[operation];
  if (shape === undefined) throw new Error(`a shape of ${operation} is not known`);
  shape.parse(answer.body);
  const creates = /\.(create|attachFile|uploadFile)$/.test(operation);
  if (answer.status !== (creates ? 201 : 200)) throw new Error(`${operation} answered ${answer.status}`);
  return answer;
}

/** Names without a shape, for the test of these tests. */
export const operationsWithoutShape = () =>
  infoplusOperations.filter(({ name }) => successShapes[name] === undefined).map(({ name }) => name);

/** Query parameters, encoded. */
export const query = (members: Record<string, string>): string => `?${new URLSearchParams(members)}`;

export const billTo = {
  billToCompany: 'Dana Rivers',
  billToStreet: '88 Harbor Road',
  billToCity: 'Portland',
  billToState: 'Oregon',
  billToZip: '97205',
  billToCountry: 'UNITED STATES',
  billToEmail: 'dana@example.com',
};

export const shipTo = {
  shipToCompany: 'Sam Rivers',
  shipToStreet: '12 Elm Street',
  shipToCity: 'Austin',
  shipToState: 'Texas',
  shipToZip: '78701',
  shipToCountry: 'UNITED STATES',
};

/** An order of two mugs, for a customer whom nobody knows yet. */
export function newOrder(reference = 'SHOP-1', change: object = {}) {
  return {
    lobId: infoplusSeed.lobId,
    warehouseId: infoplusSeed.warehouseId,
    customerOrderNo: reference,
    customerNo: 'C-100',
    orderDate: '2026-03-02',
    carrierId: infoplusSeed.carrierId,
    ...billTo,
    ...shipTo,
    lineItems: [{ sku: 'MUG-B', orderedQty: 2 }],
    ...change,
  };
}

/** The quantity of each SKU as lines. */
export const linesOf = (quantities: Record<string, number>) => ({
  lineItems: Object.entries(quantities).map(([sku, orderedQty]) => ({ sku, orderedQty })),
});

/** Gives the order of the answer. */
export async function createOrder(sandbox: InfoplusSandbox, reference = 'SHOP-1', change: object = {}) {
  const { status, body } = await api(sandbox, 'POST', '/order', newOrder(reference, change));
  if (status !== 201) throw new Error(`the order was refused: ${JSON.stringify(body)}`);
  return body;
}

export const newCustomer = (change: object = {}) => ({
  lobId: infoplusSeed.lobId,
  customerNo: 'C-200',
  name: 'Robin Hill',
  street: '5 Mill Lane',
  city: 'Salem',
  state: 'Oregon',
  zipCode: '97301',
  country: 'UNITED STATES',
  packageCarrierId: 1,
  truckCarrierId: 100,
  weightBreak: 0,
  residential: 'Yes',
  ...change,
});

/** What a search finds, by its filter. */
export async function find(sandbox: InfoplusSandbox, filter: string, more: Record<string, string> = {}) {
  const { body } = await api(sandbox, 'GET', `/order/search${query({ filter, ...more })}`);
  return body;
}

export async function getOrder(sandbox: InfoplusSandbox, orderNo: number | string) {
  const { status, body } = await api(sandbox, 'GET', `/order/${orderNo}`);
  if (status !== 200) throw new Error(`there is no order ${orderNo}`);
  return body;
}
