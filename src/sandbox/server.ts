import { createServer, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import Fastify, { type FastifyInstance } from 'fastify';
import type { SandboxClock } from './clock.js';

/** Generous: a platform takes orders with long texts; what a client may send is not the sandbox's to limit. */
const bodyLimitBytes = 16 * 1024 * 1024;
/** The router's own 100 would make an unknown path of a longer text, and some platforms take texts in their paths. */
const longestPathPart = 2_000;

/**
 * One platform's HTTP server on 127.0.0.1. Bodies reach the routes as text. Its door can be shut, so that
 * connections are refused, and it opens again on the same port.
 */
export class PlatformServer {
  readonly app: FastifyInstance;
  readonly #server: Server;
  #port = 0;
  #open = false;
  #stopped = false;
  #connectionsToReset = 0;

  constructor() {
    let server = createServer();
    this.app = Fastify({
      bodyLimit: bodyLimitBytes,
      logger: false,
      routerOptions: { maxParamLength: longestPathPart },
      serverFactory: (handler) => {
        server = createServer(handler);
        return server;
      },
    });
    this.#server = server;
    this.#server.on('connection', (socket) => this.#greet(socket));
    this.app.removeAllContentTypeParsers();
    this.app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body));
  }

  get port(): number {
    return this.#port;
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  /** False while connections are refused. */
  get open(): boolean {
    return this.#open;
  }

  /** Port 0 takes a free one. */
  async start(port = 0): Promise<void> {
    await this.app.ready();
    await this.#listen(port);
    this.#port = (this.#server.address() as AddressInfo).port;
  }

  /**
   * Shuts the door and cuts idle connections: for `ms` of the sandbox's clock nobody gets in, or the next
   * `connections` are reset as soon as they are made. Requests that are being answered are answered.
   */
  shut(limits: { ms?: number | undefined; connections?: number | undefined }, clock: SandboxClock): void {
    this.#connectionsToReset += limits.connections ?? 0;
    if (limits.ms === undefined) {
      this.#server.closeIdleConnections();
      return;
    }
    this.#open = false;
    this.#server.close();
    this.#server.closeIdleConnections();
    void clock.wait(limits.ms).then(() => (this.#stopped || this.#open ? undefined : this.#listen(this.#port)));
  }

  /** Cuts every connection and frees the port. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#open = false;
    this.#server.closeAllConnections();
    if (this.#server.listening) await new Promise((resolve) => this.#server.close(resolve));
    await this.app.close();
  }

  #listen(port: number): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen({ port, host: '127.0.0.1' }, () => {
        this.#server.off('error', reject);
        this.#open = true;
        resolve();
      });
    });
  }

  #greet(socket: Socket): void {
    if (this.#connectionsToReset === 0) return;
    this.#connectionsToReset -= 1;
    socket.resetAndDestroy();
  }
}
