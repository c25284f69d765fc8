import { isCycleCode } from '../../billing-cycle.js';
import type { NewPlan, SubscriptionPlan } from '../../catalog.js';
import { toMajor, toMicros } from '../../money.js';
import type { Tenant } from '../../tenant.js';
import { namedFault } from '../fault.js';
import type { Cell } from '../match.js';
import { idIn, notImitated, one, type Table } from './table.js';

export const subscriptionPlan: Table<SubscriptionPlan> = {
  rows: (tenant, where) => {
    const id = idIn(where, 'Id');
    return id === null ? tenant.catalog.plans() : one(tenant.catalog.plan(id));
  },
  get: (tenant, id) => tenant.catalog.plan(id),
  createdAt: (row) => row.createdAt,
  read: {
    Id: (row) => row.id,
    ProductId: (row) => row.productId,
    Cycle: (row) => row.cycle,
    Frequency: (row) => row.frequency,
    Prorate: (row) => row.prorate,
    Active: (row) => row.active,
    PlanPrice: (row) => toMajor(row.price),
    NumberOfCycles: (row) => row.cycles,
  },
  add: (tenant, values) => {
    const wanted = wantedFrom(tenant, values);
    if (wanted.productId === undefined) throw namedFault('InvalidParameter', 'A plan needs a ProductId');
    return tenant.catalog.addPlan(
      {
        productId: wanted.productId,
        cycle: '2',
        frequency: 1,
        price: 0,
        cycles: 0,
        active: true,
        prorate: false,
        displayOrder: 0,
        ...wanted,
      },
      tenant.clock.now(),
    ).id;
  },
  update: (tenant, row, values) => {
    Object.assign(row, wantedFrom(tenant, values));
  },
};

function wantedFrom(tenant: Tenant, values: ReadonlyMap<string, Cell>): Partial<NewPlan> {
  const wanted: Partial<NewPlan> = {};
  for (const [name, value] of values) {
    switch (name) {
      case 'ProductId':
        if (tenant.catalog.get(Number(value)) === undefined) throw namedFault('RecordNotFound', `Product ${value}`);
        wanted.productId = Number(value);
        break;
      case 'Cycle': {
        const code = String(value);
        if (!isCycleCode(code)) throw namedFault('InvalidParameter', `Unknown cycle: ${code}`);
        wanted.cycle = code;
        break;
      }
      case 'Frequency':
        wanted.frequency = Number(value);
        break;
      case 'PlanPrice':
        wanted.price = toMicros(Number(value));
        break;
      case 'NumberOfCycles':
        wanted.cycles = Number(value);
        break;
      case 'Active':
        wanted.active = Boolean(value);
        break;
      case 'Prorate':
        wanted.prorate = Boolean(value);
        break;
      default:
        throw notImitated(`writing SubscriptionPlan.${name}`);
    }
  }
  return wanted;
}
