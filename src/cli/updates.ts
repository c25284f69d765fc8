import type { Order } from '../client.js';
import { inputs, parseResolve, parseUpdate } from '../workflows/inputs.js';
import { BadInput } from './exit.js';

/** Something that can be asked of an order while it runs. */
export interface Update {
  /** What is sent with it, for the help. */
  readonly takes: string;
  /** Checks what is sent before anybody is asked, then asks. Throws {@link BadInput}. */
  send(payload: unknown, source: string): (order: Order) => Promise<Answered>;
}

export interface Answered {
  readonly answer: unknown;
  readonly text: string;
  /** Whether what was asked for was granted, or may still be. */
  readonly granted: boolean;
}

const cancel: Update = {
  takes: 'nothing',
  send(payload, source) {
    if (payload !== undefined) throw new BadInput(source, ['cancel takes no input']);
    return async (order) => {
      const answer = await order.cancel();
      const granted = answer.verdict === 'stopped' || answer.verdict === 'pending';
      return { answer, text: `${answer.verdict}: ${answer.reason}`, granted };
    };
  },
};

const resolve: Update = {
  takes: '{ "hold": …, "answer": …, "id"?: …, "input"?: … }',
  send(payload, source) {
    const parsed = parseResolve(payload);
    if ('problems' in parsed) throw new BadInput(source, parsed.problems);
    return async (order) => {
      await order.resolve(parsed.value);
      return { answer: { resolved: parsed.value.hold }, text: `${parsed.value.hold} is answered`, granted: true };
    };
  },
};

/** An update of the story's own. */
const ownUpdate = (story: string, name: string): Update => ({
  takes: `what \`waybill schema ${story} ${name}\` shows`,
  send(payload, source) {
    const parsed = parseUpdate(story, name, payload);
    if ('problems' in parsed) throw new BadInput(source, parsed.problems);
    return async (order) => {
      const answer = await order.send(name, payload);
      return { answer, text: `${answer.verdict}: ${answer.reason}`, granted: true };
    };
  },
});

/** What can be asked of the orders of a story, by name. */
export function updatesOf(story: string): ReadonlyMap<string, Update> {
  const own = Object.keys(inputs.get(story)?.updates ?? {});
  return new Map([
    ['cancel', cancel],
    ['resolve', resolve],
    ...own.map((name): [string, Update] => [name, ownUpdate(story, name)]),
  ]);
}

/** Every update that some story takes, for the help. */
export function allUpdates(): ReadonlyMap<string, Update> {
  return new Map([...inputs.keys()].flatMap((story) => [...updatesOf(story)]));
}
