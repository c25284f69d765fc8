import type { OrderHead } from '../../workflows/contract.js';
import type { FailureDetails } from '../failure.js';

/** Which order a failure is about. */
export const detailsOf = ({ connection, reference }: Pick<OrderHead, 'connection' | 'reference'>): FailureDetails => ({
  platform: 'bigcommerce',
  connection,
  reference,
});
