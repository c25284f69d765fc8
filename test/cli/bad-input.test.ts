import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { platformNames } from '../../src/sandbox/index.js';
import { inputs } from '../../src/workflows/inputs.js';
import { buildFirst, inFolder, waybill } from './waybill.js';

buildFirst();
// Every case is a process of its own, and there may be ten of them at a time on two cores.
vi.setConfig({ testTimeout: 60_000 });
const file = inFolder();
const stories = [...inputs.keys()].join(', ');
const noHistories = fileURLToPath(new URL('.', import.meta.url));

// Stands where the Temporal server would be: whoever starts something has to knock here first.
let knocks = 0;
const server = createServer((socket) => {
  knocks++;
  socket.destroy();
});
let env: NodeJS.ProcessEnv;
beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  env = { TEMPORAL_ADDRESS: `127.0.0.1:${(server.address() as AddressInfo).port}` };
});
afterAll(() => {
  server.close();
});

const order = {
  connection: 'keap/acme',
  reference: 'EXT-1001',
  orderedAt: '2026-01-15T10:30:00-05:00',
  currency: 'USD',
  total: '49.90',
  contact: { email: 'ada@example.com' },
  lines: [{ sku: 'MUG-B', quantity: 2, unitPrice: '24.95' }],
  payment: { kind: 'taken', method: 'Check', reference: 'pay_9f2' },
};
const line = order.lines[0];
const without = (field: keyof typeof order) => ({ ...order, [field]: undefined });
const withLine = (change: object) => ({ ...order, lines: [{ ...line, ...change }] });

const atWarehouse = {
  connection: 'logistics-plus/acme',
  reference: 'WEB-1006',
  warehouseCode: 'LAW',
  shipToAddress: { address: { addressLine1: '12 Harbor Road', country: 'US' } },
  orderLines: [{ productCode: 'MUG-B', quantity: 2 }],
};
const withOrderLine = (change: object) => ({
  ...atWarehouse,
  orderLines: [{ ...atWarehouse.orderLines[0], ...change }],
});

const connections = file('waybill.json', {
  connections: {
    'keap/acme': { auth: { serviceAccountKey: 's3cret' } },
    'logistics-plus/acme': { apiKey: 's3cret' },
  },
});

/** Starts an order from a file, which must name the file and say what is wrong; nothing must be started. */
async function expectRefused(story: string, path: string, sayings: readonly string[]): Promise<void> {
  const { code, stdout, stderr } = await waybill(['start', story, path, '--connections', connections], { env });
  expect(stderr).toContain(path);
  for (const saying of sayings) expect(stderr).toContain(saying);
  expect({ code, stdout, knocks }).toEqual({ code: 2, stdout: '', knocks: 0 });
  expect(stderr).not.toMatch(/^\s+at /m);
}

