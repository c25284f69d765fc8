import { once } from 'node:events';
import { type AddressInfo, connect } from 'node:net';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { address, event, NEXT_SECRET, openRig, PATH, type Rig, SECRET } from './rig.js';

/** Posts it, and gives what a sender sees. */
async function post({ app }: Rig, url: string, payload: unknown = event(1042), headers: Record<string, string> = {}) {
  const body = typeof payload === 'string' || Buffer.isBuffer(payload) ? payload : JSON.stringify(payload);
  const answer = await app.inject({
    method: 'POST',
    url,
    headers: { 'content-type': 'application/json', ...headers },
    payload: body,
  });
  return { status: answer.statusCode, body: answer.body, headers: answer.headers };
}

const metrics = async ({ app }: Rig) => (await app.inject('/metrics')).body;
const ended = (connection: string, outcome: string, n: number) =>
  `waybill_webhooks_total{connection="${connection}",outcome="${outcome}"} ${n}\n`;

test('a webhook is kept, then acknowledged', async () => {
  const rig = openRig();
  const { status, body, headers } = await post(rig, address(), event(1042, 1043, 1042));
  expect({ status, body }).toEqual({ status: 200, body: '{}' });
  expect(headers['content-type']).toBe('application/json; charset=utf-8');
  expect(rig.kept).toEqual([['keap/acme', ['order.edit:1042', 'order.edit:1043']]]);
  expect(await metrics(rig)).toContain(ended('keap/acme', 'accepted', 1));
  expect(await metrics(rig)).toContain(ended('keap/shown', 'accepted', 0));
  expect(await metrics(rig)).toContain('waybill_webhooks_received_total{connection="keap/acme"} 1\n');
});

test('it is not acknowledged before it is kept', async () => {
  const rig = openRig();
  let open = () => {};
  rig.gate = new Promise((resolve) => {
    open = resolve;
  });
  let answered = false;
  const answer = post(rig, address()).then((it) => {
    answered = true;
    return it;
  });
  await vi.waitFor(() => expect(rig.asked).toBe(1));
  // By the time that a whole other one has been answered, this would have been, too.
  expect((await post(rig, address(), 'no JSON')).status).toBe(400);
  expect(answered).toBe(false);
  open();
  expect((await answer).status).toBe(200);
});

test('what cannot be kept is 503, with when to try again; sent again it is kept once', async () => {
  const rig = openRig();
  rig.broken = new Error('failed to signal', { cause: new Error('14 UNAVAILABLE: nobody there') });
  const { status, body, headers } = await post(rig, address());
  expect({ status, body }).toEqual({ status: 503, body: '{"error":"not accepted now: send it again"}' });
  expect(headers['retry-after']).toBe('10');
  expect(rig.kept).toEqual([]);
  expect(rig.logged).toEqual([expect.stringContaining('UNAVAILABLE: nobody there')]);
  expect(await metrics(rig)).toContain(ended('keap/acme', 'failed', 1));
  rig.broken = undefined;
  expect((await post(rig, address())).status).toBe(200);
  expect(rig.kept).toEqual([['keap/acme', ['order.edit:1042']]]);
});

describe('an address that there is not says nothing', () => {
  test.each([
    ['a wrong path', address('keap/acme', 'kX3_v9-QmZ7pLw2U')],
    ['the beginning of the path', address('keap/acme', PATH.slice(0, -1))],
    ['a longer path', address('keap/acme', `${PATH}x`)],
    ['no path', '/webhooks/keap/acme/'],
    ['an unknown connection', address('keap/nobody')],
    ['an unknown platform', address('shop/acme')],
    ['a name with a slash', '/webhooks/keap%2Facme/x/y'],
    ['a member of every object', '/webhooks/__proto__/constructor/x'],
    ['a very long path', address('keap/acme', 'x'.repeat(5_000))],
    ['an address that cannot be read', '/webhooks/keap/acme/%E0%A4%A'],
    ['the root', '/'],
  ])('%s', async (_name, url) => {
    const rig = openRig();
    const { status, body } = await post(rig, url, 'x'.repeat(1024 * 1024));
    expect({ status, body }).toEqual({ status: 404, body: '{"error":"there is nothing at this address"}' });
    expect(rig.kept).toEqual([]);
    expect(rig.logged).toEqual([]);
  });

  test('and is counted', async () => {
    const rig = openRig();
    await post(rig, address('keap/nobody'));
    await post(rig, address('keap/acme', 'x'.repeat(16)));
    expect(await metrics(rig)).toContain('waybill_webhooks_unknown_total 2\n');
  });
});

