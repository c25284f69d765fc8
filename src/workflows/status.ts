import { setCurrentDetails, upsertSearchAttributes } from '@temporalio/workflow';
import { attributes, type Phase } from './contract.js';
import type { RunState } from './run.js';

/**
 * Shows where a run stands: a small table in the Temporal UI at every step, and the search attribute when the phase
 * has changed (each change is an event of the history; a current detail is not).
 */
export function showing(run: RunState, shownAtStart: Phase | undefined): () => void {
  let shown = shownAtStart;
  return () => {
    setCurrentDetails(details(run));
    if (shown === run.phase || passing.has(run.phase)) return;
    shown = run.phase;
    upsertSearchAttributes([{ key: attributes.phase, value: run.phase }]);
  };
}

/** Phases that last as long as a few calls: not worth an event. */
const passing: ReadonlySet<Phase> = new Set(['admitting', 'stopping']);

function details(run: RunState): string {
  const rows = [
    ['phase', run.phase],
    ['step', run.step],
    ['since', new Date(run.since).toISOString()],
    ...Object.entries(run.ids),
    ['waiting for', run.waitingFor],
    ['undone', run.undone.join('; ')],
    ['left', run.left.map(({ what }) => what).join('; ')],
    ...(run.hold === undefined ? [] : holdRows(run.hold)),
  ];
  const table = rows.filter(([, value]) => value !== undefined && value !== '');
  return ['| | |', '|---|---|', ...table.map(([name, value]) => `| ${name} | ${escapeCell(value ?? '')} |`)].join('\n');
}

function holdRows(hold: NonNullable<RunState['hold']>): string[][] {
  return [
    [`**${hold.id}**`, `**${hold.question}**`],
    ['answer with', hold.choices.join(', ')],
    ...hold.facts.map((fact) => ['', fact]),
    ...(hold.link === undefined ? [] : [['look at', hold.link]]),
  ];
}

const escapeCell = (text: string): string => text.replace(/\|/g, '\\|').replace(/\s+/g, ' ');
