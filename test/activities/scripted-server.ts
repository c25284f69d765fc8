import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

/** A request as it reached the platform. */
export interface Received {
  readonly method: string;
  /** With its query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

/** An answer as it is sent: text as it is, anything else as JSON. `cut` breaks the connection before its end. */
export interface Reply {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly cut?: true;
}

/** A platform that answers what the test says, and remembers what it was asked. */
export class ScriptedServer {
  readonly received: Received[] = [];
  #answer: (request: Received) => Reply = () => ({ status: 500 });
  readonly #sockets = new Set<Socket>();

  private constructor(private readonly server: Server) {}

  static async start(): Promise<ScriptedServer> {
    const server = createServer();
    const scripted = new ScriptedServer(server);
    server.on('connection', (socket) => {
      scripted.#sockets.add(socket);
      socket.on('close', () => scripted.#sockets.delete(socket));
    });
    server.on('request', async (incoming, response) => {
      let body = '';
      for await (const chunk of incoming) body += chunk;
      const { method = '', url: path = '', headers } = incoming;
      const request = { method, path, headers, body };
      scripted.received.push(request);
      const { status = 200, headers: more = {}, body: reply = '', cut } = scripted.#answer(request);
      const text = typeof reply === 'string' ? reply : JSON.stringify(reply);
      const bytes = Buffer.from(text);
      response.writeHead(status, { ...more, 'content-length': cut ? bytes.length + 1 : bytes.length });
      if (!cut) response.end(bytes);
      else response.write(bytes, () => incoming.socket.destroy());
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    return scripted;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** From now on everything is answered so, and what was received before is forgotten. */
  answers(answer: ((request: Received) => Reply) | Reply): void {
    this.received.length = 0;
    this.#answer = typeof answer === 'function' ? answer : () => answer;
  }

  async stop(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    this.server.close();
    await once(this.server, 'close');
  }
}
