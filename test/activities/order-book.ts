import type { Client } from '@temporalio/client';
import { vi } from 'vitest';
import { failure } from '../../src/activities/failure.js';
import type { Changed, Changes, News } from '../../src/activities/platform.js';
import type { Work } from '../../src/activities/reader.js';
import { attributes, memoKeys, orderWorkflowId, type Phase, type Told } from '../../src/workflows/contract.js';
import { fingerprint } from '../../src/workflows/fingerprint.js';

export const CONNECTION = 'shop/corner';

/** Keeps what was warned of. */
export const log = {
  warnings: [] as unknown[],
  info: () => undefined,
  warn: (_: string, facts?: object) => void log.warnings.push(facts),
};

interface Entry {
  readonly connection: string;
  readonly phase: Phase;
  readonly startTime: Date;
  /** What the platform names it by in place of its reference. */
  alias?: string;
  /** What the order was told last. */
  print: string;
  /** How often it has changed at the platform, and when it did last. */
  changes: number;
  modified: number;
}

/** A platform with its clock and the orders that wait for it, and as much of Temporal as lists and tells them. */
export class Book {
  /** What the platform was asked. */
  readonly requests: string[] = [];
  /** References of the orders that it answered about, and of those that were told something. */
  readonly read: string[] = [];
  readonly told: string[] = [];
  /** What the activity that reads has said of itself. */
  readonly beats: unknown[] = [];
  /** How often Temporal was asked for a list of orders. */
  listed = 0;
  /** The platform's clock, in its own ticks. */
  tick = 0;
  /** The platform gives back what it names in capitals. */
  shouts = false;
  /** How far questions overlap, in ticks. */
  overlap = 2;
  pageSize = 1_000;
  /** What the platform says has changed, in place of the truth. */
  always: Changed | undefined;
  /** How long the platform takes for each answer, on the clock of the test, in milliseconds. */
  answerMs = 0;
  /** What the next questions end with: about an order, or `feed`. */
  readonly fails = new Map<string, Error[]>();
  readonly #entries = new Map<string, Entry>();
  readonly #refused = new Set<string>();
  #batch: number | undefined;
  #feed = false;

  /** So many orders wait: O0, O1, …, each started a second after the one before. */
  waiting(count: number): this {
    for (let i = 0; i < count; i += 1) this.add(`O${i}`, 'waiting');
    return this;
  }

