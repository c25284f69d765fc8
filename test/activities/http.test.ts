import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { type AddressInfo, createServer as createTcpServer, type Server, type Socket } from 'node:net';
import { MockActivityEnvironment } from '@temporalio/testing';
import { DefaultLogger } from '@temporalio/worker';
import { afterEach, describe, expect, test } from 'vitest';
import { failure, failureType } from '../../src/activities/failure.js';
import { createSend, type HttpRequest, NoAnswer } from '../../src/activities/http.js';
import { createLimiter, type Limiter, type Slot } from '../../src/activities/limiter.js';
import { write } from '../../src/activities/write.js';

const servers: Server[] = [];
const sockets = new Set<Socket>();

afterEach(() => {
  for (const socket of sockets) socket.destroy();
  for (const server of servers.splice(0)) server.close();
});

async function listen(server: Server): Promise<string> {
  servers.push(server);
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const http = (listener: RequestListener): Promise<string> => listen(createServer(listener));

/** A server that does with the bytes what the test says. */
const tcp = (onConnection: (socket: Socket) => void): Promise<string> => listen(createTcpServer(onConnection));

/** Answers each request with these bytes, then ends the connection, or not. */
const answering = (bytes: string, end: boolean): Promise<string> =>
  tcp((socket) => socket.once('data', () => (end ? socket.end(bytes) : socket.write(bytes))));

const send = createSend({ limiter: createLimiter({ windows: [] }) });

function request(url: string, more: Partial<HttpRequest> = {}): HttpRequest {
  return { operation: 'orders.list', method: 'GET', url, effect: 'read', lane: 'read', timeoutMs: 2_000, ...more };
}

async function noAnswer(url: string, more: Partial<HttpRequest> = {}): Promise<NoAnswer> {
  const outcome = await send(request(url, more)).catch((error: unknown) => error);
  expect(outcome).toBeInstanceOf(NoAnswer);
  return outcome as NoAnswer;
}

/** Runs a function as an activity, without Temporal's own line in the log for one that fails. */
function inActivity<T>(call: () => Promise<T>, startToCloseTimeoutMs = 5_000): Promise<T> {
  return new MockActivityEnvironment({ startToCloseTimeoutMs }, { logger: new DefaultLogger('ERROR') }).run(call);
}

/** The type of the failure that a write ends with when its one request goes to this address. */
async function writeOutcome(url: string, more: Partial<HttpRequest> = {}, by = send): Promise<unknown> {
  const body = '{"card":"4111111111111111"}';
  const call = () => by(request(url, { operation: 'orders.create', method: 'POST', body, effect: 'write', ...more }));
  return inActivity(() => write('orders.create', call)).then(
    () => 'done',
    (error: Error) => {
      expect(error.message).not.toContain('4111');
      return failureType(error);
    },
  );
}

describe('an answer', () => {
  test('comes whole, with its status, headers in lower case and text as UTF-8', async () => {
    const url = await http(async (incoming, response) => {
      let body = '';
      for await (const chunk of incoming) body += chunk;
      response.writeHead(409, { 'X-Request-Id': '7', 'X-Many': ['a', 'b'], 'content-type': 'text/plain' });
      response.write('\uFEFF');
      const euro = Buffer.from(`${incoming.method} ${incoming.url} ${incoming.headers['x-key']} ${body} €`);
      response.write(euro.subarray(0, -1));
      setImmediate(() => response.end(euro.subarray(-1)));
    });
    const answer = await send(
      request(`${url}/a/b?c=d%20e`, { method: 'PUT', headers: { 'x-key': 'k' }, body: '{"ä":1}' }),
    );
    expect(answer).toMatchObject({
      status: 409,
      headers: { 'x-request-id': '7', 'x-many': 'a, b' },
      text: 'PUT /a/b?c=d%20e k {"ä":1} €',
    });
  });

  test('is the final one, not an early hint', async () => {
    const url = await http((_, response) => {
      response.writeEarlyHints({ link: '</style.css>; rel=preload' }, () => response.writeHead(201).end('made'));
    });
    expect(await send(request(url))).toMatchObject({ status: 201, text: 'made' });
  });

  test('that redirects is handed over, not followed', async () => {
    let asked = 0;
    const url = await http((_, response) => {
      asked += 1;
      response.writeHead(307, { location: '/elsewhere' }).end();
    });
    expect(await send(request(url))).toMatchObject({ status: 307, headers: { location: '/elsewhere' } });
    expect(asked).toBe(1);
  });
});

describe('no answer, and certainly nothing sent', () => {
  test('the connection is refused', async () => {
    const url = await http(() => undefined);
    servers.splice(0).forEach((server) => {
      server.close();
    });
    expect(await noAnswer(url)).toMatchObject({ sent: false });
    expect(await writeOutcome(url)).toBe('Unavailable');
  });

  test('the name is unknown', async () => {
    expect(await noAnswer('http://nobody.invalid/')).toMatchObject({ sent: false });
    expect(await writeOutcome('http://nobody.invalid/')).toBe('Unavailable');
  });

  test('TLS fails', async () => {
    const url = (await answering('HTTP/1.1 400 Bad Request\r\n\r\n', true)).replace('http:', 'https:');
    expect(await noAnswer(url)).toMatchObject({ sent: false });
    expect(await writeOutcome(url)).toBe('Unavailable');
  });

  test('a pooled connection was closed by the server meanwhile: a fresh one is used', async () => {
    const connections: Socket[] = [];
    const url = await http((_, response) => {
      response.end('ok');
    });
    servers.at(-1)?.on('connection', (socket: Socket) => connections.push(socket));
    await send(request(url));
    connections[0]?.end();
    await once(connections[0] as Socket, 'close');
    expect(await writeOutcome(url)).toBe('done');
    expect(connections.length).toBe(2);
  });
});

describe('no answer, and perhaps sent', () => {
  const cases: Record<string, () => Promise<string>> = {
    'reset before reading': () =>
      tcp((socket) => {
        socket.pause();
        setTimeout(() => socket.resetAndDestroy(), 50);
      }),
    'reset after reading': () => tcp((socket) => socket.once('data', () => socket.resetAndDestroy())),
    'closed after reading': () => tcp((socket) => socket.once('data', () => socket.end())),
    'not HTTP': () => answering('<html>', true),
    'cut in the head': () => answering('HTTP/1.1 200 OK\r\ncontent-le', true),
    'shorter than announced': () => answering('HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n{"id":', true),
    'shorter than announced, connection: close': () =>
      answering('HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: 9\r\n\r\n{"id":', true),
    'cut between chunks': () => answering('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n3\r\nabc\r\n', true),
    'larger than 16 MiB': () =>
      http((_, response) => {
        response.end(Buffer.alloc(16 * 1024 * 1024 + 1, 'a'));
      }),
  };

  test.each(Object.entries(cases))('%s', async (_, serve) => {
    const url = await serve();
    expect(await noAnswer(url)).toMatchObject({ sent: true });
    expect(await writeOutcome(url)).toBe('OutcomeUnknown');
  });

  test.each([
    ['the head does not come', () => answering('', false)],
    ['the body does not end', () => answering('HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n{"id":', false)],
    [
      'the body only drips',
      () =>
        http((_, response) => {
          response.writeHead(200);
          const drip = setInterval(() => response.write('.'), 20);
          response.on('close', () => clearInterval(drip));
        }),
    ],
  ])('out of time: %s', async (_, serve) => {
    const url = await serve();
    const before = performance.now();
    const error = await noAnswer(url, { timeoutMs: 150 });
    expect(error).toMatchObject({ sent: true, message: expect.stringContaining('150 ms') });
    expect(performance.now() - before).toBeGreaterThanOrEqual(149);
    expect(performance.now() - before).toBeLessThan(1_500);
    expect(await writeOutcome(url, { timeoutMs: 150 })).toBe('OutcomeUnknown');
  });

  test('a request is tried once, and the next one works', async () => {
    let asked = 0;
    const url = await http((incoming, response) => {
      asked += 1;
      if (asked === 1) incoming.socket.destroy();
      else response.end('ok');
    });
    await noAnswer(url);
    expect(asked).toBe(1);
    expect(await send(request(url))).toMatchObject({ text: 'ok' });
  });
});

describe('the moment of departure', () => {
  /** A limiter that writes down what it is told and may object to the departure. */
  function scripted(depart: () => void = () => undefined): { limiter: Limiter; told: string[] } {
    const told: string[] = [];
    const slot: Slot = {
      depart: () => {
        told.push('depart');
        depart();
      },
      answered: () => told.push('answered'),
      done: () => told.push('done'),
    };
    return { told, limiter: { ...createLimiter({ windows: [] }), enter: async () => slot } };
  }

  test('is told to the slot once there is a connection, then the head, then the end', async () => {
    const { limiter, told } = scripted();
    const url = await http((_, response) => {
      told.push('served');
      response.end();
    });
    await createSend({ limiter })(request(url));
    expect(told).toEqual(['depart', 'served', 'answered', 'done']);
  });

  test('does not come when the connection is refused', async () => {
    const { limiter, told } = scripted();
    await expect(createSend({ limiter })(request('http://127.0.0.1:1/'))).rejects.toMatchObject({ sent: false });
    expect(told).toEqual(['done']);
  });

  test('is the last moment at which the slot can keep the request here, by a failure that stands as it is', async () => {
    let served = 0;
    const url = await http((_, response) => {
      served += 1;
      response.end();
    });
    const { limiter, told } = scripted(() => {
      throw failure('RateLimited', 'pause', {}, { retryAfterMs: 1_234 });
    });
    const by = createSend({ limiter });
    await expect(by(request(url))).rejects.toMatchObject({ type: 'RateLimited', nextRetryDelay: 1_234 });
    expect(told).toEqual(['depart', 'done']);
    expect(await writeOutcome(url, {}, by)).toBe('RateLimited');
    expect(served).toBe(0);
  });

  test('does not come for a write whose attempt has run out while it waited', async () => {
    let served = 0;
    const url = await http((_, response) => {
      served += 1;
      response.end();
    });
    const { limiter } = scripted();
    const slow = { ...limiter, enter: (lane: HttpRequest['lane']) => delay(60).then(() => limiter.enter(lane)) };
    const by = createSend({ limiter: slow });
    const outcome = inActivity(() => write('orders.create', () => by(request(url, { effect: 'write' }))), 50);
    await expect(outcome).rejects.toMatchObject({ type: 'Unavailable' });
    expect(served).toBe(0);
  });

  test('cannot be told for a write outside write(), so that is refused', async () => {
    await expect(send(request('http://127.0.0.1:1/', { effect: 'write' }))).rejects.toThrow(/inside write\(\)/);
  });
});

test('after a 429 the account pauses', async () => {
  let served = 0;
  const url = await http((_, response) => {
    served += 1;
    response.writeHead(429).end();
  });
  const paused = createSend({ limiter: createLimiter({ windows: [] }) });
  await paused(request(url));
  paused.pause(30_000);
  const outcome = await paused(request(url)).catch((error: unknown) => error);
  expect(outcome).toMatchObject({ type: 'RateLimited' });
  expect((outcome as { nextRetryDelay: number }).nextRetryDelay).toBeGreaterThan(25_000);
  expect(served).toBe(1);
});

function delay(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
