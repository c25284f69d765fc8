import { z } from 'zod';
import { jsonAnswer } from '../answer.js';
import { notFound } from './refusals.js';
import { type ApiRequest, type ApiRoute, bodyOf, idIn } from './route.js';
import { isoTime } from './times.js';
import { type WebhookConfiguration, webhookEvents } from './webhook-configurations.js';

const createSchema = z.object({
  webhookUrl: z.url(),
  subscribedEvents: z.array(z.enum(webhookEvents)).min(1),
  configurationName: z.string().nullish(),
  sourceId: z.int().nullish(),
  channelId: z.int().nullish(),
  notificationEmail: z.string().nullish(),
});

/** Address and events are required again. */
const updateSchema = createSchema
  .pick({ webhookUrl: true, subscribedEvents: true, notificationEmail: true })
  .extend({ status: z.enum(['active', 'disabled', 'deleted']).nullish() });

/** The documentation spells it so, on all four calls. */
const path = '/webhhok/configurations';

export const webhookRoutes: readonly ApiRoute[] = [
  {
    operation: 'webhooks.list',
    method: 'GET',
    path,
    tokens: ['account'],
    handle: ({ tenant }) => jsonAnswer(200, tenant.configurations.all().map(view)),
  },
  {
    operation: 'webhooks.create',
    method: 'POST',
    path,
    tokens: ['account'],
    handle: (request) => {
      const { configurationName, sourceId, channelId, notificationEmail, ...rest } = bodyOf(request, createSchema);
      const now = request.tenant.clock.now();
      const made = request.tenant.configurations.add({
        ...rest,
        configurationName: configurationName ?? 'webhook',
        sourceId: sourceId ?? null,
        channelId: channelId ?? null,
        notificationEmail: notificationEmail ?? null,
        status: 'active',
        createdAt: now,
        updatedAt: now,
      });
      return jsonAnswer(200, view(made));
    },
  },
  {
    operation: 'webhooks.get',
    method: 'GET',
    path: `${path}/:id`,
    tokens: ['account'],
    handle: (request) => jsonAnswer(200, view(configurationOf(request))),
  },
  {
    operation: 'webhooks.update',
    method: 'PATCH',
    path: `${path}/:id`,
    tokens: ['account'],
    handle: (request) => {
      const found = configurationOf(request);
      const { webhookUrl, subscribedEvents, notificationEmail, status } = bodyOf(request, updateSchema);
      Object.assign(found, {
        webhookUrl,
        subscribedEvents,
        notificationEmail: notificationEmail ?? found.notificationEmail,
        status: status ?? found.status,
        updatedAt: request.tenant.clock.now(),
      });
      return jsonAnswer(200, view(found));
    },
  },
];

function configurationOf(request: ApiRequest): WebhookConfiguration {
  const id = idIn(request);
  const found = request.tenant.configurations.all().find((each) => each.id === id);
  if (found === undefined) throw notFound('webhook configuration', id);
  return found;
}

function view(configuration: WebhookConfiguration): object {
  const { createdAt, updatedAt, ...rest } = configuration;
  return { ...rest, createdAt: isoTime(createdAt), updatedAt: isoTime(updatedAt) };
}
