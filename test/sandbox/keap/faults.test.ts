import { connect } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type KeapFault, type KeapSandbox, keapOperations } from '../../../src/sandbox/index.js';
import {
  blankOrder,
  d,
  faultIn,
  i,
  intIn,
  keap,
  keyHeader,
  memberIn,
  newOrder,
  query,
  rest,
  s,
  stopKeap,
  t,
  xml,
} from './wire.js';

let sandbox: KeapSandbox;

beforeEach(async () => {
  sandbox = await keap();
});
afterEach(stopKeap);

/** A raw create; the body is left unread. */
const send = (signal?: AbortSignal) =>
  fetch(`${sandbox.restUrl}/orders`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...keyHeader },
    body: JSON.stringify(newOrder('EXT-1')),
    signal: signal ?? null,
  });
const orders = () => sandbox.ledger().orders.length;
const add = (fault: KeapFault) => sandbox.faults.add(fault);
const onCreate = { operation: 'orders.create' } as const;

test('reset-before drops the connection and does nothing; reset-after does the work first', async () => {
  const before = add({ kind: 'reset-before', ...onCreate });
  await expect(send()).rejects.toThrow('fetch failed');
  expect([orders(), before.fired]).toEqual([0, 1]);
  add({ kind: 'reset-after', ...onCreate });
  await expect(send()).rejects.toThrow('fetch failed');
  expect(orders()).toBe(1);
  expect((await send()).status).toBe(201);
  expect(sandbox.ledger().requests).toMatchObject([
    { operation: 'orders.create', fault: 'reset-before', worked: false, status: null },
    { operation: 'orders.create', fault: 'reset-after', worked: true, status: null },
    { operation: 'orders.create', fault: null, worked: true, status: 201, credential: 'sak-1', method: 'POST' },
  ]);
});

test.each([
  ['500-before', 500, 0],
  ['500-after', 500, 1],
  ['401', 401, 0],
  ['business', 400, 0],
] as const)('%s answers %i', async (kind, status, kept) => {
  add({ kind, ...onCreate });
  const answer = await send();
  expect(answer.status).toBe(status);
  expect(((await answer.json()) as { code: number }).code).toBe(status);
  expect(orders()).toBe(kept);
});

test.each([
  [{}, null],
  [{ retryAfter: 7 }, '7'],
  [{ retryAfter: 7, form: 'date' }, 'date'],
] as const)('429 with %o', async (form, expected) => {
  add({ kind: '429', ...onCreate, ...form });
  const answer = await send();
  expect(answer.status).toBe(429);
  const header = answer.headers.get('retry-after');
  if (expected !== 'date') expect(header).toBe(expected);
  else expect(Math.abs(Date.parse(header ?? '') - sandbox.clock.now() - 7000)).toBeLessThan(2000);
  expect([orders(), sandbox.ledger().throttleBreaches.length]).toEqual([0, 0]);
});

test.each([
  ['html', 200],
  ['truncated', 201],
  ['malformed', 201],
] as const)('%s cannot be read as JSON, with the work done or not', async (kind, status) => {
  add({ kind, ...onCreate });
  const answer = await send();
  expect(answer.status).toBe(status);
  await expect(answer.json()).rejects.toThrow(SyntaxError);
  expect(orders()).toBe(1);
  add({ kind, ...onCreate, worked: false });
  await expect((await send()).json()).rejects.toThrow(SyntaxError);
  expect(orders()).toBe(1);
});

test('late does the work at once and answers when the time has come', async () => {
  add({ kind: 'late', ...onCreate, ms: 3_600_000 });
  const answer = send();
  await sandbox.whenWorked('orders.create');
  expect(orders()).toBe(1);
  sandbox.clock.advance(3_600_000);
  expect((await answer).status).toBe(201);
});

test('late-before does the work in the end, although the caller has gone', async () => {
  add({ kind: 'late-before', ...onCreate, ms: 3_600_000 });
  const caller = new AbortController();
  const answer = send(caller.signal);
  await sandbox.whenRequest('orders.create');
  caller.abort();
  await expect(answer).rejects.toThrow('aborted');
  expect(orders()).toBe(0);
  sandbox.clock.advance(3_600_000);
  await sandbox.whenWorked('orders.create');
  expect(orders()).toBe(1);
});

