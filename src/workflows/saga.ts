import { sleep } from '@temporalio/workflow';
import { causeOf } from './cause.js';
import type { Leftover } from './failures.js';
import type { Undone } from './found.js';
import { ask } from './hold.js';
import type { Kit } from './kit.js';
import { refuseRequests } from './requests.js';
import { happened, type UndoEntry } from './run.js';
import { paced } from './timing.js';

/**
 * Takes back what was done, newest first, out of the reach of cancellation. One undo that fails for good does not stop
 * the others; all that is left then becomes one hold.
 */
export async function takeBack(kit: Kit): Promise<void> {
  const { run, cancel } = kit;
  kit.undoing = true;
  refuseRequests(kit, 'the order is being taken back');
  run.hold = undefined;
  Object.assign(run, { phase: 'undoing', since: Date.now() });
  await cancel.shielded(async () => {
    let open = run.undos.splice(0).reverse();
    for (;;) {
      const { version } = kit.inbox;
      const left = await undoEach(kit, open);
      open = [...left.keys()];
      if (open.length === 0) return;
      const answer = await askWhatIsLeft(kit, [...left.values()], version);
      if (answer === 'retry') continue;
      if (answer === 'leave') run.left.push(...left.values());
      else run.undone.push(...open.map(({ says }) => `${says} (by hand)`));
      return;
    }
  });
}

/** @returns what could not be taken back, by its undo, in order */
async function undoEach(kit: Kit, entries: UndoEntry[]): Promise<Map<UndoEntry, Leftover>> {
  const left = new Map<UndoEntry, Leftover>();
  for (const entry of entries) {
    if (entry.sent === 'no') continue;
    kit.run.step = `take back, so that ${entry.says}`;
    kit.show();
    const outcome = await undoOne(kit, entry);
    if (outcome.done) {
      kit.run.undone.push(outcome.note === undefined ? entry.says : `${entry.says} (${outcome.note})`);
      happened(kit.run, `taken back: ${kit.run.undone[kit.run.undone.length - 1]}`);
    } else {
      left.set(entry, outcome.left);
      happened(kit.run, `not taken back: ${entry.says}: ${outcome.left.why}`);
    }
  }
  return left;
}

/** For a step that was sent, be it perhaps, "nothing there" may be lag: it counts only after the whole settle schedule. */
async function undoOne(kit: Kit, entry: UndoEntry): Promise<Undone> {
  try {
    let outcome = await entry.run(entry.sent);
    const begin = Date.now();
    for (const after of kit.settle) {
      if (!outcome.done || outcome.found) break;
      const pause = begin + paced(after, kit.run.pace) - Date.now();
      await sleep(Math.max(1, pause), { summary: 'then look again whether there is something to take back' });
      outcome = await entry.run(entry.sent);
    }
    return outcome;
  } catch (error) {
    const cause = causeOf(error);
    const left = cause.details.left?.[0];
    return { done: false, left: left ?? { what: entry.says, why: cause.message } };
  }
}

async function askWhatIsLeft(kit: Kit, left: Leftover[], version: number): Promise<'retry' | 'done' | 'leave'> {
  const link = left.find((item) => item.link !== undefined)?.link;
  return ask<'retry' | 'done' | 'leave'>(kit, {
    question: 'This could not be taken back. Do it by hand, try again, or leave it?',
    facts: left.map(inWords),
    link,
    answers: {
      retry: async () => ({ it: 'retry' }),
      done: async () => ({ it: 'done' }),
      leave: async () => ({ it: 'leave' }),
    },
    // Something has changed at the platform: perhaps a person there has done it.
    happens: () => (kit.inbox.version > version ? 'retry' : undefined),
  });
}

function inWords({ what, why, amount, ids }: Leftover): string {
  const at = Object.entries(ids ?? {}).map(([name, id]) => `${name} ${id}`);
  return [`${what}: ${why}`, ...(amount === undefined ? [] : [`amount ${amount}`]), ...at].join(', ');
}