  add(reference: string, phase: Phase, connection = CONNECTION): this {
    const startTime = new Date(Date.now() - 10 * 60 * 60_000 + 1_000 * this.#entries.size);
    const entry = { connection, phase, startTime, print: '', changes: 0, modified: 0 };
    this.#entries.set(reference, entry);
    entry.print = fingerprint({ changes: 0 });
    return this;
  }

  inBatchesOf(size: number | undefined): this {
    this.#batch = size;
    return this;
  }

  withFeed(): this {
    this.#feed = true;
    return this;
  }

  /** The platform does not answer any question about this one. */
  refuses(reference: string): void {
    this.#refused.add(reference);
  }

  /** The platform knows no reference of this one. */
  names(reference: string, alias: string): void {
    this.#entry(reference).alias = alias;
  }

  /** Changes orders, one a tick; those that are not known are somebody else's. */
  change(...references: string[]): void {
    for (const reference of references) {
      this.tick += 1;
      const entry = this.#entries.get(reference) ?? this.add(reference, 'completed', 'shop/other').#entry(reference);
      entry.changes += 1;
      entry.modified = this.tick;
    }
  }

  get work(): Work {
    return { client: this.#client(), connection: CONNECTION, changes: this.#changes(), pace: 1, log };
  }

  #changes(): Changes {
    return {
      hintOf: (reference) => reference,
      look: async (hint) => this.#answer(`look ${hint}`, [hint]),
      ...(this.#batch === undefined
        ? {}
        : {
            batch: { size: this.#batch, look: async (hints) => this.#answer(`batch of ${hints.length}`, hints) },
          }),
      ...(this.#feed ? { feed: async (cursor) => this.#changed(cursor) } : {}),
    };
  }

  #answer(request: string, hints: readonly string[]): News[] {
    this.requests.push(request);
    if (this.answerMs > 0) vi.advanceTimersByTime(this.answerMs);
    for (const hint of hints) this.#fail(hint);
    if (hints.some((hint) => this.#refused.has(hint))) throw failure('Rejected', 'one of them is refused');
    this.read.push(...hints);
    return hints.map((reference) => {
      const { changes } = this.#entry(reference);
      return { story: 'shopWait', reference, state: { changes } };
    });
  }

  #changed(cursor: string | undefined): Changed {
    this.requests.push(`feed from ${cursor ?? 'nowhere'}`);
    this.#fail('feed');
    if (cursor === undefined) return { hints: [], cursor: String(this.tick), more: false };
    if (this.always !== undefined) return this.always;
    const [since = 0, skip = 0] = cursor.split('+').map(Number);
    const newer = [...this.#entries].filter(([, { modified }]) => modified > since);
    const rows = newer.sort(([, a], [, b]) => a.modified - b.modified);
    const page = rows.slice(skip, skip + this.pageSize);
    const more = rows.length > skip + page.length;
    const newest = rows[rows.length - 1]?.[1].modified ?? since + this.overlap;
    const names = page.map(([reference, { alias }]) => alias ?? reference);
    const hints = names.map((name) => (this.shouts ? name.toUpperCase() : name));
    const next = Math.max(since, newest - this.overlap);
    return { hints, cursor: more ? `${since}+${skip + page.length}` : String(next), more };
  }

  #fail(question: string): void {
    const error = this.fails.get(question)?.shift();
    if (error !== undefined) throw error;
  }

  #entry(reference: string): Entry {
    const entry = this.#entries.get(reference);
    if (entry === undefined) throw new Error(`no order ${reference}`);
    return entry;
  }

  #client(): Client {
    const list = ({ query }: { query: string }) => {
      this.listed += 1;
      return this.#list(query);
    };
    const getHandle = (workflowId: string) => {
      const reference = [...this.#entries.keys()].find((each) => idOf(each) === workflowId) ?? '';
      const entry = this.#entry(reference);
      return {
        describe: async () => ({ memo: { [memoKeys.seen]: { print: entry.print, reference } } }),
        signal: async (_: string, { state }: Told) => {
          this.told.push(reference);
          entry.print = fingerprint(state);
        },
      };
    };
    const heartbeat = async (_: unknown, details: unknown) => void this.beats.push(details);
    // The SDK runs each activity inside of it.
    const withAbortSignal = (_: AbortSignal, run: () => unknown) => run();
    return { workflow: { list, getHandle }, activity: { heartbeat }, withAbortSignal } as unknown as Client;
  }

  async *#list(query: string) {
    const before = /StartTime < "([^"]+)"/.exec(query)?.[1];
    const phases = /IN \(([^)]+)\)/.exec(query)?.[1];
    expectAbout(query, CONNECTION);
    for (const [reference, { connection, phase, startTime, print, alias }] of [...this.#entries].reverse()) {
      if (connection !== CONNECTION || (phases !== undefined && !phases.includes(`"${phase}"`))) continue;
      if (before !== undefined && startTime >= new Date(before)) continue;
      const typedSearchAttributes = { get: (key: unknown) => key === attributes.reference && reference.toUpperCase() };
      yield {
        workflowId: idOf(reference),
        startTime,
        memo: { [memoKeys.seen]: { print, reference, alias } },
        typedSearchAttributes,
      };
    }
  }
}

const idOf = (reference: string) => orderWorkflowId('shopWait', { connection: CONNECTION, reference });

function expectAbout(query: string, connection: string): void {
  if (!query.includes(`${attributes.connection.name} = "${connection}"`)) throw new Error(`not about ours: ${query}`);
}
