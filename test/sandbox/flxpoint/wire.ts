import {
  type FlxpointOptions,
  type FlxpointSandbox,
  flxpointSeed,
  type Sandbox,
  startSandbox,
} from '../../../src/sandbox/index.js';
import { type ApiAnswer, call } from '../http.js';
import { shapes } from './shapes.js';

/** Raw calls against the imitated Flxpoint: no client of ours has a part in these tests. */

let running: Sandbox | undefined;

/** Starts it for one test; the throttle is off unless the test is about it. */
export async function flxpoint(options: FlxpointOptions = {}): Promise<FlxpointSandbox> {
  running = await startSandbox({ only: ['flxpoint'], flxpoint: { throttle: 'off', ...options } });
  return running.flxpoint;
}

export async function stopFlxpoint(): Promise<void> {
  await running?.stop();
  running = undefined;
}

export type TokenKind = keyof typeof flxpointSeed.tokens;

/** A call as it goes over the wire. */
export function raw(
  sandbox: FlxpointSandbox,
  method: string,
  path: string,
  body?: string,
  headers: Record<string, string> = { 'x-api-token': flxpointSeed.tokens.account },
): Promise<ApiAnswer> {
  return call(`${sandbox.url}${path}`, method, body, headers);
}

/** The same with a JSON body and a token of a kind; what is answered with 200 has to have the documented shape. */
export async function api(
  sandbox: FlxpointSandbox,
  method: string,
  path: string,
  body?: unknown,
  kind: TokenKind = 'account',
): Promise<ApiAnswer> {
  const headers = { 'x-api-token': flxpointSeed.tokens[kind] };
  const answer = await raw(sandbox, method, path, body === undefined ? undefined : JSON.stringify(body), headers);
  const operation = sandbox.ledger().requests.at(-1)?.operation ?? '';
  if (answer.status >= 400) shapes.error.parse(answer.body);
  else if (answer.text !== '') {
    const shape = shapes.successes[operation];
    if (shape === undefined) throw new Error(`a shape of ${operation} is not known`);
    shape.parse(answer.body);
  }
  return answer;
}

/** The first of the seeded orders. */
export const [orderId] = flxpointSeed.orderIds;

/** Listing variant of a SKU in the first channel. */
export function listingOf(sku: string): number | null | undefined {
  return flxpointSeed.variants.find((variant) => variant.sku === sku)?.listingVariantId;
}

/** Two kettles. */
export const kettles = { price: 89, quantity: 2, listingVariantId: listingOf('KETTLE-E') };

/** Adds a line; gives it as the answer shows it. */
export async function addLine(sandbox: FlxpointSandbox, change: object = {}, id: number = orderId) {
  const { status, body } = await api(sandbox, 'POST', `/orders/${id}/items`, { ...kettles, ...change });
  if (status !== 200) throw new Error(`the line was refused: ${JSON.stringify(body)}`);
  return body.orderItems.at(-1);
}

export async function readOrder(sandbox: FlxpointSandbox, id: number = orderId) {
  return (await api(sandbox, 'GET', `/orders/${id}`)).body;
}

/** The line of an order as it is read. */
export async function readLine(sandbox: FlxpointSandbox, orderItemId: number, id: number = orderId) {
  const { orderItems } = await readOrder(sandbox, id);
  return orderItems.find((item: { id: number }) => item.id === orderItemId);
}

/** A line of two kettles in a request that its source has been sent. */
export async function sentLine(sandbox: FlxpointSandbox) {
  const { id: orderItemId } = await addLine(sandbox);
  const { fulfillmentRequestId } = sandbox.controls.generateFulfillmentRequest({ orderId, items: [{ orderItemId }] });
  sandbox.controls.process({ fulfillmentRequestId });
  return { orderItemId, fulfillmentRequestId, path: `/fulfillment-requests/${fulfillmentRequestId}` };
}
