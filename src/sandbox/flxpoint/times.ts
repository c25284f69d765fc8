/** UTC with a `Z`; milliseconds only where there are some. */
export function isoTime(time: number): string {
  return new Date(time).toISOString().replace('.000Z', 'Z');
}

export const isoTimeOrNull = (time: number | null): string | null => (time === null ? null : isoTime(time));

/** Money and other amounts are numbers with two decimals at most. */
export const amount = (value: number): number => Math.round(value * 100) / 100;
