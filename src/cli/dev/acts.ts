import type { Order } from '../../client.js';
import type { SandboxLedger } from '../../sandbox/index.js';
import { type Deed, updateValue } from './deed.js';
import type { Example } from './example.js';
import type { SandboxClient } from './sandbox-client.js';
import type { Teller } from './teller.js';
import type { WorkerSeat } from './worker-seat.js';

/** What is done to an order needs these. */
export interface Scene {
  readonly example: Example;
  /** The imitation of the order's platform. */
  readonly sandbox: SandboxClient;
  readonly worker: WorkerSeat;
  readonly teller: Teller;
}

/** A deed that everything is arranged for. */
interface Act extends Pick<Deed, 'when' | 'shows'> {
  /** In a few words, for what is missed. */
  readonly what: string;
  /** Does it. Throws, or gives a sentence, when it cannot be done. */
  run(order: Order): Promise<string | undefined>;
  /** A sentence when it had no effect, by the ledger at the end. */
  missedBy?(ledger: SandboxLedger): string | undefined;
}

/** All that is done to one order. */
export interface Acts {
  /** Does one after the other, until one cannot be done. Gives what was missed, one sentence each. */
  perform(order: Order): Promise<string[]>;
  /** What had no effect, by the ledger at the end. */
  missedBy(ledger: SandboxLedger): string[];
}

/** Arranges what must be in place before the order starts. */
export async function prepare(scene: Scene): Promise<Acts> {
  const acts: Act[] = [];
  for (const deed of scene.example.happens) acts.push(await actOf(deed, scene));
  return {
    async perform(order) {
      for (const act of acts) {
        const missed = await attempt(act, order, scene.teller);
        if (missed !== undefined) return [missed];
      }
      return [];
    },
    missedBy: (ledger) => acts.map((act) => act.missedBy?.(ledger)).filter((missed) => missed !== undefined),
  };
}

async function attempt({ when, shows, what, run }: Act, order: Order, teller: Teller): Promise<string | undefined> {
  if (when !== undefined && !(await teller.reaches(order, when, shows))) {
    return `it was never ${when}${shows === undefined ? '' : ` with ${shows}`}: no ${what}`;
  }
  try {
    return await run(order);
  } catch (error) {
    return `${what}: ${error instanceof Error ? error.message : String(error)}`;
  }
}

async function actOf(deed: Deed, scene: Scene): Promise<Act> {
  const { when, shows, fault, killWorker, control, send, cancel } = deed;
  if (fault !== undefined) return faultAct(fault, scene);
  if (killWorker !== undefined) return killAct(killWorker.after, scene);
  if (control !== undefined) return { when, shows, ...controlAct(control, scene) };
  if (send !== undefined) return { when, shows, ...sendAct(send, scene) };
  if (cancel !== undefined) return { when, shows, ...cancelAct(scene) };
  throw new TypeError('a deed without content was let through');
}

async function faultAct(rule: NonNullable<Deed['fault']>, { sandbox, teller }: Scene): Promise<Act> {
  const { id } = await sandbox.addFault(rule);
  const { kind, operation } = rule;
  return {
    what: `fault ${kind}`,
    async run() {
      teller.tellDeed(`the fault ${kind} is set on ${operation}`);
      return undefined;
    },
    missedBy: ({ faults }) =>
      faults.find((each) => each.id === id)?.fired === 0 ? `the fault ${kind} did not strike` : undefined,
  };
}

async function killAct(operation: string, { sandbox, worker, teller }: Scene): Promise<Act> {
  const held = await sandbox.holdAnswer(operation);
  return {
    what: 'kill of the worker',
    async run() {
      if (!(await held.reached())) return `${operation} was never asked for, so the worker was not killed`;
      await worker.crash();
      await held.release();
      teller.tellDeed(`${operation} is done at the platform; the worker got SIGKILL before the answer reached it`);
      teller.tellDeed(`the worker is started again: process ${await worker.start()}`);
      return undefined;
    },
  };
}

function controlAct({ name, input }: NonNullable<Deed['control']>, { sandbox, teller }: Scene): Act {
  return {
    what: name,
    async run() {
      await sandbox.control(name, filledIn(input, { reference: teller.reference, yesterday: yesterday() }) as object);
      teller.tellDeed(`at the platform: ${name}`);
      return undefined;
    },
  };
}

function sendAct(send: NonNullable<Deed['send']>, { example, teller }: Scene): Act {
  const { update, change, value = {} } = send;
  const what = change === undefined ? Object.keys(value) : Object.keys(change);
  return {
    what: update,
    async run(order) {
      teller.tellDeed(`${update} is sent, with ${change === undefined ? '' : 'other '}${what.join(', ')}`);
      const answer = await order.send(update, updateValue(example.order, send));
      return answer.verdict === 'done' ? undefined : `${update} was answered ${answer.verdict}: ${answer.reason}`;
    },
  };
}

function cancelAct({ teller }: Scene): Act {
  return {
    what: 'cancel',
    async run(order) {
      teller.tellDeed('a cancel is asked for');
      const { verdict } = await order.cancel();
      teller.tellDeed(`the first answer to it: ${verdict}`);
      return undefined;
    },
  };
}

/** What stands in braces: `{reference}`, which a server that stays makes longer each time, and `{yesterday}`. */
function filledIn(value: unknown, words: Readonly<Record<string, string>>): unknown {
  if (typeof value === 'string') return value.replace(/\{(\w+)\}/g, (all, word: string) => words[word] ?? all);
  if (Array.isArray(value)) return value.map((item) => filledIn(item, words));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, filledIn(item, words)]));
}

/** A day that is over everywhere, e.g. `2026-01-15`. */
const yesterday = (): string => new Date(Date.now() - 24 * 60 * 60_000).toISOString().slice(0, 10);
