import { once } from 'node:events';
import { type ClientHttp2Session, connect, constants, createServer, type ServerHttp2Stream } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';
import { temporal } from '@temporalio/proto';

const { v1: workflowservice } = temporal.api.workflowservice;

/** What a process says to the server when it has worked. */
type Word = 'step' | 'workflow task';

interface Said {
  readonly word: Word;
  readonly request: { decode(body: Buffer): { readonly taskToken: Uint8Array } };
}

/** The calls that say it. */
const calls: Readonly<Record<string, Said>> = {
  RespondActivityTaskCompleted: { word: 'step', request: workflowservice.RespondActivityTaskCompletedRequest },
  RespondActivityTaskFailed: { word: 'step', request: workflowservice.RespondActivityTaskFailedRequest },
  RespondWorkflowTaskCompleted: {
    word: 'workflow task',
    request: workflowservice.RespondWorkflowTaskCompletedRequest,
  },
};

/** A way of its own from processes to the Temporal server, on which what they say of an order can be lost. */
export interface TemporalDoor {
  readonly address: string;
  /**
   * The server does not hear what came of the steps of a connection's orders, if `word` is `step`, nor what they want next;
   * else what they want next once it has heard of a step. Resolves when the first such word is lost.
   */
  lose(connection: string, word: Word): Promise<void>;
  /** Everything is heard again. */
  open(): void;
  close(): Promise<void>;
}

/** What is lost of a connection's orders. */
interface Loss {
  readonly word: Word;
  readonly said: () => void;
  /** The server has heard of a step since. */
  told: boolean;
}

export async function openTemporalDoor(address: string): Promise<TemporalDoor> {
  const losses = new Map<string, Loss>();

  const isLost = ({ word, request }: Said, message: Buffer): boolean => {
    // The ids of namespace, workflow and run stand in it as they are.
    const token = Buffer.from(request.decode(bodyOf(message)).taskToken);
    const [, loss] = [...losses].find(([connection]) => token.includes(`${connection}/`)) ?? [];
    if (loss === undefined) return false;
    if (word === 'step' && loss.word !== 'step') {
      loss.told = true;
      return false;
    }
    // Until its answer came, the process would take up no other task of the order.
    if (loss.word === 'workflow task' && !loss.told) return false;
    if (word === loss.word) loss.said();
    return true;
  };

  const server = createServer();
  const open = new Set<{ destroy(): void }>();
  server.on('session', (inside) => {
    open.add(inside);
    // A process that was killed resets its connection, which is no error of the test.
    inside.on('error', () => undefined);
    inside.on('close', () => open.delete(inside));
    const dial = (): ClientHttp2Session => {
      const session = connect(`http://${address}`);
      session.on('error', () => undefined);
      session.on('close', () => {
        if (session === outside) inside.destroy();
      });
      // What a process asks for ends with it.
      inside.on('close', () => session.destroy());
      return session;
    };
    let outside = dial();
    inside.on('stream', (stream, headers) => {
      carry(stream, headers, isLost, () => {
        // The server takes nothing more on a connection that is five minutes old, and answers what was asked on it.
        if (outside.closed) outside = dial();
        return outside;
      });
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    lose: (connection, word) =>
      new Promise((said) => {
        losses.set(connection, { word, said, told: false });
      }),
    open: () => losses.clear(),
    async close() {
      const closed = once(server, 'close');
      server.close();
      for (const session of open) session.destroy();
      await closed;
    },
  };
}

/** Takes a call to the server and its answer back. Each is one message. */
function carry(
  stream: ServerHttp2Stream,
  headers: Parameters<ClientHttp2Session['request']>[0] & object,
  isLost: (said: Said, message: Buffer) => boolean,
  outside: () => ClientHttp2Session,
): void {
  const chunks: Buffer[] = [];
  stream.on('error', () => undefined);
  stream.on('data', (chunk: Buffer) => chunks.push(chunk));
  stream.on('end', () => {
    if (stream.destroyed) return;
    const message = Buffer.concat(chunks);
    const said = calls[String(headers[':path']).replace(/^.*\//, '')];
    if (said !== undefined && isLost(said, message)) return;
    const call = outside().request(headers);
    let trailers = {};
    call.on('error', () => undefined);
    call.on('close', () => {
      if (call.rstCode !== constants.NGHTTP2_NO_ERROR) stream.close(call.rstCode);
    });
    stream.on('close', () => call.close(constants.NGHTTP2_CANCEL));
    call.on('trailers', (each) => {
      trailers = each;
    });
    call.on('response', (answer, flags) => {
      const isAll = (flags & constants.NGHTTP2_FLAG_END_STREAM) !== 0;
      stream.respond(answer, isAll ? { endStream: true } : { waitForTrailers: true });
      if (isAll) return;
      stream.on('wantTrailers', () => stream.sendTrailers(trailers));
      call.pipe(stream);
    });
    call.end(message);
  });
}

/** A message of gRPC is told whether it is compressed and how long it is, in one byte and four. */
function bodyOf(message: Buffer): Buffer {
  const body = message.subarray(5);
  return message[0] === 1 ? gunzipSync(body) : body;
}
