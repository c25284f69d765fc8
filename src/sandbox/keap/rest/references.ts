import type { FieldForm } from '../custom-fields.js';
import type { Tenant } from '../tenant.js';
import type { CustomFieldsBody } from './order-schemas.js';
import { invalid } from './refusal.js';

/** What bodies refer to, checked: what there is not is a 400 that names the member. */

export function existingContact(tenant: Tenant, id: string): number {
  if (tenant.contacts.get(Number(id)) === undefined) throw invalid('contact_id');
  return Number(id);
}

/** Contents by field id; a field without content is left out. */
export function fieldContents(tenant: Tenant, form: FieldForm, values: CustomFieldsBody): Map<number, string> {
  const contents = new Map<number, string>();
  for (const { id, content } of values) {
    if (tenant.fields.byId(form, Number(id)) === undefined) throw invalid('custom_fields.id');
    if (content !== null) contents.set(Number(id), String(content));
  }
  return contents;
}
