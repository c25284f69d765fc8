import { NOTE_LENGTH } from '../../workflows/logistics-plus/input.js';
import { plain } from '../texts.js';

/** A note with the stop text in front, cut to what a note may hold. */
export function withStop(stopNote: string, note: string | null | undefined): string {
  const whole = note?.trim() ? `${stopNote} ${note.trim()}` : stopNote;
  // Half of a pair of surrogates is no text.
  return whole.slice(0, NOTE_LENGTH).replace(/[\uD800-\uDBFF]$/, '');
}

export function hasStop(stopNote: string, note: string | null | undefined): boolean {
  return plain(note).startsWith(plain(stopNote));
}
