import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** From the gateway to the server, or from the server to the gateway. */
type Way = 'there' | 'back';

/** The way from a gateway to a Temporal server: it can be shut, and it can keep for itself what goes through. */
export interface TemporalDoor {
  /** host:port */
  readonly address: string;
  /** Keeps for itself what goes this way, until {@link release}. */
  hold(way: Way): void;
  /** What it has kept for itself since it holds. */
  held(): string;
  /** Lets through what it has kept for itself, and what follows. */
  release(): void;
  /** Cuts all connections, loses what it has kept for itself, and refuses new ones. */
  shut(): Promise<void>;
  open(): Promise<void>;
}

/** @param server host:port of a Temporal server */
export async function openTemporalDoor(server: string): Promise<TemporalDoor> {
  const [host = '', port] = server.split(':');
  const open = new Set<Socket>();
  let held: { readonly to: Socket; readonly bytes: Buffer }[] = [];
  let holding: Way | undefined;
  const carry = (from: Socket, to: Socket, way: Way) => {
    open.add(from);
    from.on('data', (bytes) => (holding === way ? held.push({ to, bytes }) : to.write(bytes)));
    // A process that was killed resets its connections; that ends the other side, and is no error of the test.
    from.on('error', () => undefined);
    from.on('close', () => {
      open.delete(from);
      to.destroy();
    });
  };
  const listener = createServer((inside) => {
    const outside = connect(Number(port), host);
    carry(inside, outside, 'there');
    carry(outside, inside, 'back');
  });
  listener.listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const own = (listener.address() as AddressInfo).port;
  return {
    address: `127.0.0.1:${own}`,
    hold(way) {
      holding = way;
      held = [];
    },
    held: () => Buffer.concat(held.map(({ bytes }) => bytes)).toString('latin1'),
    release() {
      holding = undefined;
      for (const { to, bytes } of held) to.write(bytes);
      held = [];
    },
    async shut() {
      holding = undefined;
      held = [];
      if (!listener.listening) return;
      const closed = once(listener, 'close');
      listener.close();
      for (const socket of open) socket.destroy();
      await closed;
    },
    async open() {
      listener.listen(own, '127.0.0.1');
      await once(listener, 'listening');
    },
  };
}
