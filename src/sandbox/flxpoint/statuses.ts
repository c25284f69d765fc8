export const orderStatuses = [
  ...['Open', 'Closed', 'On Hold', 'Failed', 'No Shipping Method', 'Canceled', 'Not Managed', 'Draft'],
] as const;

export const paymentStatuses = [
  ...['Not Authorized', 'Authorized', 'Paid', 'Deferred', 'Refunded', 'Credited', 'Awaiting Clearance', 'Declined'],
  ...['Refund Pending', 'Refund Failed'],
] as const;

/** Names of the statuses of a fulfillment request by their handles. Flxpoint is renaming them: only the handles last. */
export const fulfillmentRequestStatuses: Readonly<Record<string, string>> = {
  unprocessed: 'Unprocessed',
  processing: 'Processing',
  processed: 'Processed',
  acknowledged: 'Acknowledged',
  canceled: 'Canceled',
  voided: 'Voided',
  additional_info_required: 'Additional Info Required',
  transferred: 'Transferred',
  po_number_exceeds_max_length: 'Fulfillment Request # Exceeds Max Length',
  duplicate: 'Duplicate Fulfillment Request #',
  processing_error: 'Processing Error',
  cross_docked: 'Cross Docked',
};

/** What `filterStatus` calls them: two have their old names there, one has a name of its own, and one has none. */
export const statusFilterNames: Readonly<Record<string, string>> = {
  ...fulfillmentRequestStatuses,
  processing_error: 'Failed',
  po_number_exceeds_max_length: 'PO/FR # Exceeds Max Length',
  duplicate: 'Duplicate PO/FR #',
  transferred: '',
};

/** Nothing happens to such a request any more; of those that were merged, the other document tells the rest. */
const ended: ReadonlySet<string> = new Set(['canceled', 'voided', 'transferred', 'cross_docked']);
export const hasEnded = (handle: string): boolean => ended.has(handle);

/** They wait for a person, or to be sent again. */
export const errorHandles: readonly string[] = [
  ...['processing_error', 'additional_info_required', 'po_number_exceeds_max_length', 'duplicate'],
];

export type CompletionStatus = 'Not Started' | 'Partially Completed' | 'Completed';

export function completion(part: number, whole: number): CompletionStatus {
  if (part <= 0) return 'Not Started';
  return part < whole ? 'Partially Completed' : 'Completed';
}
