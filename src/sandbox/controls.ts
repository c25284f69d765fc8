import type { FastifyInstance, FastifyReply } from 'fastify';
import { z } from 'zod';
import type { SandboxClock } from './clock.js';
import type { FaultRecord } from './faults.js';
import type { HoldBook } from './holds.js';

/** A thing a person could do at the platform, or a setting of the sandbox: parsed input, then done. */
export interface Control {
  run(input: unknown): unknown;
}

/** Ties a control to the schema of its input, so that HTTP and in-process calls are parsed alike. */
export function control<Schema extends z.ZodType>(schema: Schema, run: (input: z.output<Schema>) => unknown): Control {
  return { run: (input) => run(schema.parse(input ?? {})) };
}

export interface ControlledPlatform {
  clock: SandboxClock;
  holds: HoldBook;
  faults: { add(fault: never): FaultRecord; all(): FaultRecord[]; clear(): void };
  operations: readonly unknown[];
  controls: Readonly<Record<string, Control>>;
  ledger(): unknown;
  reset(): void;
}

const selector = z.union([z.string().min(1), z.array(z.string().min(1)).min(1)]);
const holdSchema = z.strictObject({
  operation: selector,
  nth: z.int().min(1).optional(),
  at: z.enum(['arrival', 'done']).optional(),
});
const clockSchema = z.strictObject({
  advance: z.number().min(0).optional(),
  set: z.number().optional(),
  speed: z.number().positive().optional(),
});
/** Longest wait for a hold over HTTP, in real milliseconds: below common client time-outs. */
const holdWaitSchema = z.coerce.number().min(0).max(60_000).default(0);

/** Serves `/_sandbox/…`: not part of the platform, so without authentication, limits, faults or ledger. */
export function serveControls(app: FastifyInstance, platform: ControlledPlatform): void {
  const { clock, faults, holds } = platform;
  app.register(
    async (scope) => {
      scope.setErrorHandler((error, _request, reply) => refuse(reply, error));
      scope.get('/ledger', () => platform.ledger());
      scope.get('/operations', () => platform.operations);
      scope.post('/reset', () => {
        platform.reset();
        return { reset: true };
      });
      scope.get('/clock', () => clockView(clock));
      scope.post('/clock', (request) => {
        const wanted = clockSchema.parse(json(request.body));
        if (wanted.speed !== undefined) clock.setSpeed(wanted.speed);
        if (wanted.set !== undefined) clock.set(wanted.set);
        if (wanted.advance !== undefined) clock.advance(wanted.advance);
        return clockView(clock);
      });
      scope.get('/faults', () => faults.all());
      scope.post('/faults', (request) => faults.add(json(request.body) as never));
      scope.delete('/faults', () => {
        faults.clear();
        return faults.all();
      });
      scope.post('/holds', (request) => ({ id: holds.add(holdSchema.parse(json(request.body))).id }));
      scope.get<{ Params: { id: string }; Querystring: { wait?: string } }>('/holds/:id', async (request) => {
        const hold = known(holds.get(Number(request.params.id)), `hold ${request.params.id}`);
        const wait = holdWaitSchema.parse(request.query.wait);
        return { id: hold.id, reached: await within(wait, hold.reached) };
      });
      scope.post<{ Params: { id: string } }>('/holds/:id/release', (request) => {
        known(holds.get(Number(request.params.id)), `hold ${request.params.id}`).release();
        return { released: true };
      });
      scope.post<{ Params: { name: string } }>('/controls/:name', (request) => {
        const { name } = request.params;
        const result = known(platform.controls[name], `control "${name}"`).run(json(request.body));
        return { result: result ?? null };
      });
    },
    { prefix: '/_sandbox' },
  );
}

class Unknown extends Error {}

function known<T>(thing: T | undefined, name: string): T {
  if (thing === undefined) throw new Unknown(`The sandbox has no ${name}.`);
  return thing;
}

function refuse(reply: FastifyReply, error: unknown): FastifyReply {
  const message = error instanceof Error ? error.message : String(error);
  return reply.code(error instanceof Unknown ? 404 : 400).send({ error: message });
}

function json(body: unknown): unknown {
  return typeof body === 'string' && body !== '' ? JSON.parse(body) : undefined;
}

function clockView(clock: SandboxClock): { now: number; iso: string; speed: number } {
  const now = clock.now();
  return { now, iso: new Date(now).toISOString(), speed: clock.speed };
}

/** What the promise gives within this many real milliseconds, else null. */
async function within<T>(ms: number, promise: Promise<T>): Promise<T | null> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), ms);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
