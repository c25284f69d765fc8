import { z } from 'zod';

/** As many as a person reads. An input can be wrong in a hundred thousand places, and a failure has to fit into a history. */
const PROBLEMS_SHOWN = 50;

/** Room for a field deep inside and what is expected of it; a member's name can be of any length. */
const LONGEST_PROBLEM = 300;

/** One sentence for each problem of an input, beginning with the field, e.g. `lines[0].quantity: expected …`. */
export function problemsOf(error: z.ZodError): string[] {
  const problems = error.issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => `${fieldName([...issue.path, key])}: is not a field of this input`)
      : [`${fieldName(issue.path)}: ${issue.message}`],
  );
  const shown = problems
    .slice(0, PROBLEMS_SHOWN)
    .map((problem) => (problem.length > LONGEST_PROBLEM ? `${problem.slice(0, LONGEST_PROBLEM - 1)}…` : problem));
  return problems.length > PROBLEMS_SHOWN ? [...shown, `and ${problems.length - PROBLEMS_SHOWN} more`] : shown;
}

function fieldName(path: readonly PropertyKey[]): string {
  const name = path.reduce<string>(
    (so, key) => (typeof key === 'number' ? `${so}[${key}]` : so === '' ? String(key) : `${so}.${String(key)}`),
    '',
  );
  return name === '' ? 'the input' : name;
}

/** An error text that tells a missing field from a wrong one. */
export function expected(what: string): { error: (issue: { readonly input?: unknown }) => string } {
  return { error: ({ input }) => (input === undefined ? `is missing; expected ${what}` : `expected ${what}`) };
}

/** The caller's own number of the order. It has to survive every platform's search, hence few characters. */
export const reference = z
  .string(expected('text'))
  .regex(/^[A-Za-z0-9._-]{1,30}$/, 'expected 1 to 30 letters, digits, dots, underscores or hyphens')
  .describe('Your own number of the order; one order whatever the case');

/** A connection of one platform, e.g. `keap/acme`. */
export function connectionOf(platform: string) {
  const what = `"${platform}/<name>", with lower-case letters, digits and hyphens in the name`;
  return z
    .string(expected(what))
    .regex(new RegExp(`^${platform}/[a-z0-9-]+$`), `expected ${what}`)
    .describe('The account at the platform');
}

const moneyRule = 'an amount as a string with at most two decimals, e.g. "10.10"';

/** An amount as a decimal string. Numbers are refused: 10.1 + 20.2 is not 30.3 to a computer. */
export const money = z
  .string({
    error: (issue) =>
      typeof issue.input === 'number'
        ? `write it as a string, e.g. "${issue.input}"`
        : expected(moneyRule).error(issue),
  })
  // 9 digits before the point stay exact in cents as a double, which is what the platforms compute with.
  .regex(/^-?(0|[1-9]\d{0,8})(\.\d{1,2})?$/, { error: `expected ${moneyRule}`, abort: true });

/** An amount that is not negative. */
export const amount = money.refine((value) => !value.startsWith('-'), { error: 'must not be negative', abort: true });

/** A moment. Without an offset it would mean another moment on another machine. */
export const moment = z.iso.datetime({
  offset: true,
  ...expected('a time with its offset, e.g. "2026-01-15T10:30:00-05:00" or "2026-01-15T15:30:00Z"'),
});

const currencies = new Set(Intl.supportedValuesOf('currency'));

export const currency = z
  .string(expected('an ISO 4217 code, e.g. "USD"'))
  .refine((code) => currencies.has(code), { error: 'expected an ISO 4217 code, e.g. "USD"', abort: true })
  .describe('ISO 4217');

const decimals = new Map<string, number>();

/** How many decimals amounts of this currency have: 2 for USD, 0 for JPY. */
export function decimalsOf(code: string): number {
  let known = decimals.get(code);
  if (known === undefined) {
    const format = new Intl.NumberFormat('en', { style: 'currency', currency: code });
    known = format.resolvedOptions().maximumFractionDigits ?? 2;
    decimals.set(code, known);
  }
  return known;
}

/** One line of text. Control characters and broken surrogate pairs are refused: XML cannot carry them. */
export function line(maxLength: number) {
  const what = `text of 1 to ${maxLength} characters in one line`;
  return z
    .string(expected(what))
    .refine((text) => text.trim() !== '' && text.length <= maxLength && isPlain(text), `expected ${what}`);
}

/** Text that may have several lines. */
export function paragraph(maxLength: number) {
  const what = `text of 1 to ${maxLength} characters`;
  return z
    .string(expected(what))
    .refine(
      (text) => text.trim() !== '' && text.length <= maxLength && isPlain(text.replace(/\r?\n|\t/g, ' ')),
      `expected ${what}`,
    );
}

function isPlain(text: string): boolean {
  return !/[\p{Cc}\p{Cs}\uFFFE\uFFFF]/u.test(text);
}
