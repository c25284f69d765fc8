import { toEastern } from '../eastern-time.js';
import type { FieldKind } from './table-schema.js';
import type { XmlRpcValue } from './value.js';

/** What a column of a row holds; dates as instants. Undefined is null. */
export type Cell = string | number | boolean | undefined;

/** A test for one member of `queryData`: whatever the case, `%` stands for anything, `~null~` finds null. */
export function matcher(wanted: XmlRpcValue, kind: FieldKind): (cell: Cell) => boolean {
  const text = textOf(wanted);
  if (text === '~null~') return (cell) => cell === undefined;
  if (kind === 'Double' && /^-?\d+(\.\d+)?$/.test(text)) return (cell) => cell === Number(text);
  const pattern = new RegExp(
    `^${text
      .split('%')
      .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
      .join('.*')}$`,
    'is',
  );
  if (kind !== 'Date' && kind !== 'DateTime') {
    return (cell) =>
      cell !== undefined && pattern.test(typeof cell === 'boolean' ? String(Number(cell)) : String(cell));
  }
  if (wanted.type === 'date') return (cell) => cell === wanted.value;
  return (cell) => {
    if (typeof cell !== 'number') return false;
    const [day, time] = easternWords(cell);
    return pattern.test(day) || pattern.test(`${day} ${time}`);
  };
}

/** The text that an index can be asked for, or null when it is a pattern. */
export function exactText(wanted: XmlRpcValue | undefined): string | null {
  if (wanted === undefined) return null;
  const text = textOf(wanted);
  return text.includes('%') || text === '~null~' ? null : text;
}

function textOf(value: XmlRpcValue): string {
  if (value.type === 'boolean') return value.value ? '1' : '0';
  return value.type === 'int' || value.type === 'double' || value.type === 'string' ? String(value.value) : '';
}

/** `2026-01-15` and `10:30:00` of an instant. */
function easternWords(time: number): [day: string, time: string] {
  const naive = toEastern(time);
  return [`${naive.slice(0, 4)}-${naive.slice(4, 6)}-${naive.slice(6, 8)}`, naive.slice(9)];
}
