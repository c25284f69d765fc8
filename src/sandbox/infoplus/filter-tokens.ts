import { refused } from './refusals.js';

export interface Token {
  kind: 'word' | 'number' | 'text' | '(' | ')' | ',';
  /** A text without its quotes. */
  text: string;
}

const token = /\s*(?:([A-Za-z_]\w*)|(-?\d+(?:\.\d+)?)|'([^']*)'|"([^"]*)"|([(),]))/y;

/** How a quote is written within a text is not known: none can be. */
export function filterTokens(filter: string): Token[] {
  const tokens: Token[] = [];
  const end = filter.trimEnd().length;
  let at = 0;
  while (at < end) {
    token.lastIndex = at;
    const found = token.exec(filter);
    if (found === null) throw refused(400, `The filter cannot be read at ${filter.slice(at).trim()}.`);
    tokens.push(tokenOf(found));
    at = token.lastIndex;
  }
  return tokens;
}

function tokenOf([, word, number, single, double, sign]: RegExpExecArray): Token {
  if (word !== undefined) return { kind: 'word', text: word };
  if (number !== undefined) return { kind: 'number', text: number };
  if (sign === '(' || sign === ')' || sign === ',') return { kind: sign, text: sign };
  return { kind: 'text', text: single ?? double ?? '' };
}
