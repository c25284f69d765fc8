/** What Infoplus shows, by its letters alone: live data and screens spell the same status in several ways. */
const STATUSES: Readonly<Record<string, string>> = {
  pending: 'Pending',
  onorder: 'On Order',
  processed: 'Processed',
  processing: 'Processed',
  shipped: 'Shipped',
  backorder: 'Back Order',
  backordered: 'Back Order',
  cancelled: 'Cancelled',
  canceled: 'Cancelled',
  error: 'Error',
};

/** A status in its one form; one that nobody knows as it came. */
export function statusOf(shown: string | null | undefined): string {
  const text = (shown ?? '').trim();
  return STATUSES[text.toLowerCase().replace(/[\s_-]+/g, '')] ?? (text === '' ? 'Unknown' : text);
}

/** An order in one of these has come to its end; in any other, an unknown one too, it may still ship. */
export const isEnd = (status: string): boolean => status === 'Shipped' || status === 'Cancelled';

/** Infoplus changes an order in one of these. */
export const isEditable = (status: string): boolean => ['Pending', 'On Order', 'Back Order'].includes(status);

/** Infoplus deletes what nobody has processed; about a status that nobody knows it is asked. */
export const isDeletable = (status: string): boolean => status !== 'Processed' && !isEnd(status);