describe('who does not show the secret is refused, whatever he sends', () => {
  test.each([
    ['none', ''],
    ['another', '?secret=the-secret-of-yesterday'],
    ['an empty one', '?secret='],
    ['the right one twice', `?secret=${SECRET}&secret=${SECRET}`],
    ['the right one under another name', `?key=${SECRET}`],
    ['a wrong one in an object', `?secret[x]=${SECRET}`],
  ])('%s', async (_name, query) => {
    const rig = openRig();
    for (const sent of [event(1), 'not JSON', '', { primaryReference: 'x' }]) {
      const { status, body } = await post(rig, `${address('keap/shown')}${query}`, sent, { 'x-hook-secret': 'abc' });
      expect({ status, body }).toEqual({
        status: 401,
        body: '{"error":"the signature or the secret is missing or wrong"}',
      });
    }
    expect(rig.kept).toEqual([]);
    expect(await metrics(rig)).toContain(ended('keap/shown', 'forged', 4));
  });

  test('either secret is good while one is changed for the other', async () => {
    const rig = openRig();
    for (const secret of [SECRET, NEXT_SECRET]) {
      expect((await post(rig, `${address('keap/shown')}?secret=${secret}`)).status).toBe(200);
    }
    expect(rig.kept).toHaveLength(2);
  });
});

test('Logistics Plus shows its secret in the header that was agreed, and is answered 200 and JSON', async () => {
  const rig = openRig();
  const url = address('logistics-plus/acme');
  const body = { data: { primaryReference: 'SHOP-700123', status: 'PRS' } };
  for (const secret of [SECRET, NEXT_SECRET]) {
    const answer = await post(rig, url, body, { 'X-Secret': secret });
    expect({ status: answer.status, body: answer.body }).toEqual({ status: 200, body: '{}' });
  }
  for (const headers of [{}, { 'X-Secret': 'the-secret-of-yesterday' }, { 'X-Waybill-Secret': SECRET }]) {
    expect((await post(rig, url, body, headers as Record<string, string>)).status).toBe(401);
  }
  expect(rig.kept).toEqual([
    ['logistics-plus/acme', ['SHOP-700123']],
    ['logistics-plus/acme', ['SHOP-700123']],
  ]);
});

test('the handshake is answered with its own header, and only at the address', async () => {
  const rig = openRig();
  const hook = { 'x-hook-secret': 'f0e1d2c3b4a59687==' };
  const { status, body, headers } = await post(rig, address(), '', hook);
  expect({ status, body, secret: headers['x-hook-secret'] }).toEqual({
    status: 200,
    body: '{}',
    secret: hook['x-hook-secret'],
  });
  const elsewhere = await post(rig, address('keap/nobody'), '', hook);
  expect({ status: elsewhere.status, secret: elsewhere.headers['x-hook-secret'] }).toEqual({
    status: 404,
    secret: undefined,
  });
  expect(rig.kept).toEqual([]);
  expect(await metrics(rig)).toContain(ended('keap/acme', 'handshake', 1));
});

