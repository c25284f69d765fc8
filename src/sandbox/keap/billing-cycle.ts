import { easternDay, fromEasternDay } from './eastern-time.js';

/** `BillingCycle` and `Cycle` of the tables, in the words of subscriptions and in those of plans in REST v2. */
const cycles = [
  { code: '1', word: 'YEAR', planWord: 'YEARLY' },
  { code: '2', word: 'MONTH', planWord: 'MONTHLY' },
  { code: '3', word: 'WEEK', planWord: 'WEEKLY' },
  { code: '6', word: 'DAY', planWord: 'DAILY' },
] as const;

type Cycle = (typeof cycles)[number];
export type CycleCode = Cycle['code'];
export type CycleWord = Cycle['word'];
export type PlanCycleWord = Cycle['planWord'];

export const cycleWords = cycles.map(({ word }) => word);
export const planCycleWords = cycles.map(({ planWord }) => planWord);

export const cycleOf = (code: CycleCode): Cycle => cycles.find((one) => one.code === code) as Cycle;
export const codeOfWord = (word: CycleWord | PlanCycleWord): CycleCode =>
  (cycles.find((one) => one.word === word || one.planWord === word) as Cycle).code;

export function isCycleCode(text: string): text is CycleCode {
  return cycles.some(({ code }) => code === text);
}

/** How often something is billed: every so many years, months, weeks or days. */
export interface Rhythm {
  cycle: CycleCode;
  /** At least 1. */
  frequency: number;
}

/** The day, as the instant at which it begins, that lies so many cycles after another. */
export function daysLater(day: number, { cycle, frequency }: Rhythm, count = 1): number {
  const [year = 0, month = 0, date = 0] = easternDay(day).split('-').map(Number);
  const every = Math.max(1, frequency) * count;
  switch (cycle) {
    case '1':
      return inMonth(year + every, month, date);
    case '2':
      return inMonth(year, month + every, date);
    case '3':
      return atDay(Date.UTC(year, month - 1, date + 7 * every));
    case '6':
      return atDay(Date.UTC(year, month - 1, date + every));
  }
}

/** A month without that day ends on its last one. */
function inMonth(year: number, month: number, date: number): number {
  const last = new Date(Date.UTC(year, month, 0)).getUTCDate();
  return atDay(Date.UTC(year, month - 1, Math.min(date, last)));
}

function atDay(calendar: number): number {
  return fromEasternDay(new Date(calendar).toISOString().slice(0, 10)) ?? calendar;
}
