import { describe, expect, test } from 'vitest';
import {
  DifferentOrderError,
  InputError,
  LeftoverError,
  OrderNotCompletedError,
  PartError,
  UnknownOrderError,
} from '../../src/client/errors.js';
import type { Outcome } from '../../src/workflows/contract.js';

const ID = 'keapOrder/keap/acme/EXT-1001';
const outcome = (change: Partial<Outcome> = {}): Outcome => ({
  outcome: 'failed',
  reference: 'EXT-1001',
  undone: [],
  left: [],
  ...change,
});

describe('an error says what happened, to which order, and what to look at', () => {
  test('an input that cannot be read', () => {
    const error = new InputError(['total: expected an amount', 'lines: is missing']);
    expect(error.message).toBe('the order cannot be read:\n  total: expected an amount\n  lines: is missing');
    expect(error.problems).toHaveLength(2);
  });

  test('a reference that was used with other content', () => {
    const error = new DifferentOrderError(ID, ['total', 'lines[0].quantity']);
    expect(error.message).toContain(ID);
    expect(error.message).toContain('total, lines[0].quantity');
    expect(error).toMatchObject({ workflowId: ID, fields: ['total', 'lines[0].quantity'] });
  });

  test('what an earlier run left', () => {
    const left = [{ what: 'the payment is reversed', why: 'REST has no refund', amount: '54.90' }];
    const error = new LeftoverError(ID, outcome({ left }));
    expect(error.message).toContain('the payment is reversed: REST has no refund');
    expect(error.outcome?.left).toEqual(left);
  });

  test('a terminated run, of which nobody knows what it left', () => {
    expect(new LeftoverError(ID, undefined).message).toContain('nobody knows what it left');
  });

  test('an order that is not known', () => {
    expect(new UnknownOrderError(ID).message).toBe(`${ID} is not known`);
  });
});

describe('an order that was not completed', () => {
  test('failed with its first cause', () => {
    const failure = { type: 'Rejected', message: 'the card was declined', details: {} } as const;
    const error = new OrderNotCompletedError(ID, outcome(), failure);
    expect(error.message).toBe(`${ID} failed: the card was declined`);
    expect(error.failure?.type).toBe('Rejected');
  });

  test('was canceled', () => {
    expect(new OrderNotCompletedError(ID, outcome({ outcome: 'canceled' }), undefined).message).toBe(
      `${ID} was canceled`,
    );
  });

  test('was terminated, which is not said to be a cancel: nothing was taken back', () => {
    const { message } = new OrderNotCompletedError(ID, undefined, undefined);
    expect(message).toContain(`${ID} was terminated`);
    expect(message).toContain('nobody knows what it left');
  });
});

test.each([
  [new InputError([]), 'InputError'],
  [new PartError('keapSubscriptionCycle', 'keapSubscription'), 'PartError'],
  [new DifferentOrderError(ID, []), 'DifferentOrderError'],
  [new LeftoverError(ID, undefined), 'LeftoverError'],
  [new OrderNotCompletedError(ID, undefined, undefined), 'OrderNotCompletedError'],
  [new UnknownOrderError(ID), 'UnknownOrderError'],
])('%s is told apart by its name', (error, name) => {
  expect(error).toBeInstanceOf(Error);
  expect(error.name).toBe(name);
});
