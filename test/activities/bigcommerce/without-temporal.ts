import { causeOf } from '../../../src/workflows/cause.js';
import type { CancelAnswer, Read } from '../../../src/workflows/contract.js';
import type { Found, Sent, Undone } from '../../../src/workflows/found.js';
import type { Shown } from '../../../src/workflows/hold.js';
import type { Steps, StepTable } from '../../../src/workflows/steps.js';
import type { Telling } from '../../../src/workflows/telling.js';
import type { Wait } from '../../../src/workflows/wait.js';
import type { Shop } from './rig.js';

/** An update that somebody asks of the order. */
export interface Asked {
  readonly name: string;
  readonly value: unknown;
}

/** How an order ended. */
export interface Played<Result> {
  /** What the cancel was answered, if it came to one. */
  readonly verdict?: CancelAnswer['verdict'];
  /** Undefined where it was taken back. */
  readonly result?: Result;
  /** What a person was asked, or had to be told could not be taken back. */
  readonly questions: readonly string[];
}

/** The order is being taken back. */
class Stopped extends Error {}

/** A person tries again so often, and then has done by hand what was asked for. */
const RETRIES = 2;

/** A look after this is late, but looks: a gateway has three days. */
const MOST_LOOKS = 1_000;

/**
 * Plays a story with its real hands and without Temporal. What the kit promises about crashes is not promised here: each
 * step is called once, a lost answer is looked for, and waiting moves the clock of the imitation. When nothing more is to
 * come, the order is canceled.
 *
 * @param asked updates, in their order
 */
export async function play<Order, Result>(
  { hands, sandbox }: Pick<Shop, 'hands' | 'sandbox'>,
  body: (order: Order, telling: Telling) => Promise<Result>,
  order: Order,
  asked: readonly Asked[],
): Promise<Played<Result>> {
  const undos: { says: string; run: (sent: Sent) => Promise<Undone> }[] = [];
  const requests = [...asked];
  const questions: string[] = [];
  let decide: (() => Promise<CancelAnswer>) | undefined;
  let answer: CancelAnswer | undefined;
  let answers = 0;

  const telling: Partial<Telling> = {
    steps: <T>(settle: readonly number[], table: StepTable<T>) =>
      Object.fromEntries(
        Object.entries(table).map(([name, options]) => {
          const step = (hands as unknown as Record<string, (...args: unknown[]) => Promise<unknown>>)[name];
          return [name, Object.assign((...args: unknown[]) => step?.(...args), { options, settle })];
        }),
      ) as unknown as Steps<T>,
    undo: (says, run) => void undos.push({ says, run }),
    once: async (find, create, ...args) => {
      for (;;) {
        const found = (await (find as unknown as (...of: typeof args) => Promise<unknown>)(...args)) as Found<
          Awaited<ReturnType<typeof create>>
        >;
        if ('it' in found) return found.it;
        if (found.state !== 'none') throw new Error(found.why);
        try {
          return await create(...args);
        } catch (error) {
          if (causeOf(error).type !== 'OutcomeUnknown') throw error;
        }
      }
    },
    until,
    ask,
    answers: () => answers,
    personInvolved: () => answers > 0,
    stop: (by) => {
      decide = by;
    },
    noReturn: () => undefined,
    settled: () => undefined,
    alsoNamed: () => undefined,
    knows: () => undefined,
  };

  try {
    const result = await body(order, telling as Telling);
    return { ...(answer && { verdict: answer.verdict }), result, questions };
  } catch (error) {
    if (!(error instanceof Stopped)) throw error;
    await takeBack();
    return { verdict: 'stopped', questions };
  }

  async function until<T extends object>(wait: Wait<T>): Promise<T> {
    let shown = '';
    let since = 0;
    const look = async (): Promise<T> => {
      const { readAt: _, ...seen } = (await wait.look()) as Read<T> & { readAt?: number };
      const print = JSON.stringify(seen);
      if (print !== shown) since = sandbox.clock.now();
      shown = print;
      return seen as unknown as T;
    };
    let seen = await look();
    for (let looks = 1; ; looks++) {
      if (looks > MOST_LOOKS) throw new Error(`waits for ever: ${wait.what}`);
      const forMs = sandbox.clock.now() - since;
      if (wait.isTrue(seen, forMs)) return seen;
      const request = requests.find(({ name }) => wait.serves !== undefined && name in wait.serves);
      const again = wait.againIn?.(seen, forMs);
      if (request !== undefined) {
        requests.splice(requests.indexOf(request), 1);
        await wait.serves?.[request.name]?.(request.value);
      } else if (again !== undefined) sandbox.clock.advance(again);
      else await cancel(wait.what);
      seen = await look();
    }
  }

  async function cancel(what: string): Promise<void> {
    if (answer !== undefined || decide === undefined) throw new Error(`nothing more comes: ${what}`);
    answer = await decide();
    if (answer.verdict === 'stopped') throw new Stopped();
  }

  async function ask<T>({ question, answers: of }: Shown<T>): Promise<T> {
    questions.push(question);
    for (let tried = 0; ; tried++) {
      const served = await (tried < RETRIES ? of.retry : of.done)?.(undefined);
      if (served === undefined) throw new Error(`nobody can answer: ${question}`);
      if ('end' in served) throw served.end;
      if ('refused' in served) continue;
      answers++;
      return served.it;
    }
  }

  async function takeBack(): Promise<void> {
    for (const { says, run } of undos.reverse()) {
      for (let tried = 0; ; tried++) {
        const undone = await run('yes');
        if (undone.done) break;
        questions.push(`${says}: ${undone.left.why}`);
        if (tried === RETRIES) break;
        answers++;
      }
    }
  }
}