describe.concurrent('an order that cannot be read ends with exit code 2, names file, field and what is expected', () => {
  test.for<[string, object, string[]]>([
    ['an unknown field', { ...order, colour: 'red' }, ['colour: is not a field of this input']],
    ['an unknown field of a line', withLine({ colour: 'red' }), ['lines[0].colour: is not a field']],
    ['a missing field', without('orderedAt'), ['orderedAt: is missing; expected a time with its offset']],
    ['a wrong type', { ...order, reference: 1001 }, ['reference: expected text']],
    ['no lines', { ...order, lines: [] }, ['lines: expected at least one line']],
    ['lines missing', without('lines'), ['lines: is missing; expected a list of lines']],
    ['quantity 0', withLine({ quantity: 0 }), ['lines[0].quantity: expected 1 or more']],
    ['quantity 1.5', withLine({ quantity: 1.5 }), ['lines[0].quantity: expected a whole number']],
    ['a negative price', withLine({ unitPrice: '-24.95' }), ['lines[0].unitPrice: must not be negative']],
    ['a price as a number', withLine({ unitPrice: 24.95 }), ['lines[0].unitPrice: write it as a string, e.g. "24.95"']],
    [
      'a price finer than cents',
      withLine({ unitPrice: '24.955' }),
      ['lines[0].unitPrice: expected an amount as a string with at most two decimals'],
    ],
    ['a negative total', { ...order, total: '-49.90' }, ['total: must not be negative']],
    ['a total that does not match', { ...order, total: '49.00' }, ['total: 49.00 is not the sum of the lines, 49.90']],
    ['no currency', without('currency'), ['currency: is missing; expected an ISO 4217 code']],
    ['an empty reference', { ...order, reference: '' }, ['reference: expected 1 to 30 letters']],
    ['a long reference', { ...order, reference: 'E'.repeat(31) }, ['reference: expected 1 to 30 letters']],
    [
      'a reference that cannot be searched for',
      { ...order, reference: 'EXT*1' },
      ['reference: expected 1 to 30 letters'],
    ],
    [
      'two lines under one reference',
      {
        ...order,
        total: '99.80',
        lines: [
          { ...line, ref: 'a' },
          { ...line, ref: 'A' },
        ],
      },
      ['lines[1].ref: "A" is the reference of another line'],
    ],
    [
      'an unknown connection',
      { ...order, connection: 'keap/nowhere' },
      ['connection: keap/nowhere is not in', 'expected one of: keap/acme, logistics-plus/acme'],
    ],
    [
      'what the transport cannot carry',
      { ...order, flow: 'place-order' },
      ['flow: place-order exists on XML-RPC only'],
    ],
    [
      'two mistakes at once',
      { ...withLine({ quantity: 0 }), currency: 'XXQ' },
      ['lines[0].quantity:', 'currency: expected an ISO 4217 code'],
    ],
    ['no object', [], ['the input:']],
  ])('%s', async ([name, content, sayings]) => {
    await expectRefused('keapOrder', file(`${name.replaceAll(' ', '-')}.json`, content), sayings);
  });

  test.for<[string, object, string[]]>([
    [
      'a rate group and a carrier',
      { ...atWarehouse, rateGroup: 'ECO', transportDetail: { carrierCode: 'FX' } },
      ['rateGroup: cannot be given together with transportDetail'],
    ],
    [
      'an Incoterm of nobody',
      { ...atWarehouse, forwardingData: { incoTerm: 'DDU' } },
      ['forwardingData.incoTerm: expected one of PPD, CLT'],
    ],
    [
      'a product code of 36 characters',
      withOrderLine({ productCode: 'P'.repeat(36) }),
      ['orderLines[0].productCode: expected text of 1 to 35 characters'],
    ],
    [
      'no warehouse code',
      { ...atWarehouse, warehouseCode: undefined },
      ['warehouseCode: is missing; expected the code'],
    ],
    ['a quantity of nought', withOrderLine({ quantity: 0 }), ['orderLines[0].quantity: expected more than 0']],
    [
      'a country of nobody',
      { ...atWarehouse, shipToAddress: { address: { addressLine1: '1 Mill Lane', country: 'UK' } } },
      ['shipToAddress.address.country: expected an ISO 3166 country code'],
    ],
    [
      'two order lines under one reference',
      {
        ...atWarehouse,
        orderLines: ['a', 'A'].map((externalLineReference) => ({
          externalLineReference,
          productCode: 'MUG-B',
          quantity: 1,
        })),
      },
      ['orderLines[1].externalLineReference: "A" is the reference of another line already'],
    ],
    ['a line with a price', withOrderLine({ unitPrice: '1.00' }), ['orderLines[0].unitPrice: is not a field']],
    [
      'a warehouse that is not configured',
      { ...atWarehouse, connection: 'logistics-plus/nowhere' },
      ['connection: logistics-plus/nowhere is not in'],
    ],
    [
      'an order for Keap',
      order,
      ['connection: expected "logistics-plus/<name>"', 'warehouseCode: is missing', 'currency: is not a field'],
    ],
  ])('at a warehouse: %s', async ([name, content, sayings]) => {
    await expectRefused('logisticsPlusOrder', file(`${name.replaceAll(' ', '-')}.json`, content), sayings);
  });

  test('from standard input', async () => {
    const input = JSON.stringify({ ...order, currency: 'dollars' });
    const { code, stderr } = await waybill(['start', 'keapOrder', '-'], { env, input });
    expect(stderr).toContain('standard input: currency: expected an ISO 4217 code');
    expect({ code, knocks }).toEqual({ code: 2, knocks: 0 });
  });

  test('a file that is not JSON', async () => {
    const path = file('broken.json', '{ "connection": "keap/acme",\n  "reference": "1" "total": "5" }');
    const { code, stderr } = await waybill(['start', 'keapOrder', path], { env });
    expect(stderr).toBe(`${path}: expected JSON; the mistake is in line 2, column 20\n`);
    expect({ code, knocks }).toEqual({ code: 2, knocks: 0 });
  });

  test('a file that does not exist', async () => {
    const { code, stderr } = await waybill(['start', 'keapOrder', '/nowhere/order.json'], { env });
    expect(stderr).toBe('/nowhere/order.json: there is no such file\n');
    expect({ code, knocks }).toEqual({ code: 2, knocks: 0 });
  });

  test('a story that is a part of another', async () => {
    const path = '/nowhere/cycle.json';
    const { code, stderr } = await waybill(['start', 'keapSubscriptionCycle', path], { env });
    expect(stderr).toBe(
      'keapSubscriptionCycle is a part of keapSubscription, and started by it alone: start keapSubscription\n',
    );
    expect({ code, knocks }).toEqual({ code: 2, knocks: 0 });
  });

  test('an unknown story', async () => {
    const { code, stderr } = await waybill(['start', 'keepOrder', file('order.json', order)], { env });
    expect(stderr).toBe(`story: expected one of ${stories}, not "keepOrder"\n`);
    expect({ code, knocks }).toEqual({ code: 2, knocks: 0 });
  });
});

