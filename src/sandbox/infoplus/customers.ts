import type { SandboxClock } from '../clock.js';
import type { FieldValues } from './bodies.js';
import { Counter } from './counter.js';
import { type Dated, DatedRecords } from './dated-records.js';
import type { Row } from './field-types.js';

export interface CustomerContent {
  fields: FieldValues & { lobId: number; customerNo: string };
  customFields: FieldValues;
}

/** A customer of one line of business. */
export type Customer = CustomerContent & Dated;

export class CustomerBook extends DatedRecords<CustomerContent> {
  readonly #generated = new Counter(1);

  constructor(clock: SandboxClock) {
    super(clock, 88_012);
  }

  /** A number is unique within a line of business, in any letter case. */
  byNumber(lobId: number, customerNo: string): Customer | undefined {
    const wanted = customerNo.toLowerCase();
    return this.all().find(({ fields }) => fields.lobId === lobId && fields.customerNo.toLowerCase() === wanted);
  }

  /** A number for a customer that was given none. */
  generateNumber(lobId: number): string {
    for (;;) {
      const customerNo = `WEB${String(this.#generated.next()).padStart(6, '0')}`;
      if (this.byNumber(lobId, customerNo) === undefined) return customerNo;
    }
  }
}

export function customerRow({ id, createdAt, modifiedAt, fields, customFields }: Customer): Row {
  return { ...fields, id, openDate: createdAt, modifyDate: modifiedAt, customFields };
}
