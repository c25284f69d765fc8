import { performance } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { endOf, holdOf, howOf } from './endings.js';
import type { KillRig } from './killable.js';
import { patient, patiently, unlessAway } from './patient.js';
import { momentOf, type Struck } from './strikes.js';
import type { Account, InputOf, Journey, OrderOf, Way } from './tested.js';

/** An order under way. */
export interface Going<A extends Account> {
  readonly way: Way<A>;
  readonly end: Promise<Journey<A>['ends']>;
}

/** An order whose write stands there. */
export interface Standing<A extends Account> extends Going<A> {
  readonly one: Struck<A>;
  /** By `performance.now()`. */
  readonly since: number;
  release(): void;
}

/** Rarely: there are many orders. */
const LOOK_EVERY_MS = 2_000;
const RUNNING = Symbol('running');

/** The longest way, a write that is lost and found nowhere, takes a minute when nothing else is to be done. */
const END_WITHIN_MS = 100_000;

/** A read that waits too long is sent again so often, while the others come to where they are to stand. */
const READS_HELD = 5;

export const any = ['read', 'write'];

/** Starts an order, with what happens to it, and with somebody who sees to its holds. */
export async function start<A extends Account>(of: KillRig<A>, account: A, journey: Journey<A>): Promise<Going<A>> {
  const input = account.order(journey.order) as InputOf<A>;
  const started = (await account.start(input)) as OrderOf<A>;
  const hint: A['hint'] = (about) => patiently(() => account.hint(about));
  const way: Way<A> = { account: { ...account, hint }, sandbox: account.sandbox, input, order: patient(started) };
  const ended = patiently(() => endOf(started)).then(howOf);
  // What is asked of an order may be cut off by what happens to its process; the ledger tells what became of it.
  journey.play?.(way).catch(() => undefined);
  return { way, end: answerHolds(of, way, journey, ended) };
}

/** A person who looks now and then until it is over. Whoever asks without need is an error; what is lost is tried again. */
async function answerHolds<A extends Account, T>(
  { client }: KillRig<A>,
  { order }: Way<A>,
  { asked }: Journey<A>,
  end: Promise<T>,
): Promise<T> {
  const deadline = performance.now() + END_WITHIN_MS;
  for (;;) {
    const over = await Promise.race([end, pause(LOOK_EVERY_MS, RUNNING)]);
    if (over !== RUNNING) return over as T;
    if (performance.now() > deadline) {
      const { step, troubles } = await order.status();
      throw new Error(`it does not end: ${step}; ${troubles.join('; ')}`);
    }
    const hold = await unlessAway(holdOf(client, order));
    if (hold === undefined || asked === 'settles itself') continue;
    if (asked === undefined) throw new Error(`it asks: ${hold.question} (${hold.facts.join('; ')})`);
    await hold.at.resolve({ hold: hold.id, answer: 'retry' }).catch(() => undefined);
  }
}

/** Starts an order, and lets it come to where it is to be struck. */
export async function stand<A extends Account>(of: KillRig<A>, account: A, one: Struck<A>): Promise<Standing<A>> {
  const { sandbox } = account;
  const { id, journey, operation, nth } = one;
  const moment = momentOf(one);
  sandbox.reset();
  const hold = sandbox.hold({ operation, nth, at: moment === 'arrival' ? 'arrival' : 'done' });
  const { way, end } = await start(of, account, journey);
  const early = end.then((how) => Promise.reject(new Error(`${id}: ${how} before it was reached`)));
  await Promise.race([hold.reached, early]);
  const since = performance.now();
  if (moment !== 'next') return { one, way, end, since, release: hold.release };
  // A read that waits too long is sent again, and waits again.
  const rest = Array.from({ length: READS_HELD }, (_, i) => sandbox.hold({ operation: any, nth: i + 1 }));
  hold.release();
  await Promise.race([rest[0]?.reached, end]);
  const release = () => {
    for (const each of rest) each.release();
  };
  return { one, way, end, since, release };
}