describe.concurrent('a configuration that cannot be used ends a worker with exit code 2, and shows no secret', () => {
  test.for<[string, unknown, string[]]>([
    [
      'no credentials',
      { connections: { 'keap/acme': { auth: {} } } },
      ['connections["keap/acme"]: auth: expected exactly one of serviceAccountKey'],
    ],
    ['no auth', { connections: { 'keap/acme': {} } }, ['connections["keap/acme"]: auth:']],
    [
      'a variable that is not set',
      { connections: { 'keap/acme': { auth: { serviceAccountKey: { env: 'NO_SUCH_KEY' } } } } },
      ['auth.serviceAccountKey: the environment variable NO_SUCH_KEY is not set'],
    ],
    [
      'an unknown setting',
      { connections: { 'keap/acme': { auth: { serviceAccountKey: 's3cret' }, transprot: 'rest' } } },
      ['connections["keap/acme"]: transprot: is not a field'],
    ],
    [
      'a secret with a space',
      { connections: { 'keap/acme': { auth: { serviceAccountKey: 's3cret key' } } } },
      ['auth.serviceAccountKey: expected printable characters without spaces'],
    ],
    [
      'an unknown platform',
      { connections: { 'kepa/acme': { auth: { serviceAccountKey: 's3cret' } } } },
      ['connections["kepa/acme"]: its name must be <platform>/<name>'],
    ],
    ['no connection', { connections: {} }, ['connections: expected at least one']],
    ['no JSON', '{ "connections": { "keap/acme": { "auth": { "serviceAccountKey": s3cret', ['the file is not JSON']],
  ])('%s', async ([name, content, sayings]) => {
    const path = file(`config-${name.replaceAll(' ', '-')}.json`, content);
    const { code, stdout, stderr } = await waybill(['worker', '--connections', path], { env });
    expect(stderr).toContain(path);
    for (const saying of sayings) expect(stderr).toContain(saying);
    expect(stderr).not.toContain('s3cret');
    expect({ code, stdout, knocks }).toEqual({ code: 2, stdout: '', knocks: 0 });
  });

  test('a configuration that does not exist', async () => {
    const { code, stderr } = await waybill(['worker', '--connections', '/nowhere/waybill.json'], { env });
    expect(stderr).toBe('/nowhere/waybill.json cannot be used:\n  the file cannot be read\n');
    expect({ code, knocks }).toEqual({ code: 2, knocks: 0 });
  });
});

describe.concurrent('a command line that cannot be understood ends with exit code 2', () => {
  test.for<[string[], string]>([
    [['bogus'], "unknown command 'bogus'"],
    [['start'], "missing required argument 'story'"],
    [['status', '--bogus'], "unknown option '--bogus'"],
    [['status', 'keapOrder'], 'order: expected its workflow id'],
    [['status', 'keapOrder/keap/acme'], 'order: expected its workflow id'],
    [['status', 'shopOrder/keap/acme/1'], `story: expected one of ${stories}, not "shopOrder"`],
    [['resolve', 'keapOrder/keap/acme/1', 'hold-1'], 'resolve: answer:'],
    [['resolve', 'keapOrder/keap/acme/1', 'hold-1', 'maybe'], 'resolve: answer:'],
    [['send', 'ship', 'keapOrder/keap/acme/1'], 'update: expected one of cancel, resolve, not "ship"'],
    [['send', 'amend', 'logisticsPlusOrder/logistics-plus/acme/1', '--data', '{}'], '--data cannot be used:'],
    [['send', 'resolve', 'keapOrder/keap/acme/1', '--data', '{'], '--data: expected JSON'],
    [['replay'], 'replay: expected either files or --query'],
    [['replay', '/nowhere/history.json'], '/nowhere/history.json: the file cannot be read'],
    [['replay', noHistories], `${noHistories}: expected a folder with histories`],
    [['dev', '--port', 'http'], 'Expected a whole number'],
    [['dev', '--sandbox-port', '65535'], `--sandbox-port: expected ${65_536 - platformNames.length} at most`],
    [['dev', '/nowhere/example.json'], '/nowhere/example.json: there is no such file'],
    [['setup', '--code', 'abc'], '--code: expected one connection with it'],
  ])('%j', async ([args, saying]) => {
    const { code, stdout, stderr } = await waybill(args, { env });
    expect(stderr).toContain(saying);
    expect({ code, stdout, knocks }).toEqual({ code: 2, stdout: '', knocks: 0 });
  });
});

test('a Temporal server that is not there is one clear error within seconds', async () => {
  const started = Date.now();
  const { code, stderr } = await waybill(['status', 'keapOrder', 'keap/acme', 'EXT-1'], {
    env: { TEMPORAL_ADDRESS: '127.0.0.1:1' },
  });
  expect(stderr).toContain('No Temporal server answers at 127.0.0.1:1');
  expect(stderr).not.toMatch(/^\s+at /m);
  expect(code).toBe(1);
  expect(Date.now() - started).toBeLessThan(20_000);
}, 30_000);
