import type { Cause } from './cause.js';
import { causeOf, refuse } from './cause.js';
import type { Found } from './found.js';
import { hold, type Served } from './hold.js';
import type { Kit } from './kit.js';
import { markSent } from './run.js';
import { heldForAPerson, type Step } from './steps.js';
import { paced, timing } from './timing.js';

/** Looks under our reference; with one more argument, at the id that a person gave. */
// biome-ignore lint/suspicious/noExplicitAny: a step's own type checks its arguments where `once` is called.
type Find<A extends any[], T> = Step<(...args: [...A, at?: string]) => Promise<Found<T>>>;
// biome-ignore lint/suspicious/noExplicitAny: as above.
type Create<A extends any[], T> = Step<(...args: A) => Promise<T>>;

/**
 * Makes sure that something is there exactly once: looks, creates what is missing, and when the answer is lost looks
 * again until the outcome is known. Nothing is ever sent again blindly, and no run closes while an outcome is open.
 *
 * @param create its `resend` says how often it may be sent again after the whole settle schedule has found nothing
 * @returns what is there, found or created
 */
// biome-ignore lint/suspicious/noExplicitAny: as above.
export async function once<A extends any[], T>(
  kit: Kit,
  find: Find<A, T>,
  create: Create<A, T>,
  ...args: A
): Promise<T> {
  const look = exceptDeadBefore((at?: string) =>
    find(...([...args, ...(at === undefined ? [] : [at])] as unknown as [...A, string])),
  );
  const { says } = create.options;
  const what = typeof says === 'string' ? says : says(...args);
  const subject: Subject<T> = { kit, look, what, settle: find.settle };

  const found = await look();
  const there = found.state === 'none' ? undefined : await judge(subject, found);
  if (there !== undefined) return there.it;

  const mayResend = create.options.resend ?? 0;
  let resends = 0;
  let open = false;
  for (;;) {
    let cause: Cause;
    try {
      const it = await create(...args);
      markSent(kit.run, 'yes');
      if (open) kit.doubleChecks.push({ look: doubleCheck(subject), made: false });
      return it;
    } catch (error) {
      cause = causeOf(error);
      // What may be repeated was repeated, and a person was asked, where it ran: this is the end of it.
      if (create.options.kind !== 'create') throw error;
      if (!isUnknown(cause) && !open) {
        const theirs = create.options.raced === true ? await ofAnother(subject, cause) : undefined;
        if (theirs !== undefined) return theirs.it;
        if (!heldForAPerson(kit, cause)) throw error;
        const byHand = await holdFailed(subject, cause);
        if (byHand !== undefined) return byHand.it;
        continue;
      }
    }
    markSent(kit.run, 'perhaps');
    const seen = await kit.cancel.shielded(() => lookAgain(subject, cause));
    const settled = await judge(subject, seen);
    if (settled !== undefined) return settled.it;
    if (!isUnknown(cause)) throw cause.failure;
    open = true;
    // A process that died says nothing about the platform: where a look is conclusive it costs no send.
    if (mayResend > 0 && cause.lost === 'heartbeat') continue;
    if (resends++ < mayResend) continue;
    const byHand = await holdFailed(subject, cause);
    if (byHand !== undefined) return byHand.it;
  }
}

/** What the parts of {@link once} work on. */
interface Subject<T> {
  readonly kit: Kit;
  readonly look: (at?: string) => Promise<Found<T>>;
  /** What is made sure of, in words. */
  readonly what: string;
  readonly settle: readonly number[];
}

/** What is dead at the first look is somebody else's; what is found dead later is what we made, and is adopted. */
function exceptDeadBefore<T>(find: (at?: string) => Promise<Found<T>>): (at?: string) => Promise<Found<T>> {
  let before: ReadonlySet<string> | undefined;
  return async (at) => {
    const found = await find(at);
    if (found.state !== 'none') return found;
    const dead = found.passedOver ?? [];
    const [ours] = before === undefined ? [] : dead.filter(({ id }) => before?.has(id) === false);
    before ??= new Set(dead.map(({ id }) => id));
    return ours === undefined ? found : { state: 'same', it: ours.it };
  };
}

/** Nobody said that it did not happen. */
const isUnknown = (cause: Cause): boolean => cause.lost !== undefined || cause.type === 'OutcomeUnknown';

