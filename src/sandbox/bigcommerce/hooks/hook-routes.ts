import { flagIn, isSame, textIn, v3Answer, v3List } from '../query.js';
import { notFound, refused } from '../refusals.js';
import { type ApiRequest, type ApiRoute, idIn, membersOf, noContent } from '../route.js';
import { needs } from '../scopes.js';
import { unixSeconds } from '../times.js';
import { type HookContent, hookIn } from './hook-input.js';
import type { Hook } from './hooks.js';

/** For one app and scope. */
const mostOfScope = 10;

export const hookRoutes: readonly ApiRoute[] = [
  {
    operation: 'hooks.list',
    method: 'GET',
    path: '/hooks',
    scopes: needs.nothing,
    handle: ({ store, caller, query }) => {
      const [scope, destination] = [textIn(query, 'scope'), textIn(query, 'destination')];
      const active = flagIn(query, 'is_active');
      const found = store.hooks
        .of(caller.clientId)
        .filter(
          (hook) => isSame(hook.scope, scope) && isSame(hook.destination, destination) && isSame(hook.isActive, active),
        );
      return v3List(found, query, (hook) => view(hook, store.storeHash));
    },
  },
  {
    operation: 'hooks.create',
    method: 'POST',
    path: '/hooks',
    scopes: needs.nothing,
    handle: (request) => {
      const { store, caller } = request;
      const wanted = hookIn(membersOf(request), store.settings);
      expectRoom(request, wanted);
      const made = store.hooks.add({ clientId: caller.clientId, ...wanted });
      return v3Answer(store.settings.v3CreatedAnswer, view(made, store.storeHash));
    },
  },
  {
    operation: 'hooks.get',
    method: 'GET',
    path: '/hooks/:hookId',
    scopes: needs.nothing,
    handle: (request) => v3Answer(200, view(hookOf(request), request.store.storeHash)),
  },
  {
    operation: 'hooks.update',
    method: 'PUT',
    path: '/hooks/:hookId',
    scopes: needs.nothing,
    handle: (request) => {
      const { store } = request;
      const hook = hookOf(request);
      const wanted = hookIn(membersOf(request), store.settings, hook);
      expectRoom(request, wanted, hook.id);
      const now = store.clock.now();
      Object.assign(hook, wanted, { updatedAt: now, heardAt: now });
      return v3Answer(200, view(hook, store.storeHash));
    },
  },
  {
    operation: 'hooks.delete',
    method: 'DELETE',
    path: '/hooks/:hookId',
    scopes: needs.nothing,
    handle: (request) => {
      const hook = hookOf(request);
      request.store.hooks.remove(hook);
      return v3Answer(200, view(hook, request.store.storeHash));
    },
  },
  {
    operation: 'hooksAdmin.get',
    method: 'GET',
    path: '/hooks/admin',
    scopes: needs.nothing,
    handle: ({ store, caller }) => {
      const { hooks, storeHash, hookMails } = store;
      const emails = hookMails.get(caller.clientId) ?? [];
      return v3Answer(200, {
        hooks_list: hooks.of(caller.clientId).map((hook) => view(hook, storeHash)),
        ...{ emails, blocked_domains: hooks.domains.blockedOf(caller.clientId) },
      });
    },
  },
  {
    operation: 'hooksAdmin.update',
    method: 'PUT',
    path: '/hooks/admin',
    scopes: needs.nothing,
    handle: (request) => {
      const { emails } = membersOf(request);
      if (!Array.isArray(emails))
        throw refused(422, 'JSON data is missing or invalid', { emails: 'error.path.missing' });
      request.store.hookMails.set(request.caller.clientId, emails.map(String));
      return noContent;
    },
  },
];

/** Nothing twice, and not too much of one kind. */
function expectRoom({ store, caller }: ApiRequest, { scope, destination }: HookContent, except?: number): void {
  const same = store.hooks.of(caller.clientId).filter((hook) => hook.scope === scope && hook.id !== except);
  if (same.some((hook) => hook.destination === destination)) {
    throw refused(422, 'There is such a webhook already.', { destination: 'error.unique' });
  }
  if (same.length >= mostOfScope) throw refused(422, 'There are too many webhooks of this scope.');
}

function hookOf(request: ApiRequest): Hook {
  const id = idIn(request, 'hookId');
  const hook = request.store.hooks.of(request.caller.clientId).find((each) => each.id === id);
  if (hook === undefined) throw notFound();
  return hook;
}

function view(hook: Hook, storeHash: string): object {
  return {
    ...{ id: hook.id, client_id: hook.clientId, store_hash: storeHash, scope: hook.scope },
    ...{ destination: hook.destination, headers: hook.headers, is_active: hook.isActive },
    ...{ created_at: unixSeconds(hook.createdAt), updated_at: unixSeconds(hook.updatedAt) },
  };
}
