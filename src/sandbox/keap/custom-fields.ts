import { keapSeed } from './seed.js';

/** Where a field belongs, as the `DataFormField.FormId` of XML-RPC tells it. */
export type FieldForm = 'CONTACT' | 'ORDER' | 'SUBSCRIPTION';
/** The one of subscriptions is in no documentation of Keap's, but in clients. */
export const formIds: Readonly<Record<FieldForm, number>> = { CONTACT: -1, ORDER: -9, SUBSCRIPTION: -10 };

/** The group in which fields of a form stand: each form has one. */
export function groupOf(form: FieldForm): { readonly id: number; readonly name: string } {
  return form === 'SUBSCRIPTION' ? keapSeed.subscriptionFieldGroup : keapSeed.fieldGroup;
}

/** Word of XML-RPC, number of `DataFormField.DataType`, word of REST v2. */
const fieldTypes = [
  ['Phone', 1, 'PHONE_NUMBER'],
  ['SSN', 2, 'SOCIAL_SECURITY_NUMBER'],
  ['Currency', 3, 'CURRENCY'],
  ['Percent', 4, 'PERCENT'],
  ['State', 5, 'STATE'],
  ['YesNo', 6, 'YES_NO'],
  ['Year', 7, 'YEAR'],
  ['Month', 8, 'MONTH'],
  ['DayOfWeek', 9, 'DAY_OF_WEEK'],
  ['Name', 10, 'NAME'],
  ['NumberDecimal', 11, 'DECIMAL_NUMBER'],
  ['Number', 12, 'WHOLE_NUMBER'],
  ['Date', 13, 'DATE'],
  ['DateTime', 14, 'DATE_TIME'],
  ['Text', 15, 'TEXT'],
  ['TextArea', 16, 'TEXT_AREA'],
  ['MultiSelect', 17, 'LIST_BOX'],
  ['Website', 18, 'WEBSITE'],
  ['Email', 19, 'EMAIL'],
  ['Radio', 20, 'RADIO'],
  ['Select', 21, 'DROPDOWN'],
  ['User', 22, 'USER'],
  ['Drilldown', 23, 'DRILLDOWN'],
] as const;

export type FieldType = (typeof fieldTypes)[number][2];

export interface CustomField {
  id: number;
  form: FieldForm;
  groupId: number;
  label: string;
  /** `DataFormField.Name`, without the underscore that both transports put in front. */
  name: string;
  type: FieldType;
  options: { id: number; label: string }[];
}

export function fieldTypeFromXmlRpc(word: string): FieldType | undefined {
  return fieldTypes.find(([xmlrpc]) => xmlrpc === word)?.[2];
}

export function dataTypeNumber(type: FieldType): number {
  return fieldTypes.find(([, , rest]) => rest === type)?.[1] ?? 15;
}

export const restFieldTypes = fieldTypes.map(([, , rest]) => rest);

export const isDateType = (type: FieldType): boolean => type === 'DATE' || type === 'DATE_TIME';

const numeric: ReadonlySet<FieldType> = new Set<FieldType>([
  'WHOLE_NUMBER',
  'DECIMAL_NUMBER',
  'CURRENCY',
  'PERCENT',
  'YEAR',
  'MONTH',
  'DAY_OF_WEEK',
  'USER',
]);
export const isNumericType = (type: FieldType): boolean => numeric.has(type);

/** All custom fields of the tenant. */
export class CustomFields {
  readonly #byId = new Map<number, CustomField>();
  readonly #byName = new Map<string, CustomField>();
  #nextId = 1;
  #nextOptionId = 1;

  add(field: {
    form: FieldForm;
    label: string;
    type: FieldType;
    options?: readonly string[];
    id?: number;
  }): CustomField {
    const id = field.id ?? this.#nextId;
    this.#nextId = Math.max(this.#nextId, id + 1);
    const added: CustomField = {
      id,
      form: field.form,
      groupId: groupOf(field.form).id,
      label: field.label,
      name: this.#freeName(field.form, field.label),
      type: field.type,
      options: (field.options ?? []).map((label) => ({ id: this.#nextOptionId++, label })),
    };
    this.#byId.set(id, added);
    this.#byName.set(key(added.form, added.name), added);
    return added;
  }

  byId(form: FieldForm, id: number): CustomField | undefined {
    const field = this.#byId.get(id);
    return field?.form === form ? field : undefined;
  }

  delete(field: CustomField): void {
    this.#byId.delete(field.id);
    this.#byName.delete(key(field.form, field.name));
  }

  /** Contents by the API names of their fields. */
  named(form: FieldForm, contents: ReadonlyMap<number, string>): Record<string, string> {
    return Object.fromEntries(
      [...contents].flatMap(([id, content]) => {
        const field = this.byId(form, id);
        return field === undefined ? [] : [[apiName(field), content]];
      }),
    );
  }

  any(id: number): CustomField | undefined {
    return this.#byId.get(id);
  }

  /** By API name, with its underscore, in any case. */
  byApiName(form: FieldForm, apiName: string): CustomField | undefined {
    return apiName.startsWith('_') ? this.#byName.get(key(form, apiName.slice(1))) : undefined;
  }

  all(form?: FieldForm): CustomField[] {
    return [...this.#byId.values()].filter((field) => form === undefined || field.form === form);
  }

  /** The label without what is not alphanumeric, with a digit behind it when that is taken. */
  #freeName(form: FieldForm, label: string): string {
    const bare = label.replace(/[^A-Za-z0-9]/g, '');
    let name = bare;
    for (let digit = 0; this.#byName.has(key(form, name)); digit += 1) name = `${bare}${digit}`;
    return name;
  }
}

export const apiName = (field: CustomField): string => `_${field.name}`;

function key(form: FieldForm, name: string): string {
  return `${form} ${name.toLowerCase()}`;
}
