import type { Fields, FieldType, Row } from './field-types.js';
import { filterTokens, type Token } from './filter-tokens.js';
import { inThousandths, orderNumberFrom } from './order-numbers.js';
import { refused } from './refusals.js';

type Matches = (row: Row) => boolean;

/** Whether the comparison of a field with the operand comes out right: below zero is less, zero is equal. */
const comparisons: Readonly<Record<string, (order: number) => boolean>> = {
  eq: (order) => order === 0,
  ne: (order) => order !== 0,
  gt: (order) => order > 0,
  gte: (order) => order >= 0,
  lt: (order) => order < 0,
  lte: (order) => order <= 0,
};

/**
 * Reads `field op value (and field op value …)`. What the published examples do not have is refused: `or`, brackets, a
 * quote within a string. Nothing is equal or unequal to an empty field, as in SQL.
 */
export function parseFilter(text: string, fields: Fields): Matches {
  const tokens = filterTokens(text);
  const conditions: Matches[] = [];
  do conditions.push(condition(tokens, fields));
  while (takeWord(tokens, 'and'));
  if (tokens.length > 0) throw unreadable(tokens[0]?.text ?? '');
  return (row) => conditions.every((matches) => matches(row));
}

function condition(tokens: Token[], fields: Fields): Matches {
  const field = take(tokens, 'word');
  const type = fields.get(field);
  if (type === undefined || type === 'data') throw refused(400, `There is no field ${field} to filter by.`);
  const operator = take(tokens, 'word');
  if (operator === 'in') {
    const wanted = new Set(list(tokens).map((token) => operand(token, field, type)));
    return (row) => {
      const value = comparable(row[field], type);
      return value !== null && wanted.has(value);
    };
  }
  if (operator === 'like') return like(takeLiteral(tokens), field, type);
  const isRight = comparisons[operator];
  if (isRight === undefined) throw refused(400, `There is no operator ${operator}.`);
  const wanted = operand(takeLiteral(tokens), field, type);
  return (row) => {
    const value = comparable(row[field], type);
    return value !== null && isRight(value < wanted ? -1 : value > wanted ? 1 : 0);
  };
}

function list(tokens: Token[]): Token[] {
  take(tokens, '(');
  const literals = [takeLiteral(tokens)];
  while (tokens[0]?.kind === ',') {
    tokens.shift();
    literals.push(takeLiteral(tokens));
  }
  take(tokens, ')');
  return literals;
}

/** With SQL's wildcards. */
function like({ text }: Token, field: string, type: FieldType): Matches {
  if (type !== 'text') throw refused(400, `Field ${field} has no text to compare with like.`);
  const pattern = text
    .replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
    .replaceAll('%', '.*')
    .replaceAll('_', '.');
  const expression = new RegExp(`^${pattern}$`, 'is');
  return (row) => typeof row[field] === 'string' && expression.test(row[field]);
}

/** What a field is compared by; null when it is empty. Letter case makes no difference. */
export function comparable(value: unknown, type: FieldType): string | number | null {
  if (value === null || value === undefined) return null;
  if (type === 'text') return String(value).toLowerCase();
  return type === 'order' ? inThousandths(Number(value)) : Number(value);
}

/** A literal as the field is compared: bare numbers suit texts as well, and quoted ones numbers. */
function operand({ text, kind }: Token, field: string, type: FieldType): string | number {
  const value = type === 'text' ? text.toLowerCase() : numberIn(text, kind, type);
  if (value === null) throw refused(400, `${text} is no value for field ${field}.`);
  return value;
}

function numberIn(text: string, kind: Token['kind'], type: FieldType): number | null {
  switch (type) {
    case 'time': {
      const time = kind === 'text' ? Date.parse(text) : Number.NaN;
      return Number.isNaN(time) ? null : time;
    }
    case 'truth':
      return text === 'true' ? 1 : text === 'false' ? 0 : null;
    case 'order': {
      const orderNo = orderNumberFrom(text);
      return orderNo === null ? null : inThousandths(orderNo);
    }
    default:
      return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : null;
  }
}

function takeWord(tokens: Token[], word: string): boolean {
  if (tokens[0]?.kind !== 'word' || tokens[0].text !== word) return false;
  tokens.shift();
  return true;
}

function take(tokens: Token[], kind: Token['kind']): string {
  const token = tokens.shift();
  if (token?.kind !== kind) throw unreadable(token?.text ?? 'its end');
  return token.text;
}

function takeLiteral(tokens: Token[]): Token {
  const token = tokens.shift();
  const isTruth = token?.kind === 'word' && (token.text === 'true' || token.text === 'false');
  if (token === undefined || !(token.kind === 'text' || token.kind === 'number' || isTruth)) {
    throw unreadable(token?.text ?? 'its end');
  }
  return token;
}

const unreadable = (where: string) => refused(400, `The filter cannot be read at ${where}.`);
