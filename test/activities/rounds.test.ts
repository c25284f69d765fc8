import { beforeEach, describe, expect, test, vi } from 'vitest';
import { failure } from '../../src/activities/failure.js';
import { afterRound, goOn, type Position } from '../../src/activities/rounds.js';
import { Book, CONNECTION, log } from './order-book.js';

let book: Book;
beforeEach(() => {
  book = new Book();
  log.warnings.length = 0;
});

const DAY = 24 * 60 * 60_000;
const pageOf = (size: number, prefix = 'N') => Array.from({ length: size }, (_, i) => `${prefix}${i}`);

/** Runs a round to its end; answers where the next one begins. */
async function round(at: Position = { from: Date.now() }): Promise<Position> {
  let now = at;
  for await (now of goOn(book.work, now));
  // As it comes back from a heartbeat.
  return JSON.parse(JSON.stringify(afterRound(now, Date.now())));
}

describe('a platform that cannot be asked what has changed', () => {
  test('is asked about each waiting order; only what differs is told', async () => {
    book.waiting(5);
    book.change('O3', 'O1');
    await round();
    expect(book.requests).toEqual(['look O4', 'look O3', 'look O2', 'look O1', 'look O0']);
    expect(book.told).toEqual(['O3', 'O1']);
    await round();
    expect(book.requests).toHaveLength(10);
    expect(book.told).toEqual(['O3', 'O1']);
  });

  test('is asked about many at once where it answers so: as many questions as it takes, no more', async () => {
    book.waiting(501).inBatchesOf(250);
    book.change('O500', 'O251', 'O0');
    await round();
    expect(book.requests).toEqual(['batch of 250', 'batch of 250', 'batch of 1']);
    expect(book.told).toEqual(['O500', 'O251', 'O0']);
  });

  test('is not asked about an order that works, nor about one of another connection', async () => {
    book.waiting(1).add('W', 'working').add('S', 'stopping').add('H', 'held').add('X', 'waiting', 'shop/other');
    await round();
    expect(book.requests).toEqual(['look H', 'look O0']);
  });

  test('and would not answer about one of many still answers about the others', async () => {
    book.waiting(40).inBatchesOf(16);
    book.refuses('O17');
    book.change(...pageOf(40, 'O'));
    await round();
    expect(book.told.toSorted()).toEqual(
      pageOf(40, 'O')
        .filter((hint) => hint !== 'O17')
        .toSorted(),
    );
    expect(log.warnings).toEqual([{ connection: CONNECTION, hint: 'O17', type: 'Rejected' }]);
    // Three batches; to find the one in sixteen: 8, 4, 2, 1 alone, and up again.
    expect(book.requests.length).toBeLessThan(16);
  });

  test('and is out of reach ends the slice, and the next goes on where it was', async () => {
    book.waiting(6).inBatchesOf(2);
    book.fails.set('O2', [failure('Unavailable', 'closed')]);
    let at: Position = { from: Date.now() };
    const slice = async () => {
      for await (at of goOn(book.work, at));
    };
    await expect(slice()).rejects.toMatchObject({ type: 'Unavailable' });
    await slice();
    expect(book.read).toEqual(['O5', 'O4', 'O3', 'O2', 'O1', 'O0']);
  });
});

