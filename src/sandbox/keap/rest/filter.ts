import { invalid, RestRefusal } from './refusal.js';

type Operator = '==' | '!=' | '<=' | '>=' | '<' | '>';

/** One part of a `filter`: all parts must hold. */
export interface Condition {
  field: string;
  operator: Operator;
  value: string;
}

/** How one field may be filtered. `test` reads the value once and throws a refusal when it cannot be read. */
export interface FilterField<Item> {
  operators: readonly Operator[];
  test(condition: Condition): (item: Item) => boolean;
}

export type FilterFields<Item> = Readonly<Record<string, FilterField<Item>>>;

/** Reads `field==value;other>=3`; the URL is decoded already. */
export function parseFilter(text: string | null): Condition[] {
  if (text === null) return [];
  return text
    .split(';')
    .filter((part) => part !== '')
    .map((part) => {
      const match = /^([A-Za-z0-9_]+)(==|!=|<=|>=|<|>)(.*)$/s.exec(part);
      const [, field, operator, value] = match ?? [];
      if (field === undefined || value === undefined) throw new RestRefusal(400, `Invalid filter: ${part}`);
      return { field, operator: operator as Operator, value };
    });
}

/** A test for records, from conditions whose fields and operators were checked. */
export function filterBy<Item>(
  conditions: readonly Condition[],
  fieldOf: (name: string) => FilterField<Item> | undefined,
): (item: Item) => boolean {
  const tests = conditions.map((condition) => {
    const field = fieldOf(condition.field);
    if (field === undefined) throw new RestRefusal(400, `Unsupported filter field: ${condition.field}`);
    if (!field.operators.includes(condition.operator)) {
      throw new RestRefusal(400, `Operator ${condition.operator} is not supported for ${condition.field}`);
    }
    return field.test(condition);
  });
  return (item) => tests.every((test) => test(item));
}

const equal: readonly Operator[] = ['=='];
const ordered: readonly Operator[] = ['==', '<=', '<', '>=', '>'];
const all: readonly Operator[] = [...ordered, '!='];

/** Equal, whatever the case; with a trailing `*` where the field allows it: begins with. */
export function textField<Item>(read: (item: Item) => string | null, wildcard = false): FilterField<Item> {
  return {
    operators: equal,
    test: ({ value }) => {
      const prefix = wildcard && value.endsWith('*');
      const wanted = (prefix ? value.slice(0, -1) : value).toLowerCase();
      return (item) => {
        const text = read(item)?.toLowerCase();
        return text !== undefined && (prefix ? text.startsWith(wanted) : text === wanted);
      };
    },
  };
}

export function numberField<Item>(
  read: (item: Item) => number | null,
  operators: 'equal' | 'ordered' | 'all' = 'equal',
): FilterField<Item> {
  return {
    operators: { equal, ordered, all }[operators],
    test: ({ field, operator, value }) => {
      const wanted = Number(value);
      if (value.trim() === '' || Number.isNaN(wanted)) throw invalid(field);
      return (item) => {
        const number = read(item);
        return number !== null && compare(number, operator, wanted);
      };
    },
  };
}

/** A comma-separated list of ids, any of which may match. */
export function idsField<Item>(read: (item: Item) => readonly number[]): FilterField<Item> {
  return {
    operators: equal,
    test: ({ value }) => {
      const ids = new Set(value.split(',').map((id) => id.trim()));
      return (item) => read(item).some((id) => ids.has(String(id)));
    },
  };
}

export function booleanField<Item>(read: (item: Item) => boolean): FilterField<Item> {
  return {
    operators: equal,
    test: ({ field, value }) => {
      if (value !== 'true' && value !== 'false') throw invalid(field);
      return (item) => read(item) === (value === 'true');
    },
  };
}

/** `since` and `until` are fields of their own and take `==`. */
export function sinceField<Item>(read: (item: Item) => number): FilterField<Item> {
  return boundaryField((item, limit) => read(item) >= limit);
}

export function untilField<Item>(read: (item: Item) => number): FilterField<Item> {
  return boundaryField((item, limit) => read(item) <= limit);
}

function boundaryField<Item>(within: (item: Item, limit: number) => boolean): FilterField<Item> {
  return {
    operators: equal,
    test: ({ field, value }) => {
      const limit = parseTime(value, field);
      return (item) => within(item, limit);
    },
  };
}

export function timeField<Item>(read: (item: Item) => number | null): FilterField<Item> {
  return {
    operators: ordered,
    test: ({ field, operator, value }) => {
      const wanted = parseTime(value, field);
      return (item) => {
        const time = read(item);
        return time !== null && compare(time, operator, wanted);
      };
    },
  };
}

/** A full ISO time; a bare date is refused. */
function parseTime(text: string, field: string): number {
  const full = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})$/.test(text);
  const time = full ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(time)) throw invalid(field);
  return time;
}

function compare(left: number, operator: Operator, right: number): boolean {
  switch (operator) {
    case '==':
      return left === right;
    case '!=':
      return left !== right;
    case '<=':
      return left <= right;
    case '>=':
      return left >= right;
    case '<':
      return left < right;
    case '>':
      return left > right;
  }
}
