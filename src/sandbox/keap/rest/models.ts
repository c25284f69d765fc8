import { z } from 'zod';
import {
  apiName,
  type CustomField,
  type FieldForm,
  type FieldType,
  groupOf,
  restFieldTypes,
} from '../custom-fields.js';
import { keapSeed } from '../seed.js';
import { invalid, notFound, parseBody } from './refusal.js';
import { created, noContent, ok, type RestRequest, type RestRoute } from './route.js';

const createFieldSchema = z.strictObject({
  label: z.string().regex(/[A-Za-z0-9]/),
  field_type: z.enum(restFieldTypes as [FieldType, ...FieldType[]]),
  group_id: z.string().optional(),
  options: z.array(z.strictObject({ label: z.string().optional() })).optional(),
  user_group_id: z.string().optional(),
});

/** The group is asked for again. */
const updateFieldSchema = z.strictObject({
  group_id: z.string(),
  label: z
    .string()
    .regex(/[A-Za-z0-9]/)
    .optional(),
  options: z.array(z.strictObject({ id: z.string().optional(), label: z.string() })).optional(),
});

function fieldView(field: CustomField): object {
  return {
    id: String(field.id),
    label: field.label,
    record_type: field.form,
    field_type: field.type,
    group_id: String(field.groupId),
    group_name: groupOf(field.form).name,
    field_name: apiName(field),
    options: field.options.map(({ id, label }) => ({ id: String(id), label })),
  };
}

/** The custom fields of orders, of subscriptions and of contacts: what there is, making one, and changing it. */
export const modelRoutes: readonly RestRoute[] = [
  model('model.get', '/orders/model', 'ORDER'),
  model('contactModel.get', '/contacts/model', 'CONTACT'),
  createField('model.createField', '/orders/model/customFields', 'ORDER'),
  model('subscriptionModel.get', '/subscriptions/model', 'SUBSCRIPTION'),
  createField('subscriptionModel.createField', '/subscriptions/model/customFields', 'SUBSCRIPTION'),
  {
    operation: 'subscriptionModel.updateField',
    method: 'PATCH',
    path: '/subscriptions/model/customFields/:fieldId',
    // The name in the API stays: it was made of the label that the field had first.
    handle: (request) => {
      const field = subscriptionFieldOf(request);
      const wanted = parseBody(updateFieldSchema, request.body);
      if (wanted.group_id !== String(field.groupId)) throw invalid('group_id');
      field.label = wanted.label ?? field.label;
      if (wanted.options !== undefined) {
        field.options = wanted.options.map(({ id, label }, index) => ({ id: Number(id ?? index + 1), label }));
      }
      return ok(fieldView(field));
    },
  },
  {
    operation: 'subscriptionModel.deleteField',
    method: 'DELETE',
    path: '/subscriptions/model/customFields/:fieldId',
    // The contents that records have go with it.
    handle: (request) => {
      const { tenant } = request;
      const field = subscriptionFieldOf(request);
      for (const subscription of tenant.subscriptions.all()) subscription.customFields.delete(field.id);
      tenant.fields.delete(field);
      return noContent();
    },
  },
  {
    operation: 'subscriptionModel.tabs',
    method: 'GET',
    path: '/subscriptions/model/customFields/tabs',
    handle: () => ok({ tabs: [headingView(subscriptionFieldTab)] }),
  },
  {
    operation: 'subscriptionModel.groups',
    method: 'GET',
    path: '/subscriptions/model/customFields/groups',
    handle: ({ query }) => {
      const tabId = String(subscriptionFieldTab.id);
      const wanted = query.get('tab_id') ?? tabId;
      const groups = [{ ...headingView(subscriptionFieldGroup), tab_id: tabId }];
      return ok({ groups: wanted === tabId ? groups : [] });
    },
  },
];

const { subscriptionFieldTab, subscriptionFieldGroup } = keapSeed;

function headingView({ id, name }: { readonly id: number; readonly name: string }): object {
  return { id: String(id), name, order: 1, record_type: 'SUBSCRIPTION' };
}

function model(operation: string, path: string, form: FieldForm): RestRoute {
  return {
    operation,
    method: 'GET',
    path,
    handle: ({ tenant }) => ok({ custom_fields: tenant.fields.all(form).map(fieldView), optional_properties: [] }),
  };
}

/** A label that exists makes a second field: nobody looks. */
function createField(operation: string, path: string, form: FieldForm): RestRoute {
  return {
    operation,
    method: 'POST',
    path,
    handle: ({ tenant, body }) => {
      const wanted = parseBody(createFieldSchema, body);
      if (wanted.group_id !== undefined && wanted.group_id !== String(groupOf(form).id)) throw invalid('group_id');
      const options = (wanted.options ?? []).map((option) => option.label ?? '');
      return created(fieldView(tenant.fields.add({ form, label: wanted.label, type: wanted.field_type, options })));
    },
  };
}

function subscriptionFieldOf({ tenant, params }: RestRequest): CustomField {
  const id = params.fieldId ?? '';
  const field = tenant.fields.byId('SUBSCRIPTION', Number(id));
  if (field === undefined) throw notFound('Custom field', id);
  return field;
}
