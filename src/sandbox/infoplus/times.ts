/** Dates are kept and shown to the second. */
export function wholeSecond(time: number): number {
  return Math.floor(time / 1_000) * 1_000;
}

export function isoTime(time: number): string {
  return `${new Date(time).toISOString().slice(0, 19)}Z`;
}

const dayMs = 86_400_000;

/** Where the day begins. A date without a time is taken for one of UTC: whose it is is not known. */
export function dayOf(time: number): number {
  return time - (time % dayMs);
}
