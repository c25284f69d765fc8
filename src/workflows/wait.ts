import { metricMeter } from '@temporalio/workflow';
import { Granted } from './cancel.js';
import { causeOf, refuse } from './cause.js';
import type { Read } from './contract.js';
import { ask } from './hold.js';
import type { Kit, Request } from './kit.js';
import { lookForDoubles } from './once.js';
import { answer } from './requests.js';
import { happened } from './run.js';
import { paced, timing } from './timing.js';
import { Watch } from './watch.js';

/** What an order waits for at its platform. */
export interface Wait<T extends object> {
  /** What must be true in the end, e.g. `every shipment is finalized or canceled`. */
  readonly what: string;
  /** Reads the order as it stands: at the beginning, and when {@link looks} says so. */
  readonly look: () => Promise<Read<T>>;
  /** @param forMs since when the platform has shown this, in milliseconds */
  readonly isTrue: (seen: T, forMs: number) => boolean;
  /**
   * When the order looks by itself, in milliseconds after the wait began; after the last of them a person is asked.
   * By default the audits, and in the end the deadline of the connection.
   */
  readonly looks?: readonly number[];
  /** For a state that must soon be another, or soon counts as it is: when to look again, in milliseconds. */
  readonly againIn?: (seen: T, forMs: number) => number | undefined;
  /** When what is seen will have become true by itself, in milliseconds since 1970: then it is looked at. */
  readonly trueAt?: (seen: T) => number | undefined;
  /** How it stands, in a few words; told as it changes. */
  readonly says?: (seen: T) => string;
  /** What is late, though not lost: shown and counted, and the wait goes on. */
  readonly late?: (seen: T, forMs: number) => string | undefined;
  /** For the person who is asked. */
  readonly facts?: (seen: T) => readonly string[];
  /** The updates that are served while it waits: each answers what it did, or throws its refusal. */
  // biome-ignore lint/suspicious/noExplicitAny: what an update brings was parsed by its own schema.
  readonly serves?: Readonly<Record<string, (value: any) => Promise<string>>>;
  /** What the story itself has decided meanwhile, in a cancel: then {@link isTrue} is asked again, and says so. */
  readonly orElse?: () => boolean;
  /** What is told of the order from outside is of another kind: only its own looks count. */
  readonly untold?: boolean;
  /** With {@link untold}: that something is told at all says that it is time to look. */
  readonly looksWhenTold?: boolean;
}

/**
 * Waits until the platform shows what must be true. It does not poll: the connection tells the order what has changed;
 * by itself it looks a few times, in case that it was not told.
 */
export async function until<T extends object>(kit: Kit, wait: Wait<T>): Promise<T> {
  const { run, cancel } = kit;
  if (!kit.undoing && !cancel.deciding) await lookForDoubles(kit, 'a wait');
  const before = { phase: run.phase, waitingFor: run.waitingFor };
  const looks = wait.looks ?? [...timing.audits.filter((at) => at < run.deadline), run.deadline];
  const watch = new Watch<T>(kit, wait.look, looks, wait.untold === true);
  try {
    for (let seen: T = await watch.look(); ; ) {
      if (wait.isTrue(seen, watch.forMs)) return seen;
      const request = waiting(kit, wait);
      if (request !== undefined) {
        await serve(kit, wait, request);
        seen = await watch.look();
        continue;
      }
      show(kit, wait, watch, seen);
      const { version } = kit.inbox;
      const told = () => wait.looksWhenTold === true && kit.inbox.version > version;
      const woken = () => waiting(kit, wait) !== undefined || wait.orElse?.() === true || told();
      const news = await watch.next(woken, wait.againIn?.(seen, watch.forMs), wait.trueAt?.(seen));
      if (news === 'due' || told()) seen = await watch.look();
      else if (news === 'told') seen = watch.newest;
      else if (news === 'over') seen = await askOn(kit, wait, watch, seen);
    }
  } finally {
    Object.assign(run, before, { since: Date.now() });
  }
}

function show<T extends object>(kit: Kit, wait: Wait<T>, watch: Watch<T>, seen: T): void {
  const { run } = kit;
  const says = wait.says?.(seen);
  const late = wait.late?.(seen, watch.forMs);
  if (says !== undefined && says !== watch.said) happened(run, says);
  if (late !== undefined && late !== watch.late) {
    happened(run, `late: ${late}`);
    metricMeter.createCounter('waybill_late').add(1, { connection: run.head.connection });
  }
  Object.assign(watch, { said: says, late });
  const now = [late, says].filter((text) => text !== undefined).join('; ');
  run.waitingFor = `${run.head.connection} to show that ${wait.what}${now === '' ? '' : ` (${now})`}`;
  run.step = undefined;
  // A wait of minutes is not worth the events of a change of phase, nor would a round find it in time.
  if (watch.pauseMs >= paced(timing.longWait, run.pace)) {
    run.phase = 'waiting';
    kit.inbox.remember();
  }
  kit.show();
}

/** The looks have run out. */
async function askOn<T extends object>(kit: Kit, wait: Wait<T>, watch: Watch<T>, seen: T): Promise<T> {
  const { run } = kit;
  const abandon = refuse('Conflict', `${run.head.connection} did not show that ${wait.what}`);
  const ids = Object.entries(run.ids).map(([name, id]) => `${name} ${id}`);
  return ask<T>(kit, {
    question: `${run.head.connection} does not show that ${wait.what}. Look again?`,
    facts: [...(wait.facts?.(seen) ?? []), ...ids],
    answers: {
      retry: async () => {
        watch.begin();
        return { it: await watch.look() };
      },
      abandon: async () => ({ end: abandon }),
    },
    ...(wait.untold === true ? {} : { happens: (told) => (wait.isTrue(told as T, 0) ? (told as T) : undefined) }),
  });
}

/** The next update that is asked for and served here. */
export function waiting({ requests }: Kit, { serves = {} }: Pick<Wait<object>, 'serves'>): Request | undefined {
  const next = requests.find(({ name, state }) => state !== 'being served' && name in serves);
  return next?.state === 'parsed' ? next : undefined;
}

/** Serves one update. Its refusal is its sender's to read, and the order goes on as if it had not been asked. */
export async function serve(kit: Kit, wait: Pick<Wait<object>, 'serves'>, request: Request): Promise<void> {
  const { run } = kit;
  request.state = 'being served';
  try {
    const reason = (await wait.serves?.[request.name]?.(request.value)) ?? '';
    answer(kit, request, { done: reason });
    happened(run, `${request.name}: ${reason}`);
  } catch (error) {
    if (error instanceof Granted || kit.abandoned) {
      answer(kit, request, { refused: refuse('Rejected', 'the order is being taken back') });
      throw error;
    }
    const { failure, message } = causeOf(error);
    answer(kit, request, { refused: failure });
    happened(run, `${request.name} refused: ${message}`);
  }
}
