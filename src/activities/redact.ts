const EMAIL = /[^\s@<>"'(),;:]+@[^\s@<>"'(),;:]+/g;
/** Card and phone numbers. Some ids of platforms have as many digits; a hidden id is the smaller harm. */
const LONG_NUMBER = /\d(?:[ .-]?\d){6,}/g;
/** Keys and tokens: long runs without a space that mix letters and digits. */
const TOKEN = /(?=[\w.-]*\d)(?=[\w.-]*[A-Za-z])[\w.-]{24,}/g;

const HIDDEN = '…';
/** Stands around the number of a kept value while the rest is hidden; a private character, so no message has it. */
const MARK = '\uE000';
const KEPT = new RegExp(`${MARK}(\\d+)${MARK}`, 'g');
/** Enough for a sentence. */
const LONGEST = 300;

/**
 * A platform's own message in a form that may be shown, logged and kept in a history: without e-mail addresses, long
 * numbers, tokens, and without any value that stood in the request.
 *
 * @param values what was sent, e.g. names and addresses
 * @param keep what may be shown although it was sent, e.g. our reference
 */
export function redact(message: string, values: readonly string[], keep: readonly string[]): string {
  const kept = new Set(keep.map((value) => value.toLowerCase()));
  // One letter or digit says nothing about a person, and hiding it would make the message unreadable.
  const hidden = values
    .map((value) => value.trim())
    .filter((value) => value.length > 1 && !kept.has(value.toLowerCase()))
    .sort((one, other) => other.length - one.length);
  let text = message.replace(/\s+/g, ' ').replaceAll(MARK, '');
  keep.forEach((value, index) => {
    text = text.replace(wholeWord(value), `${MARK}${index}${MARK}`);
  });
  for (const value of new Set(hidden)) text = text.replace(wholeWord(value), HIDDEN);
  for (const pattern of [EMAIL, TOKEN, LONG_NUMBER]) text = text.replace(pattern, HIDDEN);
  text = text.replace(KEPT, (_, index) => keep[Number(index)] ?? HIDDEN).trim();
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}${HIDDEN}` : text;
}

function wholeWord(value: string): RegExp {
  const literal = value.replace(/\s+/g, ' ').replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`(?<![\\p{L}\\p{N}])${literal}(?![\\p{L}\\p{N}])`, 'giu');
}