/** Another run may have been quicker: then it is refused because it is there, and shown when the platform's search comes to it. */
async function ofAnother<T>(subject: Subject<T>, cause: Cause): Promise<{ it: T } | undefined> {
  return cause.type === 'Rejected' ? judge(subject, await lookAgain(subject, cause)) : undefined;
}

/** Adopts what was found; a person decides about what contradicts. `undefined`: nothing is there. */
async function judge<T>(subject: Subject<T>, first: Found<T>): Promise<{ it: T } | undefined> {
  const { kit, look } = subject;
  const { run } = kit;
  for (let found = first; ; found = await look()) {
    if (found.state === 'none') return undefined;
    if ('it' in found) {
      if (found.state === 'finished') {
        run.finished = true;
        run.undos.length = 0;
        run.noReturn ??= 'it had been finished before';
      }
      markSent(run, 'yes');
      return { it: found.it };
    }
    const why = refuse('Conflict', found.why, { reference: run.head.reference });
    if (found.state === 'dead') {
      // Whoever has asked for a cancel may have had it canceled there, too: then it ends as was asked for.
      await kit.cancel.boundary();
      throw why;
    }
    const byHand = await hold<{ it: T } | undefined>(kit, {
      question: `"${subject.what}": ${found.why}`,
      facts: [`ids: ${found.ids.join(', ')}`],
      link: found.link,
      retry: () => undefined,
      accept: (id) => confirm(subject, id),
      abandon: why,
    });
    if (byHand !== undefined) return byHand;
  }
}

/** What a person says was done by hand counts when the platform shows it. */
async function confirm<T>({ kit, look }: Subject<T>, id: string | undefined): Promise<Served<{ it: T }>> {
  const found = await look(id);
  if ('it' in found) {
    markSent(kit.run, 'yes');
    return { it: { it: found.it } };
  }
  if (found.state !== 'none') return { refused: found.why };
  return { refused: `${kit.run.head.connection} does not show it${id === undefined ? '' : ` at ${id}`}` };
}

/**
 * Looks at once and again over the settle schedule, counted from the end of the attempt. The attempt of a process that
 * only stopped beating (it may be frozen) ends with its own time-out.
 */
async function lookAgain<T>({ kit, look, settle }: Subject<T>, cause: Cause): Promise<Found<T>> {
  const { pace } = kit.run;
  const end = Date.now() + (cause.lost === 'heartbeat' ? paced(timing.attempt, pace) : 0);
  let found = await look();
  for (const after of settle) {
    if (found.state !== 'none') break;
    await kit.cancel.pause(end + paced(after, pace) - Date.now(), 'then look again whether it was done');
    found = await look();
  }
  return found;
}

/** Something was sent twice: once both must have become visible, look for a double. A double is a person's to settle. */
function doubleCheck<T>(subject: Subject<T>): () => Promise<void> {
  const { kit, look, settle } = subject;
  const visible = Date.now() + paced(settle[settle.length - 1] ?? 0, kit.run.pace);
  return async () => {
    // Waited for in any case: an order must not go another way because a schedule was changed meanwhile.
    await kit.cancel.pause(visible - Date.now(), 'then look for a double of what was sent twice');
    const found = await look();
    // What has come to its end meanwhile, whichever, is no double.
    if (found.state === 'several' || found.state === 'other') await judge(subject, found);
  };
}

/**
 * Once before the order waits for its platform, when a double has mostly not shipped yet, and once more in the end: the
 * first of two requests may be worked very late.
 */
export async function lookForDoubles({ doubleChecks }: Kit, before: 'a wait' | 'the end'): Promise<void> {
  for (const check of doubleChecks) {
    if (before === 'a wait' && check.made) continue;
    check.made = true;
    await check.look();
  }
}

function holdFailed<T>(subject: Subject<T>, cause: Cause): Promise<{ it: T } | undefined> {
  const { what } = subject;
  return hold<{ it: T } | undefined>(subject.kit, {
    question: isUnknown(cause)
      ? `"${what}" was sent, its answer was lost, and nothing is to be found. Send it again?`
      : `"${what}" failed. Try again?`,
    facts: [cause.message, ...(cause.details.problems ?? [])],
    retry: () => undefined,
    accept: (id) => confirm(subject, id),
    abandon: cause.failure,
  });
}
