/** As many as a person reads; an order has up to 500 lines. */
const FIELDS_SHOWN = 10;

/** Names of fields for a sentence: the first few, and how many more. */
export function shortened(fields: readonly string[]): string {
  const more = fields.length - FIELDS_SHOWN;
  return more > 0 ? `${fields.slice(0, FIELDS_SHOWN).join(', ')} and ${more} more` : fields.join(', ');
}
