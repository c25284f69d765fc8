import type { CallKind } from '../../ledger.js';
import type { ChargeOutcome } from '../payments.js';
import type { Tenant } from '../tenant.js';
import type { XmlRpcType, XmlRpcValue } from './value.js';

export interface MethodContext {
  tenant: Tenant;
  /** How a charge must end, when a fault says so. */
  outcome: ChargeOutcome | null;
}

/** One method of Keap's services. */
export interface XmlRpcMethod {
  /** `Service.method`. */
  name: string;
  kind: CallKind;
  /** The signatures it has, behind the private key that all have in front. */
  signatures: readonly (readonly XmlRpcType[])[];
  /** True where the first parameter is a table that belongs to the operation's name. */
  perTable?: boolean;
  run(context: MethodContext, params: Params): XmlRpcValue;
}

/** Parameters whose types the dispatcher has checked, read by position. */
export class Params {
  readonly #values: readonly XmlRpcValue[];

  constructor(values: readonly XmlRpcValue[]) {
    this.#values = values;
  }

  get length(): number {
    return this.#values.length;
  }

  /** An int, a double or the instant of a date. */
  number(index: number): number {
    const value = this.#values[index]?.value;
    return typeof value === 'number' ? value : this.#wrong(index);
  }

  text(index: number): string {
    const value = this.#values[index]?.value;
    return typeof value === 'string' ? value : this.#wrong(index);
  }

  flag(index: number): boolean {
    const value = this.#values[index]?.value;
    return typeof value === 'boolean' ? value : this.#wrong(index);
  }

  list(index: number): readonly XmlRpcValue[] {
    const value = this.#values[index];
    return value?.type === 'array' ? value.value : this.#wrong(index);
  }

  members(index: number): ReadonlyMap<string, XmlRpcValue> {
    const value = this.#values[index];
    return value?.type === 'struct' ? value.value : this.#wrong(index);
  }

  type(index: number): XmlRpcType | undefined {
    return this.#values[index]?.type;
  }

  /** The texts of an array of strings; other elements are left out, as nothing there can be named by them. */
  texts(index: number): string[] {
    return this.list(index).flatMap((value) => (value.type === 'string' ? [value.value] : []));
  }

  ints(index: number): number[] {
    return this.list(index).flatMap((value) => (value.type === 'int' ? [value.value] : []));
  }

  #wrong(index: number): never {
    throw new TypeError(`parameter ${index} is not what its method's signature promises`);
  }
}
