import { type FieldForm, fieldTypeFromXmlRpc, groupOf } from '../custom-fields.js';
import { namedFault } from './fault.js';
import type { XmlRpcMethod } from './method.js';
import { addRow, countRows, deleteRow, loadRow, queryRows, updateRow } from './rows.js';
import { notImitated } from './tables/table.js';
import { boolean, int, string } from './value.js';

/** The words of `addCustomField`; those of the other forms are not imitated. */
const customFieldForms: Readonly<Record<string, FieldForm>> = {
  Job: 'ORDER',
  JobRecurring: 'SUBSCRIPTION',
  Contact: 'CONTACT',
};

export const dataService: readonly XmlRpcMethod[] = [
  {
    name: 'DataService.load',
    kind: 'read',
    perTable: true,
    signatures: [['string', 'int', 'array']],
    run: ({ tenant }, params) => loadRow(tenant, params.text(0), params.number(1), params.texts(2)),
  },
  {
    name: 'DataService.query',
    kind: 'read',
    perTable: true,
    signatures: [
      ['string', 'int', 'int', 'struct', 'array'],
      ['string', 'int', 'int', 'struct', 'array', 'string'],
      ['string', 'int', 'int', 'struct', 'array', 'string', 'boolean'],
    ],
    run: ({ tenant }, params) => {
      const order = params.length > 5 ? { by: params.text(5), ascending: params.length > 6 && params.flag(6) } : null;
      return queryRows(tenant, params.text(0), params.members(3), {
        limit: params.number(1),
        page: params.number(2),
        fields: params.texts(4),
        order,
      });
    },
  },
  {
    name: 'DataService.findByField',
    kind: 'read',
    perTable: true,
    signatures: [['string', 'int', 'int', 'string', 'string', 'array']],
    run: ({ tenant }, params) =>
      queryRows(tenant, params.text(0), new Map([[params.text(3), string(params.text(4))]]), {
        limit: params.number(1),
        page: params.number(2),
        fields: params.texts(5),
        order: null,
      }),
  },
  {
    name: 'DataService.count',
    kind: 'read',
    perTable: true,
    signatures: [['string', 'struct']],
    run: ({ tenant }, params) => int(countRows(tenant, params.text(0), params.members(1))),
  },
  {
    name: 'DataService.add',
    kind: 'write',
    perTable: true,
    signatures: [['string', 'struct']],
    run: ({ tenant }, params) => int(addRow(tenant, params.text(0), params.members(1))),
  },
  {
    name: 'DataService.update',
    kind: 'write',
    perTable: true,
    signatures: [['string', 'int', 'struct']],
    run: ({ tenant }, params) => int(updateRow(tenant, params.text(0), params.number(1), params.members(2))),
  },
  {
    name: 'DataService.delete',
    kind: 'write',
    perTable: true,
    signatures: [['string', 'int']],
    run: ({ tenant }, params) => {
      deleteRow(tenant, params.text(0), params.number(1));
      return boolean(true);
    },
  },
  {
    name: 'DataService.addCustomField',
    kind: 'write',
    signatures: [['string', 'string', 'string', 'int']],
    run: ({ tenant }, params) => {
      const form = customFieldForms[params.text(0)];
      if (form === undefined) throw notImitated(`custom fields of ${params.text(0)}`);
      const type = fieldTypeFromXmlRpc(params.text(2));
      if (type === undefined) throw namedFault('InvalidParameter', `Unknown data type: ${params.text(2)}`);
      const groupId = params.number(3);
      if (groupId !== groupOf(form).id) throw namedFault('RecordNotFound', `DataFormGroup ${groupId} not found`);
      return int(tenant.fields.add({ form, label: params.text(1), type }).id);
    },
  },
  {
    name: 'DataService.updateCustomField',
    kind: 'write',
    signatures: [['int', 'struct']],
    run: ({ tenant }, params) => {
      updateRow(tenant, 'DataFormField', params.number(0), params.members(1));
      return boolean(true);
    },
  },
];
