import { orderWorkflowId, type Resolve } from '../workflows/contract.js';
import { canonical } from '../workflows/fingerprint.js';
import { inputs, parseInput, parseResolve, parseUpdate } from '../workflows/inputs.js';
import { cancelOwnRun } from './cancel-own-run.js';
import type { Connection } from './connection.js';
import { failure } from './failure.js';
import { platforms } from './index.js';

/** A season; a shipment that takes longer is a question. */
const WAIT_DAYS = 90;

const DAY_MS = 24 * 60 * 60_000;

/** What a story is told before it does anything. */
export interface Admission {
  /** The parsed input. */
  readonly order: unknown;
  /** Factor on every waiting time of the story: 1, or less in tests. */
  readonly pace: number;
  /** How long the order may wait for its platform before a person is asked, in milliseconds. */
  readonly waitMs: number;
}

/**
 * The stories' own activities. They are run by the workers that run the workflows, parse and decide, and call no
 * platform. Orders also come from the UI and from other languages, so the story checks its own start here.
 */
export function storyActivities(connections: ReadonlyMap<string, Connection>, pace: number) {
  return {
    /** Refuses (`Rejected`) an input that does not parse, another workflow id than the contract's, an unknown connection, and what the connection cannot carry. */
    async admit(story: string, workflowId: string, input: unknown): Promise<Admission> {
      const order = accept(story, input);
      const expected = orderWorkflowId(story, order);
      if (workflowId !== expected)
        refuse(`this order must run as workflow ${expected}`, [`workflow id: ${workflowId}`]);
      const connection = connections.get(order.connection);
      if (connection === undefined) {
        refuse(`connection ${order.connection} is not configured`, [
          `connection: one of ${[...connections.keys()].join(', ')}`,
        ]);
      }
      carried(story, connection, order);
      return { order, pace, waitMs: (connection.waitDays ?? WAIT_DAYS) * DAY_MS };
    },

    /** Merges corrected members into an order and parses the whole again. */
    async correct(story: string, order: Record<string, unknown>, change: Record<string, unknown>): Promise<unknown> {
      const fixed = inputs.get(story)?.contract.fixed ?? [];
      const touched = Object.keys(change).filter((name) => (fixed as readonly string[]).includes(name));
      if (touched.length > 0) refuse(`these members cannot be corrected: ${touched.join(', ')}`, touched);
      const corrected = accept(story, { ...order, ...change });
      const connection = connections.get(corrected.connection);
      if (connection !== undefined) carried(story, connection, corrected);
      return corrected;
    },

    /** Parses what an update of a story's own brings. Members that say which order it is must stay as they are. */
    async parseUpdate(story: string, name: string, order: Record<string, unknown>, value: unknown): Promise<unknown> {
      const parsed = parseUpdate(story, name, value);
      if ('problems' in parsed) refuse(`what came with "${name}" cannot be read`, parsed.problems);
      const fixed = (inputs.get(story)?.contract.fixed ?? []) as readonly string[];
      const sent = parsed.value as Record<string, unknown>;
      const moved = fixed.filter((member) => member in sent && canonical(sent[member]) !== canonical(order[member]));
      if (moved.length > 0)
        refuse(
          'these members cannot be changed',
          moved.map((member) => `${member}: must stay as it is`),
        );
      return parsed.value;
    },

    async parseResolve(answer: unknown): Promise<Resolve> {
      const parsed = parseResolve(answer);
      if ('problems' in parsed) refuse('the answer cannot be read', parsed.problems);
      return parsed.value;
    },

    cancelOwnRun,
  };
}

function accept(story: string, input: unknown) {
  const parsed = parseInput(story, input);
  if ('problems' in parsed) refuse('the order cannot be read', parsed.problems);
  return parsed.value;
}

function carried(story: string, connection: Connection, order: unknown): void {
  const problems = platforms.get(connection.platform)?.check(connection, story, order) ?? [];
  if (problems.length > 0) refuse(`${connection.name} cannot carry this order`, problems);
}

function refuse(message: string, problems: readonly string[]): never {
  throw failure('Rejected', [message, ...problems].join('\n  '), { problems });
}
