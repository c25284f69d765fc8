import type { FastifyReply } from 'fastify';
import type { Answer } from './answer.js';
import type { SandboxClock } from './clock.js';
import type { WireFault } from './faults.js';

/** Pieces of a dribbled body: enough that a reader's idle time-out never sees a long silence. */
const dribblePieces = 20;

/** Puts an answer on the wire, spoiled where the fault is one of the body. */
export async function deliver(
  reply: FastifyReply,
  answer: Answer,
  fault: WireFault | null,
  clock: SandboxClock,
): Promise<FastifyReply> {
  // The platform's own clock, so that a client can tell what a date of the platform means.
  const headers = { ...answer.headers, date: new Date(clock.now()).toUTCString() };
  if (fault?.kind === 'slow-body') return dribble(reply, { ...answer, headers }, fault.ms, clock);
  reply.code(answer.status).headers(headers);
  return reply.send(spoiled(answer.body, fault));
}

function spoiled(body: string, fault: WireFault | null): string {
  switch (fault?.kind) {
    case 'truncated':
      // Cut with a matching content-length: nothing but the parser can notice.
      return body.slice(0, Math.floor(body.length / 2));
    case 'malformed':
      // Without its first character neither JSON nor XML can be read.
      return body.slice(1);
    case 'huge':
      // White space after the last bracket is allowed in both.
      return body.padEnd(fault.bytes, ' ');
    default:
      return body;
  }
}

async function dribble(reply: FastifyReply, answer: Answer, ms: number, clock: SandboxClock): Promise<FastifyReply> {
  reply.hijack();
  const { raw } = reply;
  const bytes = Buffer.from(answer.body);
  raw.writeHead(answer.status, { ...answer.headers, 'content-length': bytes.length });
  raw.flushHeaders();
  const size = Math.max(1, Math.ceil(bytes.length / dribblePieces));
  for (let start = 0; start < bytes.length; start += size) {
    await clock.wait((ms * size) / bytes.length);
    if (raw.destroyed) return reply;
    raw.write(bytes.subarray(start, start + size));
  }
  raw.end();
  return reply;
}
