import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { add, agree, decimal, fromMinor, momentOf, utcTime, wallTime } from '../../../src/activities/keap/wire.js';
import { cents, fromCents } from '../../../src/workflows/money.js';

describe('amounts', () => {
  const hundredths = fc.bigInt({ min: -99_999_999_999n, max: 99_999_999_999n });

  test('survive doubles, which is what Keap computes with', () => {
    fc.assert(
      fc.property(hundredths, (of) => {
        expect(decimal(Number(fromCents(of)))).toBe(fromCents(of));
      }),
    );
    expect(decimal(0.1 + 0.2)).toBe('0.30');
    expect(decimal('24.9')).toBe('24.90');
    expect(decimal(24.955)).toBe('24.955');
  });

  test('add up exactly', () => {
    fc.assert(
      fc.property(hundredths, hundredths, (one, other) => {
        expect(cents(add(fromCents(one), fromCents(other)))).toBe(one + other);
      }),
    );
  });

  test.each([
    [2995, 'USD', '29.95'],
    [2995, 'JPY', '2995.00'],
    [-5, 'USD', '-0.05'],
    [2995, 'KWD', '2.995'],
  ])('%d of the smallest unit of %s', (minor, currency, major) => {
    expect(fromMinor(minor, currency)).toBe(major);
  });

  test('agree to a cent for each line', () => {
    expect(agree('54.90', '54.92', 2)).toBe(true);
    expect(agree('54.90', '54.93', 2)).toBe(false);
    expect(agree('54.92', '54.90', 2)).toBe(true);
  });
});

describe('times', () => {
  test('REST: UTC to the second', () => {
    expect(utcTime('2026-01-15T10:30:00.250-05:00')).toBe('2026-01-15T15:30:00Z');
  });

  test.each([
    ['2026-01-15T15:30:00Z', 'America/New_York', '20260115T10:30:00'],
    ['2026-07-15T15:30:00Z', 'America/New_York', '20260715T11:30:00'],
    ['2026-03-08T06:59:59Z', 'America/New_York', '20260308T01:59:59'],
    ['2026-03-08T07:00:00Z', 'America/New_York', '20260308T03:00:00'],
    ['2026-11-01T05:30:00Z', 'America/New_York', '20261101T01:30:00'],
    ['2026-11-01T06:30:00Z', 'America/New_York', '20261101T01:30:00'],
    ['2025-12-31T23:30:00Z', 'Asia/Kolkata', '20260101T05:00:00'],
    ['2026-01-01T00:00:00Z', 'UTC', '20260101T00:00:00'],
  ])('%s on a clock in %s', (moment, zone, wall) => {
    expect(wallTime(new Date(moment), zone)).toBe(wall);
  });

  const wallOf = (text: string) => {
    const [year, month, day, hour, minute, second] = (text.match(/^(....)(..)(..)T(..):(..):(..)$/) ?? [])
      .slice(1)
      .map(Number);
    return Date.UTC(year ?? 0, (month ?? 1) - 1, day, hour, minute, second);
  };

  test('come back from the clock, save for the hour that autumn repeats, which is its first', () => {
    const zones = fc.constantFrom('America/New_York', 'Europe/London', 'Australia/Lord_Howe', 'Asia/Kolkata', 'UTC');
    const seconds = fc.integer({ min: Date.UTC(2020) / 1_000, max: Date.UTC(2030) / 1_000 });
    fc.assert(
      fc.property(zones, seconds, (zone, second) => {
        const moment = new Date(second * 1_000);
        const wall = wallTime(moment, zone);
        const back = momentOf(wallOf(wall), zone);
        expect(wallTime(back, zone)).toBe(wall);
        expect(back.getTime()).toBeLessThanOrEqual(moment.getTime());
        expect(moment.getTime() - back.getTime()).toBeLessThanOrEqual(3_600_000);
      }),
      { numRuns: 500 },
    );
  });

  test('around each change of New York and Lord Howe, quarter of an hour by quarter of an hour', () => {
    const changes: [string, number][] = [
      ['America/New_York', Date.UTC(2026, 2, 8)],
      ['America/New_York', Date.UTC(2026, 10, 1)],
      ['Australia/Lord_Howe', Date.UTC(2026, 3, 4)],
      ['Australia/Lord_Howe', Date.UTC(2026, 9, 3)],
    ];
    for (const [zone, day] of changes) {
      for (let at = day - 86_400_000; at < day + 2 * 86_400_000; at += 15 * 60_000) {
        const wall = wallTime(new Date(at), zone);
        expect(wallTime(momentOf(wallOf(wall), zone), zone)).toBe(wall);
      }
    }
  });

  test('an hour that spring leaves out becomes the hour after', () => {
    const back = momentOf(Date.UTC(2026, 2, 8, 2, 30), 'America/New_York');
    expect(wallTime(back, 'America/New_York')).toBe('20260308T03:30:00');
  });
});
