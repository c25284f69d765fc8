import type { OrderLine } from './orders.js';

/** The line of that external reference, else of that number. */
export function lineOf<Line extends OrderLine>(lines: readonly Line[], name: string): Line {
  const found =
    lines.find(({ externalLineReference }) => externalLineReference === name) ??
    lines.find(({ lineNumber }) => lineNumber === name);
  if (found === undefined) throw new Error(`There is no line ${name}.`);
  return found;
}

/** What is told of each line, by the line; throws when a line is not there, or told of twice. */
export function eachOnce<Line extends OrderLine, Told extends { line: string }>(
  lines: readonly Line[],
  told: readonly Told[],
): Map<Line, Told> {
  const byLine = new Map(told.map((each) => [lineOf(lines, each.line), each]));
  if (byLine.size < told.length) throw new Error('A line is named twice.');
  return byLine;
}
