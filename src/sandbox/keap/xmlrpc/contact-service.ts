import type { DuplicateRule } from '../contacts.js';
import type { Tenant } from '../tenant.js';
import { cellsFor } from './columns.js';
import { namedFault } from './fault.js';
import type { XmlRpcMethod } from './method.js';
import { addRow, loadRow, queryRows, updateRow } from './rows.js';
import { addOrUpdate } from './tables/contact.js';
import { int, string } from './value.js';

const rules: ReadonlySet<string> = new Set<DuplicateRule>(['Email', 'EmailAndName', 'EmailAndNameAndCompany']);

/** As many contacts as one page may hold: `findByEmail` has no paging of its own. */
const mostFound = 1000;

export const contactService: readonly XmlRpcMethod[] = [
  {
    name: 'ContactService.add',
    kind: 'write',
    signatures: [['struct']],
    run: ({ tenant }, params) => int(addRow(tenant, 'Contact', params.members(0))),
  },
  {
    name: 'ContactService.addWithDupCheck',
    kind: 'write',
    signatures: [['struct', 'string']],
    run: ({ tenant }, params) => {
      const rule = params.text(1);
      if (!rules.has(rule)) throw namedFault('InvalidParameter', `Unknown duplicate check: ${rule}`);
      return int(addOrUpdate(tenant, cellsFor(tenant, 'Contact', params.members(0), 'A'), rule as DuplicateRule));
    },
  },
  {
    name: 'ContactService.load',
    kind: 'read',
    signatures: [['int', 'array']],
    run: ({ tenant }, params) => loadRow(tenant, 'Contact', params.number(0), params.texts(1)),
  },
  {
    name: 'ContactService.update',
    kind: 'write',
    signatures: [['int', 'struct']],
    run: ({ tenant }, params) => int(updateRow(tenant, 'Contact', params.number(0), params.members(1))),
  },
  {
    name: 'ContactService.findByEmail',
    kind: 'read',
    signatures: [['string', 'array']],
    run: ({ tenant }, params) => findByEmail(tenant, params.text(0), params.texts(1)),
  },
];

function findByEmail(tenant: Tenant, email: string, fields: readonly string[]) {
  return queryRows(tenant, 'Contact', new Map([['Email', string(email)]]), {
    limit: mostFound,
    page: 0,
    fields,
    order: null,
  });
}
