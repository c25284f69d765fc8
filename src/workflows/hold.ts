import type { ApplicationFailure } from '@temporalio/common';
import { causeOf, refuse } from './cause.js';
import type { HoldAnswer } from './contract.js';
import type { Kit } from './kit.js';
import { tellParent } from './parent.js';
import { happened } from './run.js';

/** A question to a person, and what each answer leads to. */
export interface Question<T> {
  readonly question: string;
  readonly facts: readonly string[];
  readonly link?: string | undefined;
  /** Try again: the hold is over and the caller goes on. */
  readonly retry: () => T;
  /** It was done by hand. Looks at the platform, and refuses what it does not confirm. */
  readonly accept?: (id: string | undefined) => Promise<Served<T>>;
  /** What the run fails with when a person gives up. */
  readonly abandon: ApplicationFailure;
}

/** What came of an answer: the hold is settled, or the answer cannot be taken, or the run ends. */
export type Served<T> = { readonly it: T } | { readonly refused: string } | { readonly end: ApplicationFailure };

/**
 * Stops until a person has answered. A cancel that is granted meanwhile ends it too. Within an undo nothing is asked:
 * what fails there is collected, and asked as one.
 */
export async function hold<T>(kit: Kit, question: Question<T>): Promise<T> {
  if (kit.undoing) throw question.abandon;
  const { retry, accept, abandon, ...shown } = question;
  return ask(kit, {
    ...shown,
    answers: {
      retry: async () => ({ it: retry() }),
      ...(accept === undefined ? {} : { accept }),
      abandon: async () => ({ end: abandon }),
    },
  });
}

/** In which order answers are offered. */
const ORDER: readonly HoldAnswer[] = ['retry', 'accept', 'abandon', 'done', 'leave'];

/** What a hold shows, and what each answer to it does. */
export interface Shown<T> {
  readonly question: string;
  readonly facts: readonly string[];
  readonly link?: string | undefined;
  /** The answers that can be given. */
  readonly answers: Readonly<Partial<Record<HoldAnswer, (id: string | undefined) => Promise<Served<T>>>>>;
  /** For what may happen by itself: what the newest state that is known leads to, if anything. */
  readonly happens?: (told: object) => T | undefined;
}

/** The hold itself: shows the question, waits, and serves answers until one of them settles it, or it settles itself. */
export async function ask<T>(kit: Kit, shown: Shown<T>): Promise<T> {
  const { run, cancel, inbox } = kit;
  const before = { phase: run.phase, step: run.step, waitingFor: run.waitingFor };
  const id = `hold-${++kit.holds}`;
  const { question, facts, answers, happens, link } = shown;
  const choices = ORDER.filter((answer) => answer in answers);
  run.hold = { id, since: new Date(Date.now()).toISOString(), question, choices, facts, ...(link ? { link } : {}) };
  happened(run, `held: ${question}`);
  Object.assign(run, { phase: 'held', since: Date.now(), waitingFor: `a person's answer to ${id}` });
  kit.show();
  void tellParent({ hold: { id, question } });
  try {
    for (;;) {
      const it = inbox.newest === undefined ? undefined : happens?.(inbox.newest);
      if (it !== undefined) {
        happened(run, `${id} has settled itself`);
        return it;
      }
      const { version } = inbox;
      await cancel.wait(() => kit.answering !== undefined || (happens !== undefined && inbox.version > version));
      if (kit.answering === undefined) continue;
      const served = await cancel.shielded(() => answered(kit, answers));
      if ('end' in served) {
        kit.abandoned = true;
        throw served.end;
      }
      if ('it' in served) return served.it;
    }
  } finally {
    run.hold = undefined;
    Object.assign(run, before, { since: Date.now() });
    kit.show();
    void tellParent({ hold: null });
  }
}

/** Serves the answer that waits, and tells its sender what came of it. */
async function answered<T>(kit: Kit, answers: Shown<T>['answers']): Promise<Served<T>> {
  const request = kit.answering;
  if (request === undefined) return { refused: 'no answer waits' };
  const { resolve, reply } = request;
  let served: Served<T>;
  try {
    if (resolve.input !== undefined) await kit.correct(resolve.input);
    served = (await answers[resolve.answer]?.(resolve.id)) ?? { refused: `${resolve.answer} is no answer here` };
  } catch (error) {
    served = { refused: causeOf(error).message };
  }
  kit.answering = undefined;
  if ('refused' in served) {
    reply.reject(refuse('Rejected', served.refused, { reference: kit.run.head.reference }));
  } else {
    kit.answered++;
    happened(kit.run, `${resolve.hold} answered: ${resolve.answer}`);
    reply.resolve(`${resolve.hold}: ${resolve.answer}`);
  }
  return served;
}
