import { jsonAnswer } from '../../answer.js';
import type { Members } from '../members.js';
import { orderOf, readableOrderOf } from '../orders/target.js';
import { isOneOf, isWithin, textIn, timeIn, v3Answer, v3List, valuesIn } from '../query.js';
import { notFound, Refused, refused } from '../refusals.js';
import { type ApiRequest, type ApiRoute, idIn, listOf, membersOf, noContent } from '../route.js';
import { needs } from '../scopes.js';
import { isoTime, wholeSecond } from '../times.js';
import { isSeenBy, type Metafield } from './metafields.js';
import { createMetafield, deleteMetafield, updateMetafield } from './writing.js';

const ofOrder = '/orders/:orderId/metafields';
const ofAll = '/orders/metafields';

export const metafieldRoutes: readonly ApiRoute[] = [
  {
    operation: 'metafields.ofOrder',
    method: 'GET',
    path: ofOrder,
    scopes: needs.readOrders,
    handle: (request) => {
      const { order } = readableOrderOf(request);
      return v3List(
        search(request).filter(({ orderId }) => orderId === order.id),
        request.query,
        view,
      );
    },
  },
  {
    operation: 'metafields.list',
    method: 'GET',
    path: ofAll,
    scopes: needs.readOrders,
    handle: (request) => v3List(search(request), request.query, view),
  },
  {
    operation: 'metafields.get',
    method: 'GET',
    path: `${ofOrder}/:metafieldId`,
    scopes: needs.readOrders,
    handle: (request) => {
      const { order } = readableOrderOf(request);
      const id = idIn(request, 'metafieldId');
      const found = search(request).find((each) => each.id === id && each.orderId === order.id);
      if (found === undefined) throw notFound();
      return v3Answer(200, view(found));
    },
  },
  {
    operation: 'metafields.create',
    method: 'POST',
    path: ofOrder,
    scopes: needs.writeOrders,
    handle: (request) => {
      const { store, caller } = request;
      const { order } = orderOf(request);
      return v3Answer(
        store.settings.v3CreatedAnswer,
        view(createMetafield(store, caller, order.id, membersOf(request))),
      );
    },
  },
  {
    operation: 'metafields.update',
    method: 'PUT',
    path: `${ofOrder}/:metafieldId`,
    scopes: needs.writeOrders,
    handle: (request) => {
      const { store, caller } = request;
      const { order } = orderOf(request);
      const id = idIn(request, 'metafieldId');
      return v3Answer(200, view(updateMetafield(store, caller, id, membersOf(request), order.id)));
    },
  },
  {
    operation: 'metafields.delete',
    method: 'DELETE',
    path: `${ofOrder}/:metafieldId`,
    scopes: needs.writeOrders,
    handle: (request) => {
      deleteMetafield(request.store, request.caller, idIn(request, 'metafieldId'), orderOf(request).order.id);
      return noContent;
    },
  },
  {
    operation: 'metafields.createMany',
    method: 'POST',
    path: ofAll,
    scopes: needs.writeOrders,
    handle: (request) =>
      each(request, ({ resource_id: orderId, ...rest }) =>
        view(createMetafield(request.store, request.caller, numberOf(orderId, 'resource_id'), rest)),
      ),
  },
  {
    operation: 'metafields.updateMany',
    method: 'PUT',
    path: ofAll,
    scopes: needs.writeOrders,
    handle: (request) =>
      each(request, ({ id, ...rest }) =>
        view(updateMetafield(request.store, request.caller, numberOf(id, 'id'), rest)),
      ),
  },
  {
    operation: 'metafields.deleteMany',
    method: 'DELETE',
    path: ofAll,
    scopes: needs.writeOrders,
    handle: (request) =>
      each(request, (id) => {
        const known = numberOf(id, 'id');
        deleteMetafield(request.store, request.caller, known);
        return known;
      }),
  },
];

/** Those that the caller may see, by key and namespace; by value nothing can be found. */
function search({ store, caller, query }: ApiRequest): Metafield[] {
  const [keys, namespaces] = [valuesIn(query, 'key'), valuesIn(query, 'namespace')];
  const modified = [timeIn(query, 'date_modified:min'), timeIn(query, 'date_modified:max')] as const;
  const created = [timeIn(query, 'date_created:min'), timeIn(query, 'date_created:max')] as const;
  const found = store.metafields
    .all()
    .filter(
      (metafield) =>
        isSeenBy(metafield, caller.clientId) &&
        isOneOf(metafield.key, keys) &&
        isOneOf(metafield.namespace, namespaces) &&
        isWithin(wholeSecond(metafield.modifiedAt), ...modified) &&
        isWithin(wholeSecond(metafield.createdAt), ...created),
    );
  return textIn(query, 'direction') === 'desc' ? found.reverse() : found;
}

/** Some may succeed where others do not. */
function each(request: ApiRequest, write: (item: Members & unknown) => unknown) {
  const data: unknown[] = [];
  const errors: object[] = [];
  for (const item of listOf(request)) {
    try {
      data.push(write(item as Members));
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      const { status, message: title, details = {} } = error;
      errors.push({ status, title, type: '/api-docs/getting-started/api-status-codes', errors: details });
    }
  }
  const total = data.length + errors.length;
  const meta = { total, success: data.length, failed: errors.length };
  return jsonAnswer(data.length === 0 && total > 0 ? 422 : 200, { data, errors, meta });
}

function numberOf(value: unknown, name: string): number {
  const number = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value;
  if (typeof number !== 'number')
    throw refused(422, 'JSON data is missing or invalid', { [name]: 'error.path.missing' });
  return number;
}

function view(metafield: Metafield): object {
  return {
    ...{ id: metafield.id, permission_set: metafield.permissionSet, namespace: metafield.namespace },
    ...{ key: metafield.key, value: metafield.value, description: metafield.description },
    ...{ resource_type: 'order', resource_id: metafield.orderId, owner_client_id: metafield.ownerClientId },
    ...{ date_created: isoTime(metafield.createdAt), date_modified: isoTime(metafield.modifiedAt) },
  };
}
