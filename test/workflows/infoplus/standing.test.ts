import { describe, expect, test } from 'vitest';
import type { InfoplusSeen, InfoplusStanding } from '../../../src/workflows/infoplus/contract.js';
import {
  endOf,
  failedOf,
  inWords,
  isOver,
  othersOf,
  settlesIn,
  trackingIn,
  whatIsLate,
  whyNotEditable,
} from '../../../src/workflows/infoplus/standing.js';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const DAY = 24 * 60 * MINUTE;
const made = { orderNo: '48211', fieldsSet: true };

const of = (status: string, change: Partial<InfoplusStanding> = {}): InfoplusStanding => ({
  orderNo: '48211',
  root: '48211',
  status,
  ordered: 3,
  open: 0,
  ...change,
});
const part = (status: string, change: Partial<InfoplusStanding> = {}) =>
  of(status, { orderNo: '48211.001', ordered: 1, ...change });
const seen = (...orders: InfoplusStanding[]): InfoplusSeen => ({ orders });
const gone: InfoplusSeen = { orders: [], gone: true };

describe('an order is over', () => {
  test.each<[string, InfoplusSeen, number | undefined]>([
    ['shipped: after the lag of the search', seen(of('Shipped')), MINUTE],
    ['shipped short: once no back order comes', seen(of('Shipped', { open: 1 })), 15 * MINUTE],
    ['shipped short, and the back order too', seen(of('Shipped', { open: 1 }), part('Shipped')), MINUTE],
    ['its back order short again', seen(of('Shipped', { open: 1 }), part('Shipped', { open: 1 })), 15 * MINUTE],
    ['its back order cancelled', seen(of('Shipped', { open: 1 }), part('Cancelled')), MINUTE],
    ['cancelled: at once', seen(of('Cancelled')), 0],
    ['cancelled, its back order shipped', seen(of('Cancelled'), part('Shipped')), MINUTE],
    ['deleted: when it is so still', gone, MINUTE],
    ['beside others', seen(of('Shipped'), of('On Order', { orderNo: '5', root: '5' })), MINUTE],
    ['not in any other status', seen(of('Processed')), undefined],
    ['not in one that nobody knows', seen(of('Awaiting Pixies')), undefined],
    ['not while a back order is open', seen(of('Shipped'), part('Back Order')), undefined],
    ['not while a back order is open, though it is gone itself', { orders: [part('On Order')], gone: true }, undefined],
    ['not because a search does not show it', seen(), undefined],
  ])('%s', (_, now, after) => {
    expect(isOver(now, made, after ?? 365 * DAY)).toBe(after !== undefined);
    if (after !== undefined && after > 0) expect(isOver(now, made, after - 1)).toBe(false);
    if (after !== undefined) expect(settlesIn(now, made, 0)).toBe(Math.max(SECOND, after));
  });
});

test('what a cancel has deleted is not waited for', () => {
  const short = seen(of('Shipped', { open: 1 }));
  const expected = { deleted: [part('Back Order')] };
  expect(isOver(short, made, MINUTE, expected)).toBe(true);
  expect(isOver(short, made, MINUTE - 1, expected)).toBe(false);
  expect(settlesIn(short, made, 0, expected)).toBe(MINUTE);
});

test('once all that is wanted has shipped it is over at once', () => {
  const wanted = 3;
  expect(isOver(seen(of('Shipped')), made, 0, { wanted })).toBe(true);
  expect(isOver(seen(of('Shipped', { open: 1 }), part('Shipped')), made, 0, { wanted })).toBe(true);
  for (const now of [
    seen(of('Shipped', { ordered: 2 })),
    seen(of('Shipped', { open: 1 })),
    seen(of('Shipped', { open: 1 }), part('Cancelled')),
    seen(of('Shipped', { open: 1 }), part('Shipped', { open: 1 })),
    seen(of('Shipped'), part('Back Order')),
  ]) {
    expect(isOver(now, made, MINUTE - 1, { wanted })).toBe(false);
  }
});

describe('it is looked at again', () => {
  test.each<[string, InfoplusSeen, number, number | undefined]>([
    ['often while it is Pending', seen(of('Pending')), 0, 15 * SECOND],
    ['each minute later', seen(of('Pending')), MINUTE, MINUTE],
    ['no more once that is late', seen(of('Pending')), 10 * MINUTE, undefined],
    ['soon when a search does not show it', seen(), DAY, MINUTE],
    ['soon when a search shows its back order only', seen(part('Back Order')), 0, MINUTE],
    ['not when it is known to be gone', { orders: [part('Back Order')], gone: true }, 0, undefined],
    ['not while it waits', seen(of('On Order')), 0, undefined],
  ])('%s', (_, now, forMs, again) => {
    expect(settlesIn(now, made, forMs)).toBe(again);
  });
});

