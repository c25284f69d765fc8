import type { Change } from '../replay/changed-stories.js';

const steps = (from: string, to: string): Change => ({ file: 'steps.ts', from, to });
const storyOf = (from: string, to: string): Change => ({ file: 'story.ts', from, to });
const timing = (from: string, to: string): Change => ({ file: 'timing.ts', from, to });
const listening = (from: string, to: string): Change => ({ file: 'listen.ts', from, to });

/** Changes of what all stories share, which no order that is under way notices. */
export const harmlessForAll: readonly Change[] = [
  // Words: a summary in the Temporal UI, what happened, what is shown of the run, a question.
  steps('    summary,\n', '    summary: `step: $' + '{summary}`,\n'),
  { file: 'cancel.ts', from: "'cancel asked for'", to: "'somebody wants it stopped'" },
  { file: 'status.ts', from: "['phase', run.phase],", to: "['where it stands', run.phase]," },
  { file: 'saga.ts', from: "'This could not be taken back. Do it", to: "'This is left. Do it" },
  // How long something may take.
  timing('attempt: 90 * SECOND', 'attempt: 120 * SECOND'),
  timing('heartbeat: 10 * SECOND', 'heartbeat: 15 * SECOND'),
  timing('updateAnswer: 45 * SECOND', 'updateAnswer: 30 * SECOND'),
  timing('patience: 5 * DAY', 'patience: 6 * DAY'),
  // How it is tried again, and what goes first.
  timing('retryFirst: SECOND', 'retryFirst: 3 * SECOND'),
  timing('retryMost: 5 * MINUTE', 'retryMost: 10 * MINUTE'),
  steps('{ undo: URGENT, create: 2, set: 2, read: 3 }', '{ undo: URGENT, create: 2, set: 3, read: 4 }'),
  // A log line.
  storyOf('import { CancellationScope, ContinueAsNew,', 'import { CancellationScope, ContinueAsNew, log,'),
  storyOf(
    "    run.phase = 'working';\n",
    "    run.phase = 'working';\n    log.info('it begins', { reference: run.head.reference });\n",
  ),
  // One more query.
  listening(
    '  setHandler(statusQuery, () => statusOf(run, cancel.answer));\n',
    "  setHandler(statusQuery, () => statusOf(run, cancel.answer));\n  setHandler(defineQuery<string>('phaseOnly'), () => run.phase);\n",
  ),
  // A local name, a comment, and a computation that nobody needs.
  {
    file: 'status.ts',
    from: "  const table = rows.filter(([, value]) => value !== undefined && value !== '');\n  return ['| | |', '|---|---|', ...table.map(",
    to: "  const filled = rows.filter(([, value]) => value !== undefined && value !== '');\n  return ['| | |', '|---|---|', ...filled.map(",
  },
  storyOf('  listen(kit);\n', '  // Nothing was awaited so far.\n  listen(kit);\n'),
  {
    file: 'run.ts',
    from: '  run.happenings.push({ n,',
    to: '  [...run.happenings].sort((one, other) => other.n - one.n);\n  run.happenings.push({ n,',
  },
];
