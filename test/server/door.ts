import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/**
 * A way of its own from one process to the sandbox. The ledger tells what was asked, a door tells who asked: each process
 * is given its own door as the platform's address.
 */
export interface Door {
  readonly url: string;
  /** When something came from the process, on the clock of `performance.now()`, in ascending order. */
  readonly passed: readonly number[];
  close(): Promise<void>;
}

export async function openDoor(port: number): Promise<Door> {
  const passed: number[] = [];
  const open = new Set<Socket>();
  const server = createServer((inside) => {
    const outside = connect(port, '127.0.0.1');
    for (const [one, other] of [
      [inside, outside],
      [outside, inside],
    ] as const) {
      open.add(one);
      // A process that was killed resets its connections; that ends the other side, and is no error of the test.
      one.on('error', () => undefined);
      one.on('close', () => {
        open.delete(one);
        other.destroy();
      });
    }
    inside.on('data', () => passed.push(performance.now()));
    inside.pipe(outside);
    outside.pipe(inside);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    passed,
    async close() {
      const closed = once(server, 'close');
      server.close();
      for (const socket of open) socket.destroy();
      await closed;
    },
  };
}
