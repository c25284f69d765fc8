import { bigcommerceSeed } from '../seed.js';

export interface Customer {
  id: number;
  email: string;
  firstName: string;
  lastName: string;
  storeCredit: number;
}

/** The customers of the store, with what they may spend. */
export class Customers {
  readonly all: readonly Customer[] = bigcommerceSeed.customers.map((customer) => ({ ...customer }));

  byId(id: number): Customer | undefined {
    return this.all.find((customer) => customer.id === id);
  }
}
