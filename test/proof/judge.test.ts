import { describe, expect, test } from 'vitest';
import { failureTexts } from '../../proof/judge/histories.js';
import { judgeOrder } from '../../proof/judge/order.js';
import { disclosed, personalIn } from '../../proof/judge/privacy.js';
import { type AnyStory, stories } from '../../proof/stories.js';
import type { End } from '../stories/endings.js';
import { failedTasks } from '../stories/failed-tasks.js';
import { plainOrder } from '../stories/logistics-plus/rig.js';
import { logisticsPlus } from '../stories/logistics-plus/tested.js';
import type { TestedLedger } from '../stories/tested.js';

const story = logisticsPlus as unknown as AnyStory;
const input = { ...plainOrder(), connection: 'logistics-plus/judged', reference: 'J-1' };
const shipped = story.journeys.find(({ name }) => name === 'shipped') as AnyStory['journeys'][number];

/** What the warehouse has of the order when all went well. */
const whole = {
  primaryReference: 'J-1',
  status: 'FIN',
  note: input.note,
  lines: input.orderLines,
  shipments: [{ status: 'FIN', lines: input.orderLines }],
};
const completed = { outcome: 'completed', reference: 'J-1', undone: [], left: [] } satisfies End;
const fulfilled = { ...completed, ...shipped.result };

const judged = (orders: readonly unknown[], end: End = fulfilled, canceled = false) => {
  const ledger: TestedLedger = { orders, requests: [], faults: [] };
  return judgeOrder({ story, journey: shipped, input, end, ledger }, { canceled, held: false });
};

describe('an order', () => {
  test('that shipped once and whole is as promised', () => expect(judged([whole])).toEqual([]));

  test.each<[string, unknown[], End?, boolean?]>([
    ['is there twice', [whole, whole]],
    ['is not there although it completed', []],
    ['lacks a line', [{ ...whole, shipments: [{ lines: input.orderLines.slice(1) }] }]],
    ['is still live although it failed', [whole], { ...completed, outcome: 'failed' }],
    ['says that something is left', [whole], { ...fulfilled, left: [{ what: 'an order' } as never] }],
    ['tells of a person who was not there', [whole], { ...fulfilled, personInvolved: true }],
    [
      'shipped although its cancel was granted',
      [whole],
      { ...completed, outcome: 'canceled', cancel: { verdict: 'stopped', reason: '' } },
      true,
    ],
    [
      'is gone although its cancel came too late',
      [],
      { ...completed, outcome: 'too-late', cancel: { verdict: 'too-late', reason: '' } },
      true,
    ],
  ])('that %s is red', (_, orders, end, canceled) => expect(judged(orders, end, canceled)).toHaveLength(1));
});

describe('what is about a person', () => {
  test.each(stories.map((each) => [each.contract.name, each] as const))('is found in the orders of %s', (_, each) => {
    const orders = [each.plainOrder(), ...each.journeys.map((journey) => ({ ...each.plainOrder(), ...journey.order }))];
    const found = personalIn(orders);
    // Lines for Flxpoint name nobody.
    if (each.contract.name === 'flxpointOrder') expect(found).toEqual([]);
    else expect(found).toContainEqual(expect.stringContaining('@example.com'));
    expect(found).not.toContain('Blue mug');
  });

  test('is seen where it stands in a text', () => {
    expect(disclosed('no contact ada@example.com', ['ada@example.com', 'bea@example.com'])).toEqual([
      'ada@example.com',
    ]);
    expect(disclosed('no contact', ['ada@example.com'])).toEqual([]);
  });
});

describe('a history', () => {
  const failure = { message: 'refused', stackTrace: 'at once', cause: { message: 'ada@example.com', stackTrace: '' } };

  test('tells of workflow tasks that failed', () => {
    expect(failedTasks({ events: [{ workflowTaskFailedEventAttributes: { cause: 24, failure } }] })).toEqual([
      'a workflow task failed: WORKFLOW_TASK_FAILED_CAUSE_NON_DETERMINISTIC_ERROR refused',
    ]);
    expect(failedTasks({ events: [{ workflowTaskCompletedEventAttributes: {} }] })).toEqual([]);
  });

  test('tells of failures and their causes', () => {
    expect(failureTexts({ events: [{ activityTaskFailedEventAttributes: { failure } }] })).toEqual([
      ...['refused', 'at once', 'ada@example.com', ''],
    ]);
  });
});
