/** ISO time without fractions, as REST v2 and hooks print times. */
export function isoTime(time: number): string {
  return `${new Date(time).toISOString().slice(0, 19)}Z`;
}
