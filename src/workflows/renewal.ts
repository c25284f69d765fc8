import { allHandlersFinished, continueAsNew, workflowInfo } from '@temporalio/workflow';
import type { CancelAnswer, Happening } from './contract.js';
import type { Leftover } from './failures.js';
import type { Kit } from './kit.js';
import { lookForDoubles } from './once.js';
import type { RunState } from './run.js';

/** What one run of a story leaves to the next, so that nobody outside sees where one ends and the other begins. */
export interface Carried {
  /** The story's own. */
  readonly state: unknown;
  /** The parsed input as it is now: it is not parsed again, because the rules for new orders may be others by now. */
  readonly order: Record<string, unknown>;
  readonly pace: number;
  readonly deadline: number;
  readonly ids: Readonly<Record<string, string>>;
  readonly happenings: readonly Happening[];
  readonly settled: readonly string[];
  readonly undone: readonly string[];
  readonly left: readonly Leftover[];
  readonly noReturn?: string;
  readonly cancel?: CancelAnswer;
  readonly holds: number;
  readonly answered: number;
  readonly inbox?: { readonly newest: object; readonly since: number; readonly readAt?: number };
}

/**
 * Goes on as a new run with a history of its own, when nothing is open. It comes back when somebody is just being, or was
 * just, answered: the story goes on here, serves them, and tries again later. Otherwise it does not come back.
 *
 * @param input as the run got it: whoever compares a start with what runs finds it in the history of every run
 */
export async function renew(kit: Kit, input: unknown, state: unknown): Promise<void> {
  const { run, cancel, requests, doubleChecks } = kit;
  if (run.finished) return;
  const { answer } = cancel;
  await lookForDoubles(kit, 'the end');
  doubleChecks.splice(0);
  await cancel.boundary();
  // What the story does about it now is not in what it leaves to the next run.
  if (cancel.answer !== answer) return;
  expectNothingOpen(kit);
  // What these wait for would end with this run.
  if (requests.length > 0 || kit.answering !== undefined || !allHandlersFinished()) return;
  const { newest, since, readAt } = kit.inbox;
  const carried: Carried = {
    state,
    order: run.order,
    pace: run.pace,
    deadline: run.deadline,
    ids: run.ids,
    happenings: run.happenings,
    settled: [...run.settled],
    undone: run.undone,
    left: run.left,
    ...(run.noReturn === undefined ? {} : { noReturn: run.noReturn }),
    ...(cancel.answer === undefined ? {} : { cancel: cancel.answer }),
    holds: kit.holds,
    answered: kit.answered,
    ...(newest === undefined ? {} : { inbox: { newest, since, ...(Number.isFinite(readAt) ? { readAt } : {}) } }),
  };
  await continueAsNew(input, carried);
}

/** A story that goes on with something open would lose it. An error of ours: the task fails until the code is right. */
function expectNothingOpen({ run, undoing, underWay, cancel }: Kit): void {
  const open = [
    ...run.undos.map(({ says }) => `the undo "${says}"`),
    ...(run.hold === undefined ? [] : [run.hold.id]),
    ...(run.part === undefined ? [] : [run.part.workflowId]),
    ...(underWay > 0 ? ['a step'] : []),
    ...(undoing || cancel.deciding ? ['what is being taken back'] : []),
  ];
  if (open.length > 0) throw new Error(`a story goes on as a new run with ${open.join(', ')} open`);
}

/** What an earlier run has left to this one. Only the server says that there was one: anybody may start a story with it. */
export function carriedOver(carried: Carried | undefined): Carried | undefined {
  return workflowInfo().continuedFromExecutionRunId === undefined ? undefined : carried;
}

/** Takes over what an earlier run has left, before anything is awaited. */
export function takeOver(kit: Kit, carried: Carried): void {
  const { run, cancel, inbox } = kit;
  const { order, pace, deadline, ids, happenings, settled, undone, left, noReturn } = carried;
  const more: Partial<RunState> = { head: order as unknown as RunState['head'], order, pace, deadline, noReturn };
  Object.assign(run, more);
  Object.assign(run.ids, ids);
  run.happenings.push(...happenings);
  run.undone.push(...undone);
  run.left.push(...left);
  for (const member of settled) run.settled.add(member);
  Object.assign(kit, { holds: carried.holds, answered: carried.answered });
  if (carried.cancel !== undefined) cancel.wasAnswered(carried.cancel);
  if (carried.inbox !== undefined) inbox.restore(carried.inbox);
}
