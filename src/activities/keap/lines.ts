import type { Found } from '../../workflows/found.js';
import type { KeapLine, KeapMade, KeapWanted } from '../../workflows/keap/contract.js';
import { failure } from '../failure.js';
import { write } from '../write.js';
import { lineDiffers, linesMarked } from './compare.js';
import type { Open } from './open.js';

/** The order's lines, each added once. They go with the unpaid order; none is taken back alone. */
export function lineSteps({ open, lineProducts }: Open) {
  return {
    /** `at`: the id of a line that a person added by hand. */
    async findLine(want: KeapWanted, made: KeapMade, ref: string, at?: string): Promise<Found<{ lineRef: string }>> {
      const line = lineOf(want, ref);
      const keap = open(want.order);
      const lines = await keap.readLines(made);
      const ours = at === undefined ? linesMarked(want, ref, lines) : lines.filter(({ id }) => id === at);
      const [it, ...more] = ours;
      if (it === undefined) return { state: 'none' };
      const ids = ours.map(({ id }) => id);
      const link = keap.link(made);
      if (more.length > 0) return { state: 'several', why: `order ${made.orderId} has line ${ref} twice`, ids, link };
      const differs = lineDiffers(want, line, it, lineProducts);
      if (differs !== undefined)
        return { state: 'other', why: `line ${ref} of order ${made.orderId} ${differs}`, ids, link };
      return { state: 'same', it: { lineRef: ref } };
    },

    async addLine(want: KeapWanted, made: KeapMade, ref: string): Promise<{ lineRef: string }> {
      const line = lineOf(want, ref);
      return write('addLine', async () => {
        await open(want.order).addLine(want, made, line);
        return { lineRef: ref };
      });
    },
  };
}

function lineOf({ order }: KeapWanted, ref: string): KeapLine {
  const line = order.lines.find((of) => of.ref === ref);
  if (line === undefined) throw failure('Rejected', `the order has no line ${ref}`, { reference: order.reference });
  return line;
}
