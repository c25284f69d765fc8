import { Client, Connection } from '@temporalio/client';
import { type TemporalTarget, temporalTarget } from '../temporal/connect.js';
import { hintsWorkflowId } from '../workflows/contract.js';
import { hinted } from '../workflows/hints.js';
import type { Keep } from './receive.js';

/** Where hints are kept: in the history of the connection's hints, on a Temporal server. */
export interface HintStore {
  readonly keep: Keep;
  /** Whether the server answers, as of the last second. */
  readonly isReady: () => Promise<boolean>;
  close(): Promise<void>;
}

/** A server that is there answers in milliseconds; and no sender has to wait for long to be told to come again. */
const KEEP_WITHIN_MS = 5_000;

/** Of a probe. Those who ask mostly give up after a second or some. */
const READY_WITHIN_MS = 2_000;

/** However many ask, the server is asked once in this time. */
const READY_FOR_MS = 1_000;

/** A connection that was lost is tried again this often; by gRPC's own default that would be two minutes apart. */
const RECONNECT_MS = 2_000;

/** In one signal: some 85 KiB at most, of the 2 MiB that the server takes. */
const HINTS_IN_A_SIGNAL = 1_000;

/** Connects when it is first needed, and again whenever the server is back. */
export function openHintStore(target: TemporalTarget | undefined, taskQueue: string): HintStore {
  const { connection: options, namespace } = temporalTarget(target);
  const connection = Connection.lazy({
    ...options,
    channelArgs: { ...options.channelArgs, 'grpc.max_reconnect_backoff_ms': RECONNECT_MS },
  });
  const client = new Client({ connection, namespace });
  const signal = (name: string, hints: readonly string[]) =>
    client.workflow.signalWithStart('hints', {
      workflowId: hintsWorkflowId(name),
      taskQueue,
      args: [name],
      signal: hinted,
      signalArgs: [hints],
      staticSummary: `hints for ${name}`,
    });
  const answers = () =>
    connection
      .withDeadline(Date.now() + READY_WITHIN_MS, () => connection.workflowService.describeNamespace({ namespace }))
      .then(
        () => true,
        () => false,
      );
  return {
    keep: together((name, hints) =>
      connection.withDeadline(Date.now() + KEEP_WITHIN_MS, async () => {
        for (let from = 0; from < hints.length; from += HINTS_IN_A_SIGNAL) {
          await signal(name, hints.slice(from, from + HINTS_IN_A_SIGNAL));
        }
      }),
    ),
    isReady: forAWhile(answers),
    close: () => connection.close(),
  };
}

/**
 * One signal of a connection at a time: what comes in meanwhile goes together with the next. A run that gets more than a
 * hundred signals while it thinks never finishes its thought, and a storm of webhooks is just that.
 */
function together(keep: Keep): Keep {
  const next = new Map<string, { readonly hints: Set<string>; readonly kept: Promise<void> }>();
  const last = new Map<string, Promise<void>>();
  return (name, hints) => {
    const waiting = next.get(name);
    if (waiting !== undefined) {
      for (const hint of hints) waiting.hints.add(hint);
      return waiting.kept;
    }
    const all = new Set(hints);
    const before = last.get(name) ?? Promise.resolve();
    const kept = before
      .catch(() => undefined)
      .then(() => {
        next.delete(name);
        return keep(name, [...all]);
      });
    next.set(name, { hints: all, kept });
    last.set(name, kept);
    const over = () => {
      if (last.get(name) === kept) last.delete(name);
    };
    void kept.then(over, over);
    return kept;
  };
}

/** Asks anew only when the last answer is old. Who asks meanwhile gets the answer that is on its way. */
function forAWhile<T>(ask: () => Promise<T>): () => Promise<T> {
  let last: { readonly answer: Promise<T>; until: number } | undefined;
  return () => {
    if (last !== undefined && performance.now() < last.until) return last.answer;
    const asked = { answer: ask(), until: Number.POSITIVE_INFINITY };
    const answered = () => {
      asked.until = performance.now() + READY_FOR_MS;
    };
    void asked.answer.then(answered, answered);
    last = asked;
    return asked.answer;
  };
}