describe('a body that cannot be used', () => {
  test.each<[string, string | Buffer]>([
    ['no JSON', '{"event_key":'],
    ['nothing', ''],
    ['a form', 'event_key=order.edit'],
    ['bytes that are no UTF-8', Buffer.from([0x22, 0xff, 0x22])],
    ['compressed', Buffer.from('1f8b0800000000000003', 'hex')],
  ])('%s is 400', async (_name, sent) => {
    const rig = openRig();
    const { status, body } = await post(rig, address(), sent);
    expect({ status, body }).toEqual({ status: 400, body: '{"error":"the body is not JSON"}' });
    expect(await metrics(rig)).toContain(ended('keap/acme', 'unusable', 1));
  });

  test.each([
    'null',
    '[]',
    '7',
    '{}',
    '"text"',
    '{"event_key":"order.edit","object_keys":[]}',
    '['.repeat(200_000) + ']'.repeat(200_000),
  ])('JSON without anything to look at is acknowledged and counted: %.40s', async (sent) => {
    const rig = openRig();
    expect((await post(rig, address(), sent)).status).toBe(200);
    expect(rig.kept).toEqual([]);
    expect(rig.logged).toEqual([expect.stringContaining('the body names nothing to look at')]);
    expect(await metrics(rig)).toContain(ended('keap/acme', 'unusable', 1));
  });

  test.each(['text/plain', 'application/octet-stream', 'application/json; charset=latin1', 'json', ';', ''])(
    'JSON under another type is JSON: %j',
    async (type) => {
      const rig = openRig();
      expect((await post(rig, address(), event(7), { 'content-type': type })).status).toBe(200);
      expect(rig.kept).toHaveLength(1);
    },
  );
});

describe('size', () => {
  const ids = (n: number) => Array.from({ length: n }, (_, i) => 1_000_000 + i);

  test('a thousand keys are taken', async () => {
    const rig = openRig();
    expect((await post(rig, address(), event(...ids(1_000)))).status).toBe(200);
    expect(rig.kept[0]?.[1]).toHaveLength(1_000);
  });

  test('512 KiB are taken, one byte more is 413', async () => {
    const rig = openRig();
    const full = JSON.stringify(event(1)).padEnd(512 * 1024, ' ');
    expect((await post(rig, address(), full)).status).toBe(200);
    const { status, body } = await post(rig, address(), `${full} `);
    expect({ status, body }).toEqual({ status: 413, body: '{"error":"the body is too large"}' });
    expect(rig.kept).toHaveLength(1);
    expect(await metrics(rig)).toContain(ended('keap/acme', 'unusable', 1));
  });

  test.each(['with its length said', 'in pieces'])(
    '1 MiB over a real connection, %s: its sender sees the answer',
    async (how) => {
      const rig = openRig();
      await rig.app.listen({ host: '127.0.0.1', port: 0 });
      const { port } = rig.app.server.address() as AddressInfo;
      const bytes = Buffer.alloc(1024 * 1024, ' ');
      for (let time = 0; time < 5; time += 1) {
        const answer = await fetch(`http://127.0.0.1:${port}${address()}`, {
          method: 'POST',
          ...(how === 'in pieces' ? { body: new Blob([bytes]).stream(), duplex: 'half' as const } : { body: bytes }),
        });
        expect(answer.status).toBe(413);
        expect(await answer.json()).toEqual({ error: 'the body is too large' });
      }
      expect(
        (await fetch(`http://127.0.0.1:${port}${address()}`, { method: 'POST', body: JSON.stringify(event(1)) }))
          .status,
      ).toBe(200);
      expect(rig.kept).toHaveLength(1);
    },
  );
});

