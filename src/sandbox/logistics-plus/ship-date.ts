const dayMs = 86_400_000;

/** When an order ships that does not say: a day from now, moved on past the days on which the account does not ship. */
export function defaultShipDate(now: number, blockedWeekdays: readonly number[]): number {
  let day = now + dayMs;
  while (blockedWeekdays.includes(new Date(day).getUTCDay())) day += dayMs;
  return day;
}
