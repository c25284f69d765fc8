import type { OrderStatus } from '../client/status.js';
import type { Happening, Hold, Outcome } from '../workflows/contract.js';

/** A status as lines for a person. */
export function describeStatus(status: OrderStatus): string[] {
  const { state, phase, step, since, waitingFor, ids = {}, hold, cancel, outcome } = status;
  const undone = outcome?.undone ?? status.undone ?? [];
  const left = outcome?.left ?? status.left ?? [];
  const rows: [string, string | undefined][] = [
    ['state', phase === undefined || phase === state ? state : `${state}, ${phase}`],
    ['step', step === undefined || state !== 'running' ? undefined : `${step}, since ${since}`],
    ['waits for', waitingFor],
    ['ids', listed(Object.entries(ids).map(([name, id]) => `${name} ${id}`))],
    ['cancel', cancel && `${cancel.verdict}: ${cancel.reason}`],
    ...undone.map((what): [string, string] => ['undone', what]),
    ...left.map(({ what, why }): [string, string] => ['left to do', `${what}: ${why}`]),
    ...status.troubles.map((trouble): [string, string] => ['trouble', trouble]),
  ];
  const shown = rows.filter((row): row is [string, string] => row[1] !== undefined);
  return [
    status.workflowId,
    ...shown.map(([name, value]) => `  ${name.padEnd(11)}${value}`),
    ...(hold === undefined ? [] : describeHold(status.workflowId, hold)),
  ];
}

/** What happened, as one line. */
export function describeHappening({ at, text }: Happening): string {
  return `${at}  ${text}`;
}

/** How an order ended, with its result, as lines for a person. */
export function describeResult(workflowId: string, result: Outcome & Readonly<Record<string, unknown>>): string[] {
  const { outcome, reference: _, undone, left, cancel, ...facts } = result;
  return [
    `${workflowId} ${outcome}`,
    ...Object.entries(facts).map(([name, value]) => `  ${name.padEnd(11)}${plain(value)}`),
    ...(cancel === undefined ? [] : [`  ${'cancel'.padEnd(11)}${cancel.verdict}: ${cancel.reason}`]),
    ...undone.map((what) => `  ${'undone'.padEnd(11)}${what}`),
    ...left.map(({ what, why }) => `  ${'left to do'.padEnd(11)}${what}: ${why}`),
  ];
}

function describeHold(workflowId: string, { id, question, choices, facts, link, since }: Hold): string[] {
  return [
    `  it waits for you since ${since}: ${question}`,
    ...facts.map((fact) => `    ${fact}`),
    ...(link === undefined ? [] : [`    ${link}`]),
    ...choices.map((choice) => `    waybill resolve ${workflowId} ${id} ${choice}`),
  ];
}

const listed = (items: readonly string[]): string | undefined => (items.length === 0 ? undefined : items.join(', '));

function plain(value: unknown): string {
  if (Array.isArray(value)) return value.map(plain).join(', ');
  if (typeof value !== 'object' || value === null) return String(value);
  return Object.entries(value)
    .map(([name, item]) => `${name} ${plain(item)}`)
    .join(', ');
}
