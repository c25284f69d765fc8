import {
  type KeapOptions,
  type KeapSandbox,
  keapSeed,
  type Sandbox,
  startSandbox,
} from '../../../src/sandbox/index.js';

/** Raw calls against the imitated Keap: no client of ours has a part in these tests. */

let running: Sandbox | undefined;

/** Starts Keap for one test; throttle and search lag are off unless the test is about them. */
export async function keap(options: KeapOptions = {}): Promise<KeapSandbox> {
  running = await startSandbox({ keap: { throttle: 'off', searchLagMs: 0, ...options } });
  return running.keap;
}

export async function stopKeap(): Promise<void> {
  await running?.stop();
  running = undefined;
}

export const keyHeader = { 'x-keap-api-key': keapSeed.serviceAccountKey };

export interface RestAnswer {
  status: number;
  headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: the tests state the shapes themselves
  body: any;
}

/** A REST v2 call with the seeded service account key. */
export async function rest(
  sandbox: Pick<KeapSandbox, 'restUrl'>,
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = keyHeader,
): Promise<RestAnswer> {
  const response = await fetch(`${sandbox.restUrl}${path}`, {
    method,
    headers: body === undefined ? headers : { 'content-type': 'application/json', ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text === '' ? null : JSON.parse(text) };
}

/** A REST v1 call with the seeded service account key. */
export async function restV1(
  sandbox: KeapSandbox,
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<RestAnswer> {
  return rest({ restUrl: sandbox.restV1Url }, method, path, body, { ...keyHeader, ...headers });
}

/** `filter` and other query members, encoded as the documentation asks. */
export const query = (members: Record<string, string>): string => `?${new URLSearchParams(members)}`;

const tag = (type: string) => (text: string | number) => `<value><${type}>${text}</${type}></value>`;
export const i = tag('int');
export const d = tag('double');
export const b = tag('boolean');
export const s = tag('string');
export const t = tag('dateTime.iso8601');
export const list = (...values: string[]) => `<value><array><data>${values.join('')}</data></array></value>`;
export const fields = (...names: string[]) => list(...names.map(s));
export const members = (values: Record<string, string>) =>
  `<value><struct>${Object.entries(values)
    .map(([name, value]) => `<member><name>${name}</name>${value}</member>`)
    .join('')}</struct></value>`;

/** The dummy in the place of the private key. */
export const dummyKey = s('header-auth');

/** An XML-RPC call with the dummy key in front; gives the answer's text. */
export async function xml(sandbox: KeapSandbox, method: string, ...params: string[]): Promise<string> {
  return xmlText(sandbox, callText(method, dummyKey, ...params));
}

export function callText(method: string, ...params: string[]): string {
  const inner = params.map((param) => `<param>${param}</param>`).join('');
  return `<?xml version="1.0"?><methodCall><methodName>${method}</methodName><params>${inner}</params></methodCall>`;
}

export async function xmlText(sandbox: KeapSandbox, body: string): Promise<string> {
  const response = await fetch(sandbox.xmlrpcUrl, {
    method: 'POST',
    headers: { 'content-type': 'text/xml; charset=UTF-8', ...keyHeader },
    body,
  });
  if (response.status !== 200) throw new Error(`XML-RPC answered ${response.status}`);
  return response.text();
}

/** The one integer of an answer. */
export function intIn(answer: string): number {
  const found = /<i4>(-?\d+)<\/i4>/.exec(answer)?.[1];
  if (found === undefined) throw new Error(`no integer in ${answer}`);
  return Number(found);
}

/** A member's raw text, tags and all; undefined when the member is missing. */
export function memberIn(answer: string, name: string): string | undefined {
  return new RegExp(`<member><name>${name.replace(/[()]/g, '\\$&')}</name><value>(.*?)</value></member>`).exec(
    answer,
  )?.[1];
}

export interface Fault {
  code: number;
  text: string;
}

/** The fault of an answer; fails the test when it is none. */
export function faultIn(answer: string): Fault {
  const text = memberIn(answer, 'faultString');
  if (text === undefined) throw new Error(`no fault in ${answer}`);
  return { code: intIn(answer), text };
}

/** A new order over REST: two mugs and shipping, 54.90 in all, under the reference. */
export function newOrder(reference: string): Record<string, unknown> {
  return {
    contact_id: '55',
    order_title: `${reference} | web shop`,
    order_time: '2026-01-15T15:30:00Z',
    order_type: 'ONLINE',
    custom_fields: [{ id: '31', content: reference }],
    order_items: [
      {
        item_type: 'PRODUCT',
        product_id: '17',
        quantity: 2,
        price_per_unit: 24.95,
        name: 'Blue mug',
        notes: `[${reference}#1]`,
      },
      {
        item_type: 'SHIPPING',
        quantity: 1,
        price_per_unit: 5,
        name: 'Standard shipping',
        notes: `[${reference}#ship]`,
      },
    ],
  };
}

export async function createOrder(sandbox: KeapSandbox, reference = 'EXT-1001'): Promise<RestAnswer['body']> {
  const { status, body } = await rest(sandbox, 'POST', '/orders', newOrder(reference));
  if (status !== 201) throw new Error(`the order was refused: ${JSON.stringify(body)}`);
  return body;
}

/** A new order over XML-RPC with one line; gives the invoice's id. */
export async function blankOrder(sandbox: KeapSandbox, title = 'EXT-1001 | web shop', price = 24.95, quantity = 2) {
  const made = await xml(
    sandbox,
    'InvoiceService.createBlankOrder',
    i(55),
    s(title),
    t('20260115T10:30:00'),
    i(0),
    i(0),
  );
  const invoiceId = intIn(made);
  await xml(
    sandbox,
    'InvoiceService.addOrderItem',
    i(invoiceId),
    i(17),
    i(4),
    d(price),
    i(quantity),
    s('Blue mug'),
    s('[EXT-1001#1]'),
  );
  return invoiceId;
}
