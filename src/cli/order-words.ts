import type { Contract, OrderHead } from '../workflows/contract.js';
import { inputs } from '../workflows/inputs.js';
import { BadInput } from './exit.js';

/** An order as it was named on the command line. */
export interface NamedOrder {
  readonly contract: Contract<never>;
  readonly head: Pick<OrderHead, 'connection' | 'reference'>;
}

/** How an order is named, for the help of every command that takes one. */
export const ORDER_HELP =
  'its workflow id, e.g. keapOrder/keap/acme/EXT-1001, or the three words keapOrder keap/acme EXT-1001';

/**
 * Takes an order from the front of the words: one that is a workflow id, or three. Gives the words that follow.
 *
 * @throws {@link BadInput} when it is neither, or the story is not known
 */
export function takeOrder(words: readonly string[]): { readonly order: NamedOrder; readonly rest: readonly string[] } {
  const [first = ''] = words;
  if (first.includes('/')) return { order: fromId(first), rest: words.slice(1) };
  const [story = '', connection, reference, ...rest] = words;
  if (connection === undefined || reference === undefined) throw new BadInput('order', [`expected ${ORDER_HELP}`]);
  return { order: named(story, connection, reference), rest };
}

/** For commands that take nothing but an order. */
export function orderFrom(words: readonly string[]): NamedOrder {
  const { order, rest } = takeOrder(words);
  if (rest.length > 0) throw new BadInput('order', [`expected ${ORDER_HELP}, and nothing after it`]);
  return order;
}

/** The contract of a story by its name. Throws {@link BadInput}. */
export function contractOf(story: string): Contract {
  const entry = inputs.get(story);
  if (entry === undefined)
    throw new BadInput('story', [`expected one of ${[...inputs.keys()].join(', ')}, not "${story}"`]);
  return entry.contract;
}

function fromId(id: string): NamedOrder {
  const [story = '', platform, name, reference, ...more] = id.split('/');
  if (platform === undefined || name === undefined || reference === undefined || more.length > 0) {
    throw new BadInput('order', [`expected ${ORDER_HELP}`]);
  }
  return named(story, `${decodeURIComponent(platform)}/${decodeURIComponent(name)}`, decodeURIComponent(reference));
}

function named(story: string, connection: string, reference: string): NamedOrder {
  // `never`: nothing is started with it, so its type of input does not matter.
  return { contract: contractOf(story) as unknown as Contract<never>, head: { connection, reference } };
}
