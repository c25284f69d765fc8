import { z } from 'zod';
import { apiName, type CustomField, type FieldForm, type FieldType, restFieldTypes } from '../custom-fields.js';
import { keapSeed } from '../seed.js';
import { invalid, parseBody } from './refusal.js';
import { created, ok, type RestRoute } from './route.js';

const createFieldSchema = z.strictObject({
  label: z.string().regex(/[A-Za-z0-9]/),
  field_type: z.enum(restFieldTypes as [FieldType, ...FieldType[]]),
  group_id: z.string().optional(),
  options: z.array(z.strictObject({ label: z.string().optional() })).optional(),
  user_group_id: z.string().optional(),
});

function fieldView(field: CustomField): object {
  return {
    id: String(field.id),
    label: field.label,
    record_type: field.form,
    field_type: field.type,
    group_id: String(field.groupId),
    group_name: keapSeed.fieldGroup.name,
    field_name: apiName(field),
    options: field.options.map(({ id, label }) => ({ id: String(id), label })),
  };
}

/** The custom fields of orders and of contacts: what there is, and (for orders) making one. */
export const modelRoutes: readonly RestRoute[] = [
  model('model.get', '/orders/model', 'ORDER'),
  model('contactModel.get', '/contacts/model', 'CONTACT'),
  {
    operation: 'model.createField',
    method: 'POST',
    path: '/orders/model/customFields',
    // A label that exists makes a second field: nobody looks.
    handle: ({ tenant, body }) => {
      const wanted = parseBody(createFieldSchema, body);
      const groupId = wanted.group_id ?? String(keapSeed.fieldGroup.id);
      if (groupId !== String(keapSeed.fieldGroup.id)) throw invalid('group_id');
      const field = tenant.fields.add({
        form: 'ORDER',
        label: wanted.label,
        type: wanted.field_type,
        groupId: Number(groupId),
        options: (wanted.options ?? []).map((option) => option.label ?? ''),
      });
      return created(fieldView(field));
    },
  },
];

function model(operation: string, path: string, form: FieldForm): RestRoute {
  return {
    operation,
    method: 'GET',
    path,
    handle: ({ tenant }) => ok({ custom_fields: tenant.fields.all(form).map(fieldView), optional_properties: [] }),
  };
}
