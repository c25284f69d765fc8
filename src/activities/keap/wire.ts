import { Big } from 'big.js';
import { decimalsOf } from '../../workflows/input.js';

/**
 * An amount as a decimal string with two decimals, or more where Keap really has fractions of a cent. Doubles carry
 * noise far behind that (`0.1 + 0.2`), so the seventh decimal and what follows are dropped.
 */
export function decimal(value: number | string | Big): string {
  const exact = new Big(value).round(6);
  return exact.eq(exact.round(2)) ? exact.toFixed(2) : exact.toFixed();
}

/** REST v2 answers most amounts in the currency's smallest unit: 2995 USD are 29.95, 2995 JPY are 2995. */
export function fromMinor(minor: number, currency: string): string {
  return decimal(new Big(minor).div(new Big(10).pow(decimalsOf(currency))));
}

export function add(one: string, other: string): string {
  return decimal(new Big(one).plus(other));
}

export function subtract(one: string, other: string): string {
  return decimal(new Big(one).minus(other));
}

export function negate(value: string): string {
  return decimal(new Big(value).neg());
}

export function sameAmount(one: string, other: string): boolean {
  return new Big(one).eq(other);
}

export function isPositive(value: string): boolean {
  return new Big(value).gt(0);
}

/**
 * Whether two totals of an order agree: to a cent for each line, because Keap and a shop may round each line their own
 * way. More is another price.
 */
export function agree(one: string, other: string, lines: number): boolean {
  return new Big(one).minus(other).abs().lte(new Big('0.01').times(lines));
}

/** REST times: UTC, to the second. */
export function utcTime(iso: string): string {
  return new Date(iso).toISOString().replace(/\.\d{3}Z$/, 'Z');
}

/** The same moment on the wall clock of a zone, as XML-RPC writes it: `20260115T10:30:00`, without the zone. */
export function wallTime(moment: Date, timeZone: string): string {
  const parts = clockOf(timeZone).formatToParts(moment);
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.find((of) => of.type === type)?.value ?? '';
  const date = `${part('year').padStart(4, '0')}${part('month')}${part('day')}`;
  return `${date}T${part('hour')}:${part('minute')}:${part('second')}`;
}

/** The day of a moment in a zone, `2026-01-15`. */
export function dayOf(moment: Date, timeZone: string): string {
  const [, year, month, day] = /^(\d{4})(\d{2})(\d{2})/.exec(wallTime(moment, timeZone)) ?? [];
  return `${year}-${month}-${day}`;
}

/** When a day, `2026-01-15`, begins in a zone. */
export const startOfDay = (day: string, timeZone: string): Date => momentOf(Date.parse(`${day}T00:00:00Z`), timeZone);

/** Making one costs a hundred times as much as asking it. */
const clocks = new Map<string, Intl.DateTimeFormat>();

function clockOf(timeZone: string): Intl.DateTimeFormat {
  let clock = clocks.get(timeZone);
  if (clock === undefined) {
    clock = new Intl.DateTimeFormat('en-US', {
      timeZone,
      calendar: 'iso8601',
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    });
    clocks.set(timeZone, clock);
  }
  return clock;
}

/**
 * The moment that a wall clock time means, given as milliseconds of a UTC clock that shows the same. In the hour that
 * autumn repeats it takes the first; the one that spring leaves out becomes the hour after.
 */
export function momentOf(wall: number, timeZone: string): Date {
  // A zone's offset at a moment near enough is the offset itself, except around a change; the second look settles that.
  const before = wall - offsetAt(wall - OFFSET_MAX_MS, timeZone);
  const after = wall - offsetAt(wall + OFFSET_MAX_MS, timeZone);
  const first = Math.min(before, after);
  if (offsetAt(first, timeZone) === wall - first) return new Date(first);
  return new Date(Math.max(before, after));
}

/** No zone is further than 14 hours from UTC. */
const OFFSET_MAX_MS = 14 * 3_600_000;

function offsetAt(moment: number, timeZone: string): number {
  const wall = wallTime(new Date(moment), timeZone).match(/\d+/g)?.join('') ?? '';
  const [year, month, day] = [wall.slice(0, 4), wall.slice(4, 6), wall.slice(6, 8)].map(Number);
  const [hour, minute, second] = [wall.slice(8, 10), wall.slice(10, 12), wall.slice(12, 14)].map(Number);
  const shown = Date.UTC(year ?? 0, (month ?? 1) - 1, day, hour, minute, second);
  return shown - Math.floor(moment / 1_000) * 1_000;
}
