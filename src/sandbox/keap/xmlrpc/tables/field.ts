import { type CustomField, dataTypeNumber, formIds } from '../../custom-fields.js';
import { keapSeed } from '../../seed.js';
import { applySetters, type Table } from './table.js';

export const dataFormField: Table<CustomField> = {
  rows: (tenant) => tenant.fields.all(),
  get: (tenant, id) => tenant.fields.any(id),
  createdAt: () => 0,
  read: {
    Id: (row) => row.id,
    FormId: (row) => formIds[row.form],
    GroupId: (row) => row.groupId,
    Name: (row) => row.name,
    Label: (row) => row.label,
    DataType: (row) => dataTypeNumber(row.type),
    Values: (row) => row.options.map(({ label }) => label).join('\n') || undefined,
  },
  update: (_tenant, row, values) =>
    applySetters(
      'DataFormField',
      {
        Label: (value) => {
          row.label = String(value);
        },
        // One option a line, as the field lists them.
        Values: (value) => {
          row.options = String(value)
            .split('\n')
            .filter((label) => label !== '')
            .map((label, index) => ({ id: index + 1, label }));
        },
      },
      values,
    ),
};

interface Heading {
  readonly id: number;
  readonly name: string;
}
const { fieldGroup, fieldTab, subscriptionFieldGroup, subscriptionFieldTab } = keapSeed;

/** Each tab has one group. */
const groups: readonly (Heading & { tabId: number })[] = [
  { ...fieldGroup, tabId: fieldTab.id },
  { ...subscriptionFieldGroup, tabId: subscriptionFieldTab.id },
];
const tabs: readonly (Heading & { formId: number })[] = [
  { ...fieldTab, formId: formIds.ORDER },
  { ...subscriptionFieldTab, formId: formIds.SUBSCRIPTION },
];

export const dataFormGroup: Table<(typeof groups)[number]> = {
  rows: () => groups,
  get: (_tenant, id) => groups.find((group) => group.id === id),
  createdAt: () => 0,
  read: { Id: (row) => row.id, TabId: (row) => row.tabId, Name: (row) => row.name },
};

export const dataFormTab: Table<(typeof tabs)[number]> = {
  rows: () => tabs,
  get: (_tenant, id) => tabs.find((tab) => tab.id === id),
  createdAt: () => 0,
  read: { Id: (row) => row.id, FormId: (row) => row.formId, TabName: (row) => row.name },
};
