import {
  CancellationScope,
  condition,
  continueAsNew,
  defineQuery,
  defineSignal,
  getExternalWorkflowHandle,
  isCancellation,
  proxyActivities,
  setCurrentDetails,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import { readAll } from './connection.js';
import { connectionQueue, connectionWorkflowId } from './contract.js';
import { timing } from './timing.js';

/** Something may have happened at the platform: what each hint is about, in the words of the platform's `changes`. */
export const hinted = defineSignal<[readonly string[]]>('hinted');

/** How many hints came in, and what came of them. */
export const hintCounts = defineQuery<HintCounts>('counts');

/** What came of hints. A hint that waits already is not looked at twice: it counts as `joined`. */
export interface HintCounts {
  readonly received: number;
  readonly joined: number;
  /** The order was told something new. */
  readonly told: number;
  /** The order knew it already. */
  readonly unchanged: number;
  /** About no order that is under way here. */
  readonly unknown: number;
  /** Could not be read for good; the next round sees to it. */
  readonly failed: number;
  /** Too many waited: all open orders were looked at instead. */
  readonly dropped: number;
}

/** What looking at a hint led to. */
export type Looked = 'told' | 'unchanged' | 'unknown';

/** What one run leaves to the next. */
interface Carried {
  readonly pending: readonly string[];
  readonly again: readonly Again[];
  readonly counts: HintCounts;
}

/** A hint whose read showed nothing new: the read may have lagged, so it is looked at again. */
interface Again {
  readonly hint: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** How often it was looked at. */
  readonly looks: number;
}

interface Looking {
  lookAt(hint: string): Promise<Looked>;
}

/** As many as one process reads side by side for a platform without limits; more only wait inside it. */
const MOST_LOOKS = 50;

/** Beyond this a round over all open orders is less work than the hints. They also have to fit into a continue-as-new. */
const MOST_PENDING = 2_000;

const NOTHING: HintCounts = { received: 0, joined: 0, told: 0, unchanged: 0, unknown: 0, failed: 0, dropped: 0 };

/**
 * The hints of one connection: webhooks said that something happened, and what they named is read at once. Apart from the
 * connection's own workflow, whose long activities must not be torn each time that many hints have filled a history.
 */
export async function hints(name: string, carried?: Carried): Promise<void> {
  const counts: { -readonly [K in keyof HintCounts]: HintCounts[K] } = { ...NOTHING, ...carried?.counts };
  /** In the order in which they came, with how often each was looked at before. */
  const pending = new Map<string, number>((carried?.pending ?? []).map((hint) => [hint, 0]));
  const again = new Map<string, Again>((carried?.again ?? []).map((each) => [each.hint, each]));
  const flying = new Set<string>();
  /** When an order was told something last: a hint that comes again soon after is the same one, doubled. */
  const toldAt = new Map<string, number>();
  let overflow = false;

  setHandler(hinted, (news) => {
    for (const hint of news) {
      counts.received++;
      if (pending.has(hint)) counts.joined++;
      else if (pending.size < MOST_PENDING) pending.set(hint, 0);
      else {
        counts.dropped++;
        overflow = true;
      }
    }
  });
  setHandler(hintCounts, () => counts);

  const { lookAt } = proxyActivities<Looking>({
    taskQueue: connectionQueue(workflowInfo().taskQueue, name),
    startToCloseTimeout: timing.attempt,
    heartbeatTimeout: timing.heartbeat,
    retry: { initialInterval: timing.retryFirst, maximumInterval: timing.retryMost },
    // A read: nothing is lost when nobody waits for its end.
    cancellationType: 'TRY_CANCEL',
  });
  const scope = new CancellationScope({ cancellable: true });

  async function look(hint: string, looks: number): Promise<void> {
    try {
      const looked = await scope.run(() => lookAt(hint));
      counts[looked]++;
      if (looked === 'told') {
        toldAt.set(hint, Date.now());
        return;
      }
      const pause = timing.lookAgain[looks];
      if (looked === 'unknown' || pause === undefined || toldAt.has(hint)) return;
      again.set(hint, { hint, at: Date.now() + pause, looks: looks + 1 });
    } catch (error) {
      // The run makes room for the next one, which looks at it anew.
      if (isCancellation(error)) pending.set(hint, looks);
      else counts.failed++;
    } finally {
      flying.delete(hint);
    }
  }

  for (;;) {
    const now = Date.now();
    for (const { hint, at, looks } of again.values()) {
      if (at > now) continue;
      again.delete(hint);
      if (!pending.has(hint)) pending.set(hint, looks);
    }
    for (const [hint, at] of toldAt) if (now - at > FORGET_TOLD_MS) toldAt.delete(hint);
    if (workflowInfo().continueAsNewSuggested) break;
    for (const [hint, looks] of pending) {
      if (flying.size >= MOST_LOOKS) break;
      // One that is just being looked at may have been read too early.
      if (flying.has(hint)) continue;
      pending.delete(hint);
      again.delete(hint);
      flying.add(hint);
      void look(hint, looks);
    }
    if (overflow) {
      overflow = false;
      await getExternalWorkflowHandle(connectionWorkflowId(name))
        .signal(readAll)
        .catch(() => undefined);
      continue;
    }
    show(name, counts, pending.size + flying.size, again.size);
    const wake = () =>
      overflow ||
      workflowInfo().continueAsNewSuggested ||
      (flying.size < MOST_LOOKS && [...pending.keys()].some((hint) => !flying.has(hint)));
    const next = Math.min(...[...again.values()].map(({ at }) => at));
    if (next === Number.POSITIVE_INFINITY) await condition(wake);
    else
      await condition(wake, Math.max(1, next - Date.now()), { summary: 'then look again at what showed nothing new' });
  }

  scope.cancel();
  await condition(() => flying.size === 0);
  await continueAsNew<typeof hints>(name, { pending: [...pending.keys()], again: [...again.values()], counts });
}

/** As long as the last look at an unchanged order is away. */
const FORGET_TOLD_MS = timing.lookAgain[timing.lookAgain.length - 1] ?? 0;

function show(name: string, counts: HintCounts, waiting: number, again: number): void {
  const rows = [...Object.entries(counts), ['waiting', waiting], ['to be looked at again', again]];
  setCurrentDetails(
    [`hints of ${name}`, '', '| | |', '|---|---|', ...rows.map(([k, v]) => `| ${k} | ${v} |`)].join('\n'),
  );
}
