import { exact } from '../money.js';
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

  /** Adds to what a customer may spend; below zero: spends it. */
  credit(id: number, amount: number): void {
    const customer = this.byId(id);
    if (customer !== undefined) customer.storeCredit = exact(customer.storeCredit + amount);
  }
}
