import { Big } from 'big.js';

/*
 * Values of custom fields. The input has them as text; Keap has types, and XML-RPC refuses what is not of the type.
 */

const WHOLE = new Set(['WHOLE_NUMBER', 'YEAR', 'MONTH', 'DAY_OF_WEEK', 'YES_NO', 'USER']);
const DECIMAL = new Set(['CURRENCY', 'DECIMAL_NUMBER', 'PERCENT']);

export type FieldForm = 'text' | 'whole' | 'decimal' | 'date';

/** How values of a Keap data type, e.g. `TEXT`, are written. */
export function formOf(type: string): FieldForm {
  if (WHOLE.has(type)) return 'whole';
  if (DECIMAL.has(type)) return 'decimal';
  return type === 'DATE' || type === 'DATE_TIME' ? 'date' : 'text';
}

/** Why a value cannot stand in a field of this type, or `undefined` when it can. */
export function contentProblem(type: string, value: string): string | undefined {
  switch (formOf(type)) {
    case 'whole':
      return /^-?\d{1,9}$/.test(value) ? undefined : `is a field of type ${type}; expected a whole number`;
    case 'decimal':
      return /^-?\d{1,12}(\.\d+)?$/.test(value)
        ? undefined
        : `is a field of type ${type}; expected a number, e.g. 12.50`;
    case 'date':
      if ((type === 'DATE' ? DAY : TIME).test(value) && !Number.isNaN(Date.parse(value))) return undefined;
      return `is a field of type ${type}; expected ${type === 'DATE' ? '2026-01-15' : '2026-01-15T10:30:00-05:00'}`;
    case 'text':
      return undefined;
  }
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/;

/** Whether Keap holds what is wanted, whatever form it gives it: `5` for `5.00`, `2026-01-15T00:00:00Z` for the day. */
export function sameContent(type: string, wanted: string, there: string | undefined): boolean {
  if (there === undefined) return false;
  switch (formOf(type)) {
    case 'whole':
      // Yes/No may come as a truth value.
      return sameNumber(wanted, there.replace(/^true$/i, '1').replace(/^false$/i, '0'));
    case 'decimal':
      return sameNumber(wanted, there);
    case 'date':
      return wanted.includes('T') ? Date.parse(wanted) === Date.parse(there) : there.startsWith(wanted);
    case 'text':
      // Line ends and outer blanks do not always survive the way through XML and web forms.
      return wanted.replace(/\r\n?/g, '\n').trim() === there.replace(/\r\n?/g, '\n').trim();
  }
}

function sameNumber(wanted: string, there: string): boolean {
  try {
    return new Big(wanted).eq(there.trim());
  } catch {
    return false;
  }
}
