import { Context } from '@temporalio/activity';
import {
  type Client,
  type WorkflowExecutionInfo,
  type WorkflowHandle,
  WorkflowNotFoundError,
} from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import { attributes, memoKeys, messages, orderWorkflowId, type Seen, type Told } from '../workflows/contract.js';
import { fingerprint } from '../workflows/fingerprint.js';
import type { Looked } from '../workflows/hints.js';
import { paced, timing } from '../workflows/timing.js';
import { failureType } from './failure.js';
import type { Changes, Log, News } from './platform.js';

/** How far a round has come. */
interface Position {
  /** When the round began, or is to begin, in milliseconds since 1970. */
  readonly from: number;
  /** Orders that were started in this millisecond or later are done; those of the same one are in `done`. */
  readonly before?: number;
  readonly done?: readonly string[];
}

/** A slice of a round ends after this: a process that stops waits for it, and a frozen one is missed soon. */
const SLICE_MS = 30_000;

/** How often a slice says how far it has come: what is read twice after a crash is no more than this. */
const TELL_POSITION_MS = 5_000;

/** Rounds of several connections should not begin together; a tenth of their distance spreads them. */
const SPREAD = 0.1;

/** What the platform refuses to answer now it may answer then. */
const PAUSE_MS = 60_000;

/** Orders in one page of the list; a page of a thousand takes a second of the server's time. */
const PAGE = 200;

/** Where an order stands that something may still happen to. */
const OPEN_PHASES = ['waiting', 'held', 'undoing'];

/** The activities that notice what has changed at a platform, and tell the orders concerned. */
export function changeActivities(connection: string, changes: Changes | undefined, pace: number, log: Log) {
  return {
    /** Reads what a hint is about, and tells the orders that do not know it yet. */
    async lookAt(hint: string): Promise<Looked> {
      const { client } = Context.current();
      const readAt = Date.now();
      const news = (await changes?.look(hint)) ?? [];
      const told = await Promise.all(news.map((each) => tell(client, connection, each, readAt, undefined)));
      return told.find((one) => one === 'told') ?? told.find((one) => one === 'unchanged') ?? 'unknown';
    },

    /**
     * Looks at the open orders one by one, for as long as it is run. It never completes: each slice, and each pause
     * between two rounds, ends as a failure that the server repeats, which adds nothing to any history; how far it has
     * come is in its heartbeat.
     */
    async round(): Promise<void> {
      const { client, info } = Context.current();
      if (changes === undefined) throw again(timing.round);
      let at = (info.heartbeatDetails as Position | undefined) ?? { from: Date.now() };
      const keep = () => client.activity.heartbeat(info.taskToken, at);
      const now = Date.now();
      if (now < at.from) throw again(at.from - now);
      let toldPosition = now;
      for await (const order of openOrders(client, connection, at)) {
        const pause = await readOne(client, connection, changes, order, log);
        if (pause === undefined) at = passed(at, order);
        if (pause !== undefined || Date.now() - now > SLICE_MS) {
          await keep();
          throw again(pause ?? 1);
        }
        if (Date.now() - toldPosition < TELL_POSITION_MS) continue;
        await keep();
        toldPosition = Date.now();
      }
      const distance = paced(timing.round, pace) * (1 + SPREAD * (Math.random() - 0.5));
      at = { from: Math.max(Date.now(), at.from + distance) };
      await keep();
      throw again(at.from - Date.now());
    },
  };
}

/** Newest first, as the server lists them; those that came after the round has begun look at themselves. */
async function* openOrders(client: Client, connection: string, { from, before, done = [] }: Position) {
  const phases = OPEN_PHASES.map((phase) => `"${phase}"`).join(', ');
  const query = [
    `${attributes.connection.name} = "${connection}"`,
    'ExecutionStatus = "Running"',
    `${attributes.phase.name} IN (${phases})`,
    `StartTime < "${new Date(before ?? from).toISOString()}"`,
  ].join(' AND ');
  for await (const order of client.workflow.list({ query, pageSize: PAGE })) {
    if (!done.includes(order.workflowId)) yield order;
  }
}

function passed({ from, before, done = [] }: Position, { workflowId, startTime }: WorkflowExecutionInfo): Position {
  // Times of the list are cut to milliseconds: others of this one may follow.
  const after = startTime.getTime() + 1;
  return { from, before: after, done: after === before ? [...done, workflowId] : [workflowId] };
}

/** @returns how long to stay away, in milliseconds, when the platform cannot be asked now */
async function readOne(
  client: Client,
  connection: string,
  changes: Changes,
  { memo, typedSearchAttributes, workflowId }: WorkflowExecutionInfo,
  log: Log,
): Promise<number | undefined> {
  const seen = memo?.[memoKeys.seen] as Seen | undefined;
  const reference = seen?.reference ?? typedSearchAttributes.get(attributes.reference) ?? '';
  const readAt = Date.now();
  try {
    for (const news of await changes.look(changes.hintOf(reference))) {
      await tell(client, connection, news, readAt, seen?.print);
    }
    return undefined;
  } catch (error) {
    const type = failureType(error);
    if (type === 'RateLimited' || type === 'Unavailable' || type === 'NotAuthorized') {
      const { nextRetryDelay } = error as ApplicationFailure;
      return typeof nextRetryDelay === 'number' ? nextRetryDelay : PAUSE_MS;
    }
    if (type === undefined) throw error;
    log.warn('an order could not be looked at', { workflowId, type });
    return undefined;
  }
}

/** @param known fingerprint of what the order knows; undefined when it has to be asked for */
async function tell(
  client: Client,
  connection: string,
  { story, reference, state }: News,
  readAt: number,
  known: string | undefined,
): Promise<Looked> {
  const handle = client.workflow.getHandle(orderWorkflowId(story, { connection, reference }));
  const told: Told = { state, readAt };
  try {
    if ((known ?? (await knownBy(handle))) === fingerprint(state)) return 'unchanged';
    await handle.signal(messages.told, told);
    return 'told';
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return 'unknown';
    throw error;
  }
}

/** What a run that has ended knows does not matter: nobody can be told there. */
async function knownBy(handle: WorkflowHandle): Promise<string | undefined> {
  const { memo } = await handle.describe();
  return (memo?.[memoKeys.seen] as Seen | undefined)?.print;
}

/** Nothing went wrong: the same activity goes on after a pause. */
const again = (ms: number): ApplicationFailure =>
  ApplicationFailure.create({
    type: 'Unavailable',
    message: 'goes on later',
    category: 'BENIGN',
    nextRetryDelay: Math.max(1, Math.ceil(ms)),
  });
