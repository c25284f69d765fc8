import { setTimeout as pause } from 'node:timers/promises';
import { type Order, OrderNotCompletedError } from '../../client.js';
import { type Demonstration, demonstrations } from '../../sandbox/index.js';
import type { CancelAnswer } from '../../workflows/contract.js';
import { Failed } from '../exit.js';
import { contractOf } from '../order-words.js';
import type { Example } from './example.js';
import { type Ending, judge } from './judge.js';
import type { HeldAnswer } from './sandbox-client.js';
import type { Stage } from './stage.js';

/** How an example's order ended, for the table. */
export interface Played {
  readonly reference: string;
  readonly workflowId: string;
  readonly ending: Ending;
  readonly ids: Readonly<Record<string, string>>;
  readonly undone: readonly string[];
  /** What is not as the example says. */
  readonly differences: readonly string[];
}

/**
 * The slowest example loses its worker: ten seconds until that is noticed, as many until the task of the dead one is
 * given to the next. What takes this many milliseconds is stuck.
 */
const STUCK_AFTER_MS = 90_000;

/** How often a phase is asked for, in milliseconds. */
const LOOK_EVERY_MS = 200;

/** Starts an example's order, does to it what the example says, tells what happens, and judges the end by the ledger. */
export async function play(example: Example, stage: Stage, say: (text: string) => void): Promise<Played> {
  const { sandbox, temporal, waybill } = stage;
  const imitated = imitationOf(example);
  const reference = `${example.order.reference}${temporal.referenceSuffix}`;
  const before = await sandbox.ledger();
  const fault = example.happens.fault && (await sandbox.addFault(example.happens.fault));
  const held = example.happens.killWorker && (await sandbox.holdAnswer(example.happens.killWorker.after));

  const order = await waybill.start(contractOf(example.story), { ...example.order, reference });
  const teller: Teller = { told: 0, tell: (text) => say(`${reference}  ${text}`) };
  const [missed] = await Promise.all([disturb(example, order, held, stage, teller), tellAll(order, teller)]);
  const { outcome, undone, cancel } = await endOf(order);
  teller.tell(`it ended ${outcome}${cancel === undefined ? '' : `; the cancel was answered ${cancel.verdict}`}`);

  const after = await sandbox.ledger();
  if (fault !== undefined && after.faults.find(({ id }) => id === fault.id)?.fired === 0) {
    missed.push(`the fault ${fault.rule.kind} did not strike`);
  }
  const ending: Ending = { outcome, ledger: imitated.happenedBetween(before, after), missed };
  const { ids = {} } = await order.status();
  return { reference, workflowId: order.workflowId, ending, ids, undone, differences: judge(example, ending) };
}

function imitationOf({ name, order }: Example): Demonstration {
  const [platform = ''] = order.connection.split('/');
  const found = demonstrations.get(platform);
  if (found === undefined) throw new Failed(`${name}: the sandbox has no imitation of ${platform}`);
  return found;
}

interface Teller {
  /** How many of the order's happenings were told. */
  told: number;
  tell(text: string): void;
}

/** Says all that happens to the order, until it has ended or is stuck. */
async function tellAll(order: Order, teller: Teller): Promise<void> {
  const happenings = order.follow();
  const stuck = new AbortController();
  const late = pause(STUCK_AFTER_MS, undefined, { signal: stuck.signal, ref: false }).catch(() => undefined);
  const told = (async () => {
    for await (const { n, text } of happenings) {
      teller.tell(text);
      teller.told = n;
    }
    return 'ended' as const;
  })();
  const end = await Promise.race([told, late]);
  stuck.abort();
  if (end === 'ended') return;
  void happenings.return(undefined);
  const { step, hold, troubles } = await order.status();
  teller.tell(['it is stuck', hold?.question ?? step, ...troubles].filter((text) => text !== undefined).join('; '));
}

/** Does to the order what its example says. Gives what could not be done. */
async function disturb(
  { happens }: Example,
  order: Order,
  held: HeldAnswer | undefined,
  { worker }: Stage,
  teller: Teller,
): Promise<string[]> {
  const { tell } = teller;
  if (happens.fault !== undefined) tell(`[demo] the fault ${happens.fault.kind} is set on ${happens.fault.operation}`);
  if (held !== undefined && happens.killWorker !== undefined) {
    if (!(await held.reached()))
      return [`${happens.killWorker.after} was never asked for, so the worker was not killed`];
    await worker.crash();
    await held.release();
    tell(
      `[demo] ${happens.killWorker.after} is done at the platform; the worker got SIGKILL before the answer reached it`,
    );
    tell(`[demo] the worker is started again: process ${await worker.start()}`);
  }
  if (happens.cancel !== undefined) {
    if (!(await reaches(order, happens.cancel.in, teller)))
      return [`it was never ${happens.cancel.in}, so it was not canceled`];
    tell('[demo] a cancel is asked for');
    await order.cancel();
  }
  return [];
}

/** Whether the order comes to a phase, with all told that led to it. */
async function reaches(order: Order, phase: string, teller: Teller): Promise<boolean> {
  const deadline = Date.now() + STUCK_AFTER_MS;
  while (Date.now() < deadline) {
    const status = await order.status();
    if (status.phase === phase && teller.told >= status.happenings.length) return true;
    if (status.state !== 'running') return false;
    await pause(LOOK_EVERY_MS);
  }
  return false;
}

async function endOf(
  order: Order,
): Promise<{ outcome: Ending['outcome']; undone: readonly string[]; cancel?: CancelAnswer }> {
  const { state } = await order.status();
  if (state === 'running') return { outcome: 'unknown', undone: [] };
  try {
    return await order.result();
  } catch (error) {
    if (!(error instanceof OrderNotCompletedError)) throw error;
    return error.outcome ?? { outcome: 'unknown', undone: [] };
  }
}
