import type { Order } from '../client.js';
import { parseResolve } from '../workflows/inputs.js';
import { BadInput } from './exit.js';

/** Something that can be asked of an order while it runs. */
export interface Update {
  /** What is sent with it, for the help. */
  readonly takes: string;
  /** Checks what is sent before anybody is asked, then asks. Throws {@link BadInput}. */
  send(payload: unknown, source: string): (order: Order) => Promise<UpdateAnswer>;
}

export interface UpdateAnswer {
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

/** All updates by name. */
export const updates: ReadonlyMap<string, Update> = new Map([
  ['cancel', cancel],
  ['resolve', resolve],
]);
