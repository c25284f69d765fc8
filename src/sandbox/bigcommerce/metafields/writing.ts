import type { Members } from '../members.js';
import { currentState } from '../orders/order.js';
import { notFound, refused } from '../refusals.js';
import type { Store } from '../store.js';
import type { Caller } from '../tokens.js';
import { contentIn } from './metafield-input.js';
import { isChangedBy, isSeenBy, type Metafield } from './metafields.js';

/** One write, alone or out of a list. */

export function createMetafield(store: Store, { clientId }: Caller, orderId: number, members: Members): Metafield {
  const { clock, events, metafields } = store;
  expectOrder(store, orderId);
  const now = clock.now();
  const wanted = { orderId, ownerClientId: clientId, ...contentIn(members), createdAt: now, modifiedAt: now };
  if (metafields.twin(wanted) !== undefined) throw taken();
  if (metafields.isFull(orderId, clientId)) throw refused(422, 'The order has too many metafields of this app.');
  const made = metafields.add(wanted);
  events.metafield('created', made.id, orderId, made.namespace);
  return made;
}

export function updateMetafield(
  store: Store,
  caller: Caller,
  id: number,
  members: Members,
  orderId?: number,
): Metafield {
  const { clock, events, metafields } = store;
  const found = metafieldFor(store, caller, id, orderId);
  const content = contentIn(members, found);
  if (metafields.twin({ ...found, ...content }, id) !== undefined) throw taken();
  Object.assign(found, content, { modifiedAt: clock.now() });
  events.metafield('updated', id, found.orderId, found.namespace);
  return found;
}

export function deleteMetafield(store: Store, caller: Caller, id: number, orderId?: number): void {
  const found = metafieldFor(store, caller, id, orderId);
  store.metafields.remove(found);
  store.events.metafield('deleted', id, found.orderId, found.namespace);
}

/** One that the caller may change. */
function metafieldFor({ metafields }: Store, { clientId }: Caller, id: number, orderId?: number): Metafield {
  const found = metafields.all().find((each) => each.id === id && (orderId === undefined || each.orderId === orderId));
  if (found === undefined || !isSeenBy(found, clientId)) throw notFound();
  if (!isChangedBy(found, clientId)) throw refused(403, 'The metafield belongs to another app.');
  return found;
}

export function expectOrder({ orders }: Store, orderId: number): void {
  const order = orders.byId(orderId);
  if (order === undefined || currentState(order).archivedAt !== null) throw notFound();
}

const taken = () => refused(409, 'The metafield already exists.');
