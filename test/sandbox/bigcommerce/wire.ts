import {
  type BigcommerceOptions,
  type BigcommerceSandbox,
  bigcommerceSeed,
  type Sandbox,
  startSandbox,
} from '../../../src/sandbox/index.js';
import { type ApiAnswer, call } from '../http.js';
import { shapes } from './shapes.js';

/** Raw calls against the imitated BigCommerce: no client of ours has a part in these tests. */

let running: Sandbox | undefined;

/** Starts it for one test; the throttle is off unless the test is about it. */
export async function bigcommerce(options: BigcommerceOptions = {}): Promise<BigcommerceSandbox> {
  running = await startSandbox({ only: ['bigcommerce'], bigcommerce: { throttle: 'off', ...options } });
  return running.bigcommerce;
}

export async function stopBigcommerce(): Promise<void> {
  await running?.stop();
  running = undefined;
}

export type TokenName = keyof typeof bigcommerceSeed.tokens;
export const tokenHeaders = (name: TokenName = 'full') => ({ 'x-auth-token': bigcommerceSeed.tokens[name].token });

const store = `/stores/${bigcommerceSeed.storeHash}`;

/** A call as it goes over the wire. */
export function raw(
  sandbox: BigcommerceSandbox,
  method: string,
  path: string,
  body?: string,
  headers: Record<string, string> = tokenHeaders(),
): Promise<ApiAnswer> {
  return call(`${sandbox.url}${path}`, method, body, headers);
}

/** The same with a JSON body, below the store: `/v2/orders`. What is answered has to have the documented shape. */
export async function api(
  sandbox: BigcommerceSandbox,
  method: string,
  path: string,
  body?: unknown,
  name: TokenName = 'full',
): Promise<ApiAnswer> {
  const text = body === undefined ? undefined : JSON.stringify(body);
  const answer = await raw(sandbox, method, `${store}${path}`, text, tokenHeaders(name));
  const request = sandbox.ledger().requests.findLast((each) => each.method === method && each.path.endsWith(path));
  const version = path.startsWith('/v2') ? 'v2' : 'v3';
  if (answer.body === null) return answer;
  const shape = answer.status < 400 ? shapes.successes[request?.operation ?? ''] : shapes.errors[version];
  shape?.parse(answer.body);
  return answer;
}

/** A call to the host that takes payments, with a token of its own kind. */
export function payHost(sandbox: BigcommerceSandbox, token: string, body: unknown): Promise<ApiAnswer> {
  const headers = { authorization: `PAT ${token}`, accept: 'application/vnd.bc.v1+json' };
  return raw(sandbox, 'POST', `${store}/payments`, JSON.stringify(body), headers);
}

/** Ids of the seed by SKU. */
export function product(sku: string) {
  for (const { id, variants } of bigcommerceSeed.products) {
    const variant = variants.find((each) => each.sku === sku);
    if (variant !== undefined) return { product_id: id, variant_id: variant.id };
  }
  throw new Error(`the seed has no ${sku}`);
}

export const address = bigcommerceSeed.billing;

/** Two mugs with tax and a name on one of them, shipped for nine dollars: 67.30 in all, 5.30 of it tax. */
export const content = {
  status_id: 7,
  external_order_id: 'WF-2026-000815',
  payment_method: 'Manual',
  shipping_cost_ex_tax: '9.00',
  shipping_cost_inc_tax: '9.00',
  billing_address: address,
  shipping_addresses: [{ ...address, shipping_method: 'Flat rate' }],
  products: [
    { ...product('MUG-B'), quantity: 2, price_ex_tax: 25, price_inc_tax: 27.5 },
    { name: 'Engraving', sku: 'ENGRAVE', quantity: 1, price_ex_tax: 3, price_inc_tax: 3.3 },
  ],
};

/** Makes an order; gives it as the answer shows it. */
export async function createOrder(sandbox: BigcommerceSandbox, changes: object = {}) {
  const { status, body } = await api(sandbox, 'POST', '/v2/orders', { ...content, ...changes });
  if (status !== 201) throw new Error(`the order was refused: ${JSON.stringify(body)}`);
  return body;
}

export async function readOrder(sandbox: BigcommerceSandbox, id: number) {
  return (await api(sandbox, 'GET', `/v2/orders/${id}`)).body;
}

export async function readLines(sandbox: BigcommerceSandbox, id: number) {
  return (await api(sandbox, 'GET', `/v2/orders/${id}/products`)).body;
}

/** Everything of the order that has not left yet, in one parcel. */
export async function ship(sandbox: BigcommerceSandbox, id: number, changes: object = {}) {
  const [first] = (await api(sandbox, 'GET', `/v2/orders/${id}/shipping_addresses`)).body;
  const lines = await readLines(sandbox, id);
  const items = lines.flatMap((line: { id: number; quantity: number; quantity_shipped: number }) => {
    const quantity = line.quantity - line.quantity_shipped;
    return quantity > 0 ? [{ order_product_id: line.id, quantity }] : [];
  });
  const parcel = { order_address_id: first.id, tracking_number: '1Z999', shipping_provider: 'ups', items, ...changes };
  return api(sandbox, 'POST', `/v2/orders/${id}/shipments`, parcel);
}