test.each(['GET', 'HEAD', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const)(
  '%s is not how webhooks are sent',
  async (method) => {
    const rig = openRig();
    for (const url of [address(), address('keap/nobody')]) {
      const answer = await rig.app.inject({ method, url });
      expect({ status: answer.statusCode, allow: answer.headers.allow }).toEqual({ status: 405, allow: 'POST' });
    }
  },
);

test('a failure of our own is 500, without a word about it', async () => {
  const rig = openRig();
  rig.app.addHook('preHandler', async ({ method }) => {
    if (method === 'POST') throw new TypeError('a bug of ours');
  });
  const rigged = await post(rig, address());
  expect({ status: rigged.status, body: rigged.body }).toEqual({
    status: 500,
    body: '{"error":"the gateway failed: send it again"}',
  });
  expect(await metrics(rig)).toContain(ended('keap/acme', 'failed', 1));
});

test('the log has ids, and neither bodies nor secrets nor addresses', async () => {
  const rig = openRig();
  const personal = { ...event(1042), contact: 'grace@example.com' };
  await post(rig, address(), personal);
  await post(rig, `${address('keap/shown')}?secret=${SECRET}`, personal);
  await post(rig, `${address('keap/shown')}?secret=wrong-but-secret-too`, personal);
  await post(rig, address(), `${JSON.stringify(personal)}}`);
  await post(rig, address(), { contact: 'grace@example.com' });
  await post(rig, address(), '', { 'x-hook-secret': 'shaken' });
  const log = rig.logged.join('\n');
  expect(rig.logged).toHaveLength(6);
  expect(rig.logged[0]).toContain('"hints":["order.edit:1042"],"count":1');
  for (const secret of [PATH, SECRET, 'wrong-but-secret', 'grace', 'shaken']) expect(log).not.toContain(secret);
});

describe('for operators', () => {
  test('it lives, and is ready while Temporal answers', async () => {
    const rig = openRig();
    const ask = async (url: string) => {
      const { statusCode, body } = await rig.app.inject(url);
      return `${statusCode} ${body}`;
    };
    expect(await ask('/health')).toBe('200 {"status":"ok"}');
    expect(await ask('/ready')).toBe('200 {"ready":true}');
    rig.ready = false;
    expect(await ask('/ready')).toBe('503 {"ready":false}');
    expect(await ask('/health')).toBe('200 {"status":"ok"}');
    for (const url of ['/health', '/ready', '/metrics']) expect(await ask(url)).not.toContain(PATH);
  });
});

describe('a stop', () => {
  test('answers what is under way, over a connection that is kept alive, and is not ready', async () => {
    const rig = openRig();
    let open = () => {};
    rig.gate = new Promise((resolve) => {
      open = resolve;
    });
    await rig.app.listen({ host: '127.0.0.1', port: 0 });
    const { port } = rig.app.server.address() as AddressInfo;
    const url = `http://127.0.0.1:${port}`;
    const under = fetch(`${url}${address()}`, { method: 'POST', body: JSON.stringify(event(1)) });
    await expect.poll(async () => await metrics(rig)).toContain('received_total{connection="keap/acme"} 1\n');
    const started = performance.now();
    const closed = rig.close();
    expect((await rig.app.inject('/ready')).statusCode).toBe(503);
    await expect(fetch(`${url}/health`)).rejects.toThrow();
    open();
    const answer = await under;
    expect([answer.status, answer.headers.get('connection')]).toEqual([200, 'close']);
    await closed;
    expect(rig.kept).toHaveLength(1);
    expect(performance.now() - started).toBeLessThan(2_000);
  });

  test('does not wait for good for a sender that stalls', async () => {
    const rig = openRig();
    await rig.app.listen({ host: '127.0.0.1', port: 0 });
    const socket = connect((rig.app.server.address() as AddressInfo).port, '127.0.0.1');
    socket.on('error', () => undefined);
    await once(socket, 'connect');
    socket.write(`POST ${address()} HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\n{`);
    await expect.poll(async () => await metrics(rig)).toContain('received_total{connection="keap/acme"} 1\n');
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    onTestFinished(() => void vi.useRealTimers());
    const gone = once(socket, 'close');
    const closed = rig.close();
    await vi.advanceTimersByTimeAsync(9_000);
    expect(socket.closed).toBe(false);
    await vi.advanceTimersByTimeAsync(1_000);
    await Promise.all([closed, gone]);
    expect(rig.kept).toEqual([]);
  });
});