test('others that would ship as well are told from what came to its end', () => {
  const others = ['Pending', 'Error', 'Shipped', 'Cancelled'].map((status, index) =>
    of(status, { orderNo: `5${index}`, root: `5${index}` }),
  );
  expect(othersOf(seen(of('On Order'), part('Back Order'), ...others), made)).toEqual(['50', '51']);
});

test('what Infoplus could not complete is named, back orders too', () => {
  expect(failedOf(seen(of('Error'), part('Error'), of('Error', { orderNo: '5', root: '5' })), made)).toEqual([
    '48211',
    '48211.001',
  ]);
});

describe('a cancel is answered by what every part shows', () => {
  test.each<[string, InfoplusSeen, string | undefined, InfoplusStanding[]?]>([
    ['cancelled', seen(of('Cancelled')), 'stopped'],
    ['cancelled with its back order', seen(of('Cancelled'), part('Cancelled')), 'stopped'],
    ['deleted', gone, 'stopped'],
    ['shipped', seen(of('Shipped')), 'too-late'],
    ['shipped with its back order', seen(of('Shipped'), part('Shipped')), 'too-late'],
    ['shipped, its back order cancelled', seen(of('Shipped'), part('Cancelled')), 'partly'],
    ['shipped, its back order deleted for it', seen(of('Shipped')), 'partly', [part('Back Order')]],
    ['cancelled, its back order deleted for it', seen(of('Cancelled')), 'stopped', [part('Back Order')]],
    ['open', seen(of('Processed')), undefined],
    ['open in a back order', seen(of('Cancelled'), part('Back Order')), undefined],
    ['not shown', seen(), undefined],
  ])('%s', (_, now, verdict, deleted = []) => {
    expect(endOf(now, made, deleted)?.verdict).toBe(verdict);
  });
});

test.each<[string, InfoplusSeen, string | undefined]>([
  ['Pending', seen(of('Pending')), undefined],
  ['On Order', seen(of('On Order')), undefined],
  ['Back Order', seen(of('Back Order')), undefined],
  ['not shown yet', seen(), undefined],
  ['a cancelled back order beside', seen(of('On Order'), part('Cancelled')), undefined],
  ['Processed', seen(of('Processed')), 'order 48211 is Processed'],
  ['a back order being processed', seen(of('On Order'), part('Processed')), 'order 48211.001 is Processed'],
  ['gone', gone, 'order 48211 was deleted at Infoplus'],
])('an order can be amended, or why not: %s', (_, now, why) => {
  expect(whyNotEditable(now, made)).toBe(why);
});

test.each<[InfoplusSeen, number, string | undefined]>([
  [seen(of('Pending')), 9 * MINUTE, undefined],
  [seen(of('Pending')), 10 * MINUTE, 'order 48211 is Pending for long'],
  [seen(of('Processed')), DAY, undefined],
  [seen(of('Processed')), DAY + 1, 'order 48211 is Processed for more than a day'],
  [seen(of('On Order')), 30 * DAY, undefined],
  [seen(of('Awaiting Pixies')), 0, 'order 48211 has the unknown status Awaiting Pixies'],
  [seen(), DAY + 1, 'not shown for more than a day'],
])('%#: what is late is said', (now, forMs, late) => {
  expect(whatIsLate(now, made, forMs)).toBe(late);
});

test.each<[InfoplusSeen, string]>([
  [seen(of('On Order', { holdCode: 'N' })), 'order 48211 On Order'],
  [seen(of('On Order', { holdCode: 'H' })), 'order 48211 On Order, held by H'],
  [seen(of('Shipped'), part('Back Order')), 'order 48211 Shipped, order 48211.001 Back Order'],
  [seen(), 'Infoplus does not show it'],
  [gone, 'it was deleted at Infoplus'],
])('%#: how it stands is said in words', (now, words) => {
  expect(inWords(now, made)).toBe(words);
});

test('tracking numbers are waited for, two hours at most', () => {
  expect(trackingIn(false, 0)).toBeUndefined();
  let looks = 0;
  let forMs = 0;
  for (let again = trackingIn(true, 0); again !== undefined; again = trackingIn(true, forMs)) {
    forMs += again;
    looks++;
  }
  expect([forMs, looks]).toEqual([2 * 60 * MINUTE, 9]);
});
