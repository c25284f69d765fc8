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

const { fieldGroup, fieldTab } = keapSeed;

export const dataFormGroup: Table<typeof fieldGroup> = {
  rows: () => [fieldGroup],
  get: (_tenant, id) => (id === fieldGroup.id ? fieldGroup : undefined),
  createdAt: () => 0,
  read: { Id: (row) => row.id, TabId: () => fieldTab.id, Name: (row) => row.name },
};

export const dataFormTab: Table<typeof fieldTab> = {
  rows: () => [fieldTab],
  get: (_tenant, id) => (id === fieldTab.id ? fieldTab : undefined),
  createdAt: () => 0,
  read: { Id: (row) => row.id, FormId: () => formIds.ORDER, TabName: (row) => row.name },
};