test('slow-body sends its head at once and its body in pieces', async () => {
  add({ kind: 'slow-body', ...onCreate, ms: 3_600_000 });
  const answer = await send();
  expect(answer.status).toBe(201);
  const body = answer.json();
  // Each piece starts a wait of its own, so time is moved on until the last has come.
  const moving = setInterval(() => sandbox.clock.advance(3_600_000), 1);
  try {
    expect(((await body) as { id: string }).id).toBe('2075');
  } finally {
    clearInterval(moving);
  }
});

test('huge is a right answer of the size wanted', async () => {
  add({ kind: 'huge', ...onCreate, bytes: 3 * 1024 * 1024 });
  const text = await (await send()).text();
  expect(text.length).toBe(3 * 1024 * 1024);
  expect(JSON.parse(text).id).toBe('2075');
});

test('refuse answers the call, then nobody gets in until the time is over', async () => {
  add({ kind: 'refuse', ...onCreate, ms: 3_600_000 });
  const answer = await send();
  expect([answer.status, answer.headers.get('connection')]).toEqual([201, 'close']);
  await answer.text();
  expect(await connectionError()).toBe('ECONNREFUSED');
  await expect(send()).rejects.toThrow('fetch failed');
  sandbox.clock.advance(3_600_000);
  await expect.poll(connectionError).toBe(null);
  expect((await send()).status).toBe(201);
});

test('refuse by count resets as many connections as they come in', async () => {
  sandbox.refuse({ connections: 2 });
  await expect(send()).rejects.toThrow('fetch failed');
  await expect(send()).rejects.toThrow('fetch failed');
  expect((await send()).status).toBe(201);
  expect(orders()).toBe(1);
});

/** The code with which a bare connection fails, or null when it is made. */
function connectionError(): Promise<string | null> {
  return new Promise((resolve) => {
    const socket = connect(sandbox.port, '127.0.0.1', () => {
      socket.destroy();
      resolve(null);
    });
    socket.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? ''));
  });
}

test('a fault strikes from the nth call on and so many times, by operation, list, kind or all', async () => {
  const second = add({ kind: '500-before', operation: ['orders.create', 'orders.get'], nth: 2, times: 2 });
  const write = add({ kind: '401', operation: 'write', nth: 4 });
  const statuses = [];
  for (let count = 0; count < 5; count += 1) statuses.push((await send()).status);
  expect(statuses).toEqual([201, 500, 500, 401, 201]);
  expect([second.fired, write.fired]).toEqual([2, 1]);
  add({ kind: '500-before', operation: '*' });
  expect((await rest(sandbox, 'GET', '/merchants')).status).toBe(500);
  add({ kind: '500-before', operation: 'read' });
  expect((await send()).status).toBe(201);
  sandbox.faults.clear();
  expect((await rest(sandbox, 'GET', '/merchants')).status).toBe(200);
});

test('XML-RPC: an operation carries its table, and may be named without it', async () => {
  add({ kind: 'business', operation: 'DataService.query:Job', message: 'no' });
  const ask = (table: string) =>
    xml(
      sandbox,
      'DataService.findByField',
      s(table),
      i(1),
      i(0),
      s('Id'),
      s('1'),
      '<value><array><data/></array></value>',
    );
  add({ kind: 'business', operation: 'DataService.findByField:Invoice', message: 'not this one' });
  expect(faultIn(await ask('Job')).code).toBe(11);
  expect(faultIn(await ask('Invoice'))).toEqual({ code: 12, text: '[InvalidParameter]not this one' });
  add({ kind: 'business', operation: 'DataService.findByField', message: 'none' });
  expect(faultIn(await ask('Job'))).toEqual({ code: 12, text: '[InvalidParameter]none' });
});