describe('a platform that can be asked what has changed', () => {
  beforeEach(() => book.waiting(12).inBatchesOf(5).withFeed());

  test('is asked once in a round without changes, however many orders wait', async () => {
    let at = await round();
    expect(book.requests).toEqual(['feed from nowhere', 'batch of 5', 'batch of 5', 'batch of 2']);
    book.requests.length = 0;
    book.listed = 0;
    for (let i = 0; i < 3; i += 1) at = await round(at);
    expect(book.requests).toEqual(Array(3).fill('feed from 0'));
    expect(book.listed).toBe(0);
  });

  test('has only those of our orders read that it names, each once, whatever the case, and whatever they do', async () => {
    const at = await round();
    book.requests.length = 0;
    book.add('Stops', 'stopping');
    book.change('O3', 'theirs', 'O3', 'O7', 'Stops');
    book.shouts = true;
    await round(at);
    expect(book.requests).toEqual(['feed from 0', 'batch of 3']);
    expect(book.told.toSorted()).toEqual(['O3', 'O7', 'Stops']);
  });

  test('may name an order by something else than its reference, which is how it is read', async () => {
    const at = await round();
    book.requests.length = 0;
    book.names('O3', 'order:3');
    book.names('O4', 'order:4');
    book.change('O3', 'theirs');
    await round(at);
    expect(book.requests).toEqual(['feed from 0', 'batch of 1']);
    expect(book.told).toEqual(['O3']);
  });

  test('has the orders read one by one that it names where it does not answer about many', async () => {
    const at = await round();
    book.inBatchesOf(undefined);
    book.requests.length = 0;
    book.change('O3', 'O7');
    await round(at);
    expect(book.requests).toEqual(['feed from 0', 'look O7', 'look O3']);
  });

  test('and names the same again because questions overlap: it is read in the next two rounds, and then no more', async () => {
    let at = await round();
    book.change('O1', 'O3', 'O7');
    for (let i = 0; i < 3; i += 1) at = await round(at);
    expect(book.requests.slice(-5)).toEqual(['batch of 3', 'feed from 1', 'batch of 2', 'feed from 1', 'batch of 2']);
    book.requests.length = 0;
    book.listed = 0;
    for (let i = 0; i < 5; i += 1) at = await round(at);
    expect(book.requests).toEqual(Array(5).fill('feed from 1'));
    expect(book.listed).toBe(0);
    book.change('O7');
    at = await round(at);
    expect(book.told).toEqual(['O7', 'O3', 'O1', 'O7']);
  });

  test('has an order read again that changed in the same tick, right after it was read', async () => {
    let at = await round();
    book.change('O3');
    at = await round(at);
    book.tick -= 1;
    book.change('O3');
    expect(at.cursor).toBe('0');
    at = await round(at);
    expect(book.told).toEqual(['O3', 'O3']);
  });

  test('is asked for more until there is no more, again and again the same way', async () => {
    let at = await round();
    book.pageSize = 3;
    book.overlap = 4;
    book.change('O1', 'O2', 'O3', 'O4', 'O5', 'O6', 'O7', 'O8');
    at = await round(at);
    expect(book.told).toHaveLength(8);
    for (let i = 0; i < 2; i += 1) at = await round(at);
    book.requests.length = 0;
    for (let i = 0; i < 3; i += 1) at = await round(at);
    expect(book.requests.filter((request) => request.startsWith('batch'))).toEqual([]);
    expect(book.requests.length).toBeLessThanOrEqual(9);
  });

  test('and sends us back to where we were is not asked for ever', async () => {
    const at = await round();
    book.requests.length = 0;
    book.always = { hints: ['O1'], cursor: '0', more: true };
    await round(at);
    expect(book.requests).toEqual(['feed from 0', 'batch of 1']);
  });

  test('and names more than a heartbeat holds has all read', async () => {
    book.waiting(1_100).inBatchesOf(500);
    const at = await round();
    book.requests.length = 0;
    book.pageSize = 2_000;
    book.change(...pageOf(1_100, 'O'));
    const next = await round(at);
    expect(book.requests).toEqual(['feed from 0', 'batch of 500', 'batch of 500', 'batch of 100']);
    expect(book.told).toHaveLength(1_100);
    expect(JSON.stringify(next).length).toBeLessThan(500);
  });

  test('misses nothing and repeats nothing wherever a slice ends', async () => {
    const at = await round();
    book.pageSize = 4;
    book.change('O1', 'O2', 'O3', 'O4', 'O5', 'O6', 'theirs', 'O8', 'O9', 'O10', 'O11');
    book.requests.length = 0;
    let now = at;
    for (let over = false; !over; ) {
      over = true;
      for await (const next of goOn(book.work, now)) {
        now = JSON.parse(JSON.stringify(next));
        over = false;
        break;
      }
    }
    const inSlices = [...book.requests];
    expect(book.told.toSorted()).toEqual([...new Set(book.told)].toSorted());
    expect(book.told).toHaveLength(10);
    book.requests.length = 0;
    await round(at);
    expect(book.requests).toEqual(inSlices);
  });

  test('and is out of reach is asked again from where it was', async () => {
    const at = await round();
    book.change('O3');
    book.fails.set('feed', [failure('RateLimited', 'later', {}, { retryAfterMs: 5_000 })]);
    await expect(round(at)).rejects.toMatchObject({ type: 'RateLimited' });
    await round(at);
    expect(book.told).toEqual(['O3']);
  });

  test('refuses that in this account: all are read in each round, it is said once, and it is asked again after a day', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() });
    try {
      book.fails.set('feed', Array(2).fill(failure('Rejected', 'no such filter')));
      let at = await round();
      at = await round(at);
      const pass = ['batch of 5', 'batch of 5', 'batch of 2'];
      expect(book.requests).toEqual(['feed from nowhere', ...pass, ...pass]);
      vi.setSystemTime(Date.now() + DAY);
      at = await round(at);
      expect(book.requests).toEqual(['feed from nowhere', ...pass, ...pass, 'feed from nowhere', ...pass]);
      expect(log.warnings).toEqual([{ connection: CONNECTION, type: 'Rejected', reason: 'no such filter' }]);
      vi.setSystemTime(Date.now() + DAY);
      at = await round(at);
      book.requests.length = 0;
      await round(at);
      expect(book.requests).toEqual(['feed from 0']);
    } finally {
      vi.useRealTimers();
    }
  });
});
