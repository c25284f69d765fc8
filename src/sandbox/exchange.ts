import type { FastifyReply } from 'fastify';
import { type Answer, htmlPage, type Refusals, unavailablePage } from './answer.js';
import type { SandboxClock } from './clock.js';
import { deliver } from './delivery.js';
import type { FaultRule, WireFault } from './faults.js';
import type { HoldBook } from './holds.js';
import type { Call, RequestLog, RequestRecord } from './ledger.js';
import type { PlatformServer } from './server.js';

/** How a platform lets a request in. */
export interface Admission {
  credential: string | null;
  /** Set when the request goes no further. */
  refusal: Answer | null;
  /** Added to whatever is answered. */
  headers: Record<string, string>;
}

/** One request as its platform understands it. */
export interface Conversation<Rule extends FaultRule> {
  call: Call;
  refusals: Refusals;
  admit(): Admission;
  /** The platform's own work; `fault` is one of the platform's own kinds, when such a one struck. */
  work(fault: Rule | null): Answer | Promise<Answer>;
}

export interface ExchangeParts<Rule extends FaultRule> {
  clock: SandboxClock;
  log: RequestLog;
  holds: HoldBook;
  server: PlatformServer;
  takeFault(call: Call): WireFault | Rule | null;
  /** Time from the work to its answer, in milliseconds of the sandbox's clock. */
  latencyMs(): number;
}

const wireKinds: ReadonlySet<string> = new Set<WireFault['kind']>([
  'refuse',
  'reset-before',
  'reset-after',
  'late',
  'late-before',
  '500-before',
  '500-after',
  '503',
  '429',
  '401',
  'html',
  'truncated',
  'malformed',
  'slow-body',
  'huge',
  'business',
]);

function isWireFault(fault: FaultRule): fault is WireFault {
  return wireKinds.has(fault.kind);
}

/** Takes a request from its arrival to its answer: recorded, let in, held, spoiled, worked, answered. */
export async function exchange<Rule extends FaultRule>(
  parts: ExchangeParts<Rule>,
  reply: FastifyReply,
  conversation: Conversation<Rule>,
): Promise<FastifyReply> {
  const { clock, log, holds } = parts;
  const record = log.open(conversation.call, clock.now());
  const admission = conversation.admit();
  record.credential = admission.credential;
  if (admission.refusal !== null) return send(parts, reply, record, admission, admission.refusal, null);

  // Taken before anybody is told, so that whoever then pushes the clock pushes it past the waits below.
  const admittedAt = clock.precise();
  log.reached('admitted', record);
  await holds.pass('arrival', record);
  const fault = parts.takeFault(conversation.call);
  record.fault = fault?.kind ?? null;
  const wire = fault !== null && isWireFault(fault) ? fault : null;
  const own = fault !== null && !isWireFault(fault) ? fault : null;

  if (wire?.kind === 'reset-before') return reset(reply);
  if (wire?.kind === 'late-before') await clock.waitUntil(admittedAt + wire.ms);
  let answer = wire === null ? null : insteadOfWork(wire, conversation.refusals, clock);
  const workedAt = clock.precise();
  if (answer === null) {
    answer = await conversation.work(own);
    log.reached('worked', record);
  }
  const delay = parts.latencyMs() + (wire?.kind === 'late' ? wire.ms : 0);
  if (delay > 0) await clock.waitUntil(workedAt + delay);
  await holds.pass('done', record);
  if (wire?.kind === 'reset-after') return reset(reply);
  if (wire?.kind === '500-after') answer = conversation.refusals.internal();
  if (wire?.kind === '503') answer = unavailablePage;
  if (wire?.kind === 'html') answer = htmlPage;
  return send(parts, reply, record, admission, answer, wire);
}

/** The answer of a fault that keeps the platform from working, or null when the work is to be done. */
function insteadOfWork(fault: WireFault, refusals: Refusals, clock: SandboxClock): Answer | null {
  switch (fault.kind) {
    case '401':
      return refusals.unauthorized();
    case '500-before':
      return refusals.internal();
    case 'business':
      return refusals.business(fault.message);
    case '429':
      return withRetryAfter(refusals.throttled(), fault, clock);
    case '503':
      return fault.worked ? null : unavailablePage;
    case 'html':
      return fault.worked ? null : htmlPage;
    case 'truncated':
    case 'malformed':
      return fault.worked ? null : { ...refusals.internal(), status: 200 };
    default:
      return null;
  }
}

function withRetryAfter(answer: Answer, fault: WireFault & { kind: '429' }, clock: SandboxClock): Answer {
  if (fault.retryAfter === undefined) return answer;
  const value =
    fault.form === 'seconds' ? String(fault.retryAfter) : new Date(clock.now() + fault.retryAfter * 1000).toUTCString();
  return { ...answer, headers: { ...answer.headers, 'retry-after': value } };
}

async function send<Rule extends FaultRule>(
  parts: ExchangeParts<Rule>,
  reply: FastifyReply,
  record: RequestRecord,
  admission: Admission,
  answer: Answer,
  fault: WireFault | null,
): Promise<FastifyReply> {
  if (fault?.kind === 'refuse') parts.server.shut(fault, parts.clock);
  record.status = answer.status;
  const headers: Record<string, string> = { ...answer.headers, ...admission.headers };
  // A kept-alive socket would let the caller in past the closed door.
  if (!parts.server.open) headers.connection = 'close';
  return deliver(reply, { ...answer, headers }, fault, parts.clock);
}

/** Ends the connection without a word. */
function reset(reply: FastifyReply): FastifyReply {
  reply.hijack();
  reply.raw.socket?.resetAndDestroy();
  return reply;
}
