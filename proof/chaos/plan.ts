import type { Delivery } from '../../test/stories/deliveries.js';
import type { Account, Journey, Play } from '../../test/stories/tested.js';
import { type WireFault, wireFaults } from '../../test/stories/wire-faults.js';
import { type AnyStory, stories } from '../stories.js';
import { Dice } from './dice.js';

/** A cancel that comes once the order has sent so many requests. */
export interface PlannedCancel {
  readonly afterRequests: number;
  readonly by: 'update' | 'button';
  /** What people at the platform do then. */
  readonly then: string;
  readonly people: Play<Account>;
}

/** All that is to happen to one order. */
export interface Plan {
  /** Its number in the run, from 1. */
  readonly n: number;
  readonly story: AnyStory;
  readonly journey: Journey<Account>;
  /** Meant for this journey: one to three. */
  readonly faults: readonly WireFault[];
  /** Of requests that fail whatever they are about. */
  readonly background: readonly WireFault[];
  readonly cancel?: PlannedCancel;
  /** Started twice at the same moment. */
  readonly twice: boolean;
  /** What becomes of its webhooks, in turn. */
  readonly deliveries: readonly Delivery[];
}

/** Of all requests, so many fail. */
const FAILING = 0.05;

/** No journey sends so many; what an order in trouble asks after that is answered. */
const FAILING_AMONG = 200;

const CANCELED = 0.1;
const STARTED_TWICE = 0.1;

/** A fault that is meant for a read strikes one of the first: every journey has so many. */
const READS = 8;

/** From a number of requests on which only some orders reach, so that some cancels come too late. */
const REQUESTS_AFTER_THE_LAST = 4;

/** More than any order is told of; after them they are told again from the first on. */
const DELIVERIES = 32;
const deliveries: readonly Delivery[] = ['told', 'told', 'told', 'lost', 'doubled', 'late'];

/** Those that cost an order no more than a second try or a look. */
const background = [
  'reset before the work',
  'done, answer dropped',
  '500 before',
  '500 after',
  '503 of a proxy, done',
  '503 of a proxy, not done',
  '429 in seconds',
  '429 without a word',
  'HTML, done',
  'HTML, not done',
  'truncated, done',
  'truncated, not done',
  'malformed, done',
  'malformed, not done',
] as const satisfies readonly (keyof typeof wireFaults)[];

/** What happens to the n-th order of a run: a pure function of the seed, whatever else happens in the run. */
export function planOf(seed: number, n: number, from: readonly AnyStory[] = stories): Plan {
  const dice = new Dice(seed, n);
  const story = dice.pick(from);
  const canceled = dice.strikes(CANCELED) ? cancelOf(story, dice) : undefined;
  const journey = canceled?.journey ?? dice.pick(story.journeys.filter(beginsAtOnce));
  return {
    n,
    story,
    journey,
    faults: Array.from({ length: dice.between(1, 3) }, () => faultOn(journey, dice)),
    background: Array.from({ length: FAILING_AMONG }, (_, i) => i + 1)
      .filter(() => dice.strikes(FAILING))
      .map((nth) => ({ ...wireFaults[dice.pick(background)], operation: '*', nth })),
    ...(canceled && { cancel: canceled.cancel }),
    twice: dice.strikes(STARTED_TWICE),
    deliveries: Array.from({ length: DELIVERIES }, () => dice.pick(deliveries)),
  };
}

/** Where people have to be there before the order begins, faults would strike the people. */
export const beginsAtOnce = ({ order }: Journey<Account>): boolean => order?.startAt === undefined;

function cancelOf({ cancels }: AnyStory, dice: Dice): { journey: Journey<Account>; cancel: PlannedCancel } {
  const { journey, requests } = dice.pick(cancels.journeys);
  const [then, people] = dice.pick(Object.entries(cancels.people));
  const afterRequests = dice.between(1, requests + REQUESTS_AFTER_THE_LAST);
  return { journey, cancel: { afterRequests, by: dice.pick(['update', 'button'] as const), then, people } };
}

/** Two of three faults strike a write, which is where an order can come to harm. */
function faultOn({ writes }: Journey<Account>, dice: Dice): WireFault {
  const fault = wireFaults[dice.pick(Object.keys(wireFaults) as (keyof typeof wireFaults)[])];
  if (writes.length === 0 || dice.strikes(1 / 3)) return { ...fault, operation: 'read', nth: dice.between(1, READS) };
  const place = dice.between(1, writes.length);
  const operation = writes[place - 1]?.[1] ?? 'write';
  const nth = writes.slice(0, place).filter(([, each]) => each === operation).length;
  return { ...fault, operation, nth };
}

/** The plan in words, as a violation tells it. */
export function describePlan({ n, story, journey, faults, background, cancel, twice }: Plan): string {
  const where = ({ kind, operation, nth }: WireFault) => `${kind} at ${operation} ${nth ?? 1}`;
  return [
    `order ${n}: ${story.contract.name}, "${journey.name}" over ${journey.variant}`,
    `faults: ${faults.map(where).join(', ')}`,
    `of all requests: ${background.map(where).join(', ') || 'none fails'}`,
    ...(cancel === undefined
      ? []
      : [`canceled by ${cancel.by} after ${cancel.afterRequests} requests; then ${cancel.then}`]),
    ...(twice ? ['started twice'] : []),
  ].join('\n    ');
}
