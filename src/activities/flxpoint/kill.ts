import type { FlxpointAt, FlxpointKilled, FlxpointMade } from '../../workflows/flxpoint/contract.js';
import { failureType } from '../failure.js';
import type { FlxpointClient } from './client.js';
import type { Open } from './open.js';
import { namesOf, peopleOf, peopleOfRequest } from './people.js';
import { readWhole, type WholeOrder } from './reading.js';
import { may, type Operation, whyNot } from './rights.js';
import type { RequestThere } from './shapes.js';
import { isLive, itemsOf, restOf, seen } from './standing.js';

/** How lines are canceled where a source was asked to ship them. Twice is as good as once: only what is missing is sent. */
export function killSteps({ open, settings }: Open) {
  /** Reads the order, and opens Flxpoint for writes about the people who are known now. */
  async function opened(at: FlxpointAt) {
    const whole = await readWhole(open(at), settings, at.reference);
    const { order, requests } = whole;
    const personal = [...peopleOf(order), ...requests.flatMap(peopleOfRequest)];
    return { whole, client: open(at, personal, namesOf(order, requests)) };
  }

  /** Why a call was of no use, in a sentence; undefined when it was done. */
  async function tried(
    operation: Operation,
    request: RequestThere,
    call: () => Promise<void>,
  ): Promise<string | undefined> {
    const name = `fulfillment request ${request.fulfillmentRequestNumber ?? request.id}`;
    if (!may(settings, operation)) return `${name}: ${whyNot(settings, operation)}`;
    try {
      await call();
      return undefined;
    } catch (error) {
      const type = failureType(error);
      if (type !== 'Rejected' && type !== 'NotFound') throw error;
      return `${name}: ${(error as Error).message}`;
    }
  }

  /** What was canceled of a request gives its stock back; asked for each time, because a crash may have come between. */
  const releaseStock = (client: FlxpointClient, request: RequestThere) =>
    tried('fulfillmentRequests.adjustStock', request, () => client.adjustStock(request.id));

  const sentences = (all: readonly (string | undefined)[]): string[] => all.flatMap((each) => each ?? []);

  return {
    /** Cancels what may still ship of a line: in each of its fulfillment requests, and thereby on the order. */
    async killLine(at: FlxpointAt, { orderItemId }: FlxpointMade): Promise<FlxpointKilled> {
      const { whole, client } = await opened(at);
      const said: (string | undefined)[] = [];
      let sent = false;
      for (const request of holding(whole, orderItemId)) {
        const ours = itemsOf(request).filter((item) => item.orderItemId === orderItemId);
        const open = ours.filter((item) => isLive(request) && restOf(item) > 0);
        if (open.length > 0) {
          const items = open.map((item) => {
            const cancelledQuantity = item.canceledQuantity + restOf(item);
            const acknowledgedQuantity = item.quantity - cancelledQuantity - item.voidedQuantity;
            return { id: Number(item.id), acknowledgedQuantity, cancelledQuantity };
          });
          const refused = await tried('fulfillmentRequests.adjust', request, () =>
            client.adjust(request.id, { items, killOrFillType: 'kill' }),
          );
          said.push(refused);
          sent = true;
          if (refused !== undefined) continue;
        }
        if (open.length > 0 || ours.some((item) => item.canceledQuantity > 0))
          said.push(await releaseStock(client, request));
      }
      const after = sent ? await readWhole(open(at), settings, at.reference) : whole;
      return { seen: seen(after, settings), refused: sentences(said) };
    },

    /**
     * Takes fulfillment requests back that hold nothing but these lines, where no call cancels the lines themselves. Their
     * quantity is free then: the order must be on hold.
     */
    async cancelRequests(at: FlxpointAt, lines: readonly FlxpointMade[]): Promise<{ refused: readonly string[] }> {
      const { whole, client } = await opened(at);
      const ids = lines.map(({ orderItemId }) => orderItemId);
      const said: (string | undefined)[] = [];
      for (const request of whole.requests) {
        const items = itemsOf(request);
        const ours = items.length > 0 && items.every((item) => ids.includes(item.orderItemId ?? ''));
        if (!ours || !isLive(request) || items.every((item) => restOf(item) === 0)) continue;
        if (items.some((item) => item.shippedQuantity > 0)) continue;
        const refused = await tried('fulfillmentRequests.cancel', request, () => client.cancel(request.id));
        said.push(refused, refused === undefined ? await releaseStock(client, request) : undefined);
      }
      return { refused: sentences(said) };
    },
  };
}

const holding = ({ requests }: WholeOrder, orderItemId: string): RequestThere[] =>
  requests.filter((request) => itemsOf(request).some((item) => item.orderItemId === orderItemId));
