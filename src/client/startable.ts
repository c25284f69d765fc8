import type { Contract } from '../workflows/contract.js';
import { PartError } from './errors.js';

/** Throws {@link PartError} for a story that runs as a part of another one. */
export function expectStartable({ name, partOf }: Pick<Contract, 'name' | 'partOf'>): void {
  if (partOf !== undefined) throw new PartError(name, partOf);
}
