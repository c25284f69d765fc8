import { z } from 'zod';
import { type EventKey, eventKeys } from '../events.js';
import type { Hook } from '../hooks.js';
import { notFound, parseBody, RestRefusal } from './refusal.js';
import { noContent, ok, type RestRequest, type RestRoute } from './route.js';

const hookSchema = z.object({ eventKey: z.enum(eventKeys as [EventKey, ...EventKey[]]), hookUrl: z.url() });

/** REST hooks are managed by v1 only. */
export const hookRoutes: readonly RestRoute[] = [
  {
    operation: 'hooks.eventKeys',
    version: 1,
    method: 'GET',
    path: '/hooks/event_keys',
    handle: () => ok(eventKeys),
  },
  {
    operation: 'hooks.list',
    version: 1,
    method: 'GET',
    path: '/hooks',
    handle: ({ tenant }) => ok(tenant.hooks.all().map(view)),
  },
  {
    operation: 'hooks.create',
    version: 1,
    method: 'POST',
    path: '/hooks',
    // The receiver is asked before the answer; when it will not have the hook, that is kept unverified.
    handle: async ({ tenant, body }) => {
      const { eventKey, hookUrl } = parseBody(hookSchema, body);
      const hook = tenant.hooks.add(eventKey, hookUrl);
      await tenant.hooks.verify(hook);
      return ok(view(hook));
    },
  },
  {
    operation: 'hooks.get',
    version: 1,
    method: 'GET',
    path: '/hooks/:key',
    handle: (request) => ok(view(hookOf(request))),
  },
  {
    operation: 'hooks.update',
    version: 1,
    method: 'PUT',
    path: '/hooks/:key',
    // Another address has to prove itself like the first.
    handle: async (request) => {
      const { tenant, body } = request;
      const hook = hookOf(request);
      const { eventKey, hookUrl } = parseBody(hookSchema, body);
      const moved = hook.url !== hookUrl;
      hook.eventKey = eventKey;
      hook.url = hookUrl;
      if (moved) {
        hook.status = 'Unverified';
        await tenant.hooks.verify(hook);
      }
      return ok(view(hook));
    },
  },
  {
    operation: 'hooks.delete',
    version: 1,
    method: 'DELETE',
    path: '/hooks/:key',
    handle: (request) => {
      request.tenant.hooks.delete(hookOf(request));
      return noContent();
    },
  },
  {
    operation: 'hooks.verify',
    version: 1,
    method: 'POST',
    path: '/hooks/:key/verify',
    handle: async (request) => {
      const hook = hookOf(request);
      await request.tenant.hooks.verify(hook);
      return ok(view(hook));
    },
  },
  {
    operation: 'hooks.delayedVerify',
    version: 1,
    method: 'POST',
    path: '/hooks/:key/delayedVerify',
    handle: (request) => {
      const hook = hookOf(request);
      const secret = request.headers['x-hook-secret'];
      if (typeof secret !== 'string' || !request.tenant.hooks.confirm(hook, secret)) {
        throw new RestRefusal(400, 'The X-Hook-Secret is not the one that was sent');
      }
      return ok(view(hook));
    },
  },
];

function hookOf({ tenant, params }: RestRequest): Hook {
  const key = params.key ?? '';
  const hook = tenant.hooks.get(key);
  if (hook === undefined) throw notFound('Hook', key);
  return hook;
}

function view({ key, eventKey, url, status }: Hook): object {
  return { key: String(key), eventKey, hookUrl: url, status };
}
