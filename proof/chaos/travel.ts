import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
// Outside the test runner it is loaded by Node itself, which finds no names in this CommonJS module.
import proto from '@temporalio/proto';
import { delivered } from '../../test/stories/deliveries.js';
import { type End, endOf, holdOf } from '../../test/stories/endings.js';
import { patient, patiently } from '../../test/stories/patient.js';
import type { Account, Input, Way } from '../../test/stories/tested.js';
import type { Plan } from './plan.js';

/** What became of an order. */
export interface Travelled {
  readonly end: End;
  /** How often a person was asked. */
  readonly held: number;
}

/** Seldom enough that looking is not the work. */
const LOOK_EVERY_MS = 1_000;

/** Whatever the platform's people do settles a hold that settles itself; what else is asked there is tried again then. */
const SETTLES_WITHIN_MS = 15_000;

/** People at the platform have seen by then that an order is over. */
const LEAVES_WITHIN_MS = 10_000;

/** An order that is not over by then, and says why. */
export class NotOverError extends Error {
  override readonly name = 'NotOverError';
}

/** Takes an order through all that is planned for it, to its end. */
export async function travel(
  client: Client,
  account: Account,
  plan: Plan,
  input: Input,
  budgetMs: number,
  onStarted: (workflowId: string) => void,
): Promise<Travelled> {
  const { journey, cancel, twice } = plan;
  const start = () => patiently(() => account.start(input));
  const [started] = await Promise.all(twice ? [start(), start()] : [start()]);
  if (started === undefined) throw new Error('nothing was started');
  const { workflowId } = started;
  onStarted(workflowId);
  const order = patient(started);
  const { hint } = delivered((about) => patiently(() => account.hint(about)), plan.deliveries);
  const way: Way<Account> = {
    account: { ...account, hint },
    sandbox: account.sandbox,
    input,
    order,
  };
  const over = new AbortController();
  const end = patiently(() => endOf(started)).finally(() => over.abort());
  // What an order comes to may be cut off by its cancel, and by its end.
  const played = [journey.play?.(way), cancel && canceled(client, way, cancel, over.signal)];
  for (const each of played) each?.catch(() => undefined);
  try {
    const [ended, held] = await Promise.race([
      Promise.all([end, answered(client, way, plan, over.signal)]),
      late(client, way, budgetMs, over.signal),
    ]);
    // People at the platform see that it is over, and go.
    await Promise.race([Promise.allSettled(played), pause(LEAVES_WITHIN_MS, undefined, { ref: false })]);
    return { end: ended, held };
  } catch (error) {
    // What still runs must not go on in the next order of this account.
    await patiently(() => client.workflow.getHandle(workflowId).terminate());
    await end.catch(() => undefined);
    throw error;
  }
}

async function canceled(
  client: Client,
  way: Way<Account>,
  cancel: NonNullable<Plan['cancel']>,
  over: AbortSignal,
): Promise<void> {
  await Promise.race([way.sandbox.whenRequest('*', cancel.afterRequests), once(over, 'abort')]);
  if (over.aborted) return;
  if (cancel.by === 'update') await way.order.cancel();
  else await patiently(() => client.workflow.getHandle(way.order.workflowId).cancel());
  await cancel.people(way);
}

/** A person who looks now and then until it is over, and has what is asked about tried again. @returns how often */
async function answered(client: Client, way: Way<Account>, { journey }: Plan, over: AbortSignal): Promise<number> {
  const { order } = way;
  const seen = new Map<string, number>();
  while (!over.aborted) {
    await pause(LOOK_EVERY_MS, undefined, { signal: over }).catch(() => undefined);
    const hold = over.aborted ? undefined : await patiently(() => holdOf(client, order));
    if (hold === undefined) continue;
    const since = seen.get(hold.id) ?? performance.now();
    seen.set(hold.id, since);
    if (journey.asked === 'settles itself' && performance.now() - since < SETTLES_WITHIN_MS) continue;
    // It may have settled itself meanwhile.
    await patient(hold.at)
      .resolve({ hold: hold.id, answer: 'retry' })
      .catch(() => undefined);
  }
  return seen.size;
}

async function late(client: Client, way: Way<Account>, budgetMs: number, over: AbortSignal): Promise<never> {
  await pause(budgetMs, undefined, { signal: over, ref: false }).catch(() => new Promise<never>(() => undefined));
  const { state, phase, step, waitingFor, hold, troubles, happenings } = await way.order.status();
  const { raw } = await patiently(() => client.workflow.getHandle(way.order.workflowId).describe());
  const task =
    raw.pendingWorkflowTask &&
    proto.temporal.api.workflow.v1.PendingWorkflowTaskInfo.toObject(raw.pendingWorkflowTask as never, {
      enums: String,
      longs: String,
    });
  const stands = { state, phase, step, waitingFor, hold, troubles, happenings, task };
  throw new NotOverError(`not over after ${budgetMs / 1_000} s: ${JSON.stringify(stands)}`);
}