test('XML-RPC: the method fails although the card was charged', async () => {
  const invoiceId = await blankOrder(sandbox);
  add({ kind: 'fault-after', operation: 'InvoiceService.chargeInvoice' });
  const charge = () =>
    xml(
      sandbox,
      'InvoiceService.chargeInvoice',
      i(invoiceId),
      s('x'),
      i(71),
      i(9),
      '<value><boolean>0</boolean></value>',
    );
  expect(faultIn(await charge())).toEqual({
    code: 0,
    text: 'Failed to invoke method chargeInvoice in class com.infusionsoft.api.xmlrpc.XmlRpcInvoiceService: null',
  });
  expect(sandbox.ledger().orders[0]).toMatchObject({ paid: 49.9, payStatus: 1 });
  expect(memberIn(await charge(), 'Code')).toBe('SKIPPED');
});

test('XML-RPC: a brownout switches it off for its time, and only it', async () => {
  add({ kind: 'brownout', operation: '*', ms: 60_000 });
  expect((await rest(sandbox, 'GET', '/merchants')).status).toBe(200);
  await expect(blankOrder(sandbox)).rejects.toThrow('XML-RPC answered 503');
  sandbox.clock.advance(59_000);
  await expect(blankOrder(sandbox)).rejects.toThrow('XML-RPC answered 503');
  expect(orders()).toBe(0);
  sandbox.clock.advance(1_000);
  expect(await blankOrder(sandbox)).toBe(2087);
});

test('charges: decline and gateway-error strike charges only', async () => {
  const invoiceId = await blankOrder(sandbox);
  add({ kind: 'decline', operation: 'write' });
  await xml(
    sandbox,
    'InvoiceService.addManualPayment',
    i(invoiceId),
    d(1),
    t('20260115T10:31:00'),
    s('Cash'),
    s('x'),
    '<value><boolean>0</boolean></value>',
  );
  const pay = async () => {
    const body = { payment_method_id: 'pm-71', payment_amount: 1, apply_to_commissions: false };
    return (await rest(sandbox, 'POST', '/orders/2075/payments', body)).body.payment_status_message;
  };
  expect(await pay()).toBe('DECLINED');
  add({ kind: 'gateway-error', operation: 'orderPayments.create' });
  expect([await pay(), await pay()]).toEqual(['ERROR', 'APPROVED']);
});

test('the token endpoint can lose its answer, and with it the only refresh token', async () => {
  add({ kind: 'reset-after', operation: 'token' });
  const refresh = () =>
    fetch(sandbox.tokenUrl, {
      method: 'POST',
      headers: { authorization: `Basic ${Buffer.from('sandbox-client:sandbox-secret').toString('base64')}` },
      body: new URLSearchParams({ grant_type: 'refresh_token', refresh_token: 'sandbox-refresh-token-0' }),
    });
  await expect(refresh()).rejects.toThrow('fetch failed');
  expect((await refresh()).status).toBe(400);
  expect(sandbox.ledger().tokenRefreshes).toBe(1);
});

test('every operation that can be called is listed, with its kind', async () => {
  const names = keapOperations.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  const writes = keapOperations.filter(({ kind }) => kind === 'write').map(({ name }) => name);
  expect(writes).toEqual(
    expect.arrayContaining([
      'token',
      'orders.create',
      'orderPayments.create',
      'InvoiceService.addOrderItem',
      'DataService.update:Job',
    ]),
  );
  expect(writes).not.toContain('DataService.update:Invoice');
  await blankOrder(sandbox);
  await rest(sandbox, 'GET', `/orders${query({ filter: 'id==1' })}`);
  expect(intIn(await xml(sandbox, 'InvoiceService.getOrderId', i(2087)))).toBe(2075);
  for (const { operation } of sandbox.ledger().requests) expect(names).toContain(operation);
});

test('a fault that is none is refused with the name of what is wrong', () => {
  expect(() => add({ kind: 'late', operation: 'orders.create' } as never)).toThrow('ms');
  expect(() => add({ kind: 'refuse', operation: '*' })).toThrow('refuse needs ms or connections');
  expect(() => add({ kind: 'explode', operation: '*' } as never)).toThrow('kind');
});
