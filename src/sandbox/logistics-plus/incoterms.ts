/** Of the 18 values, those that are freight terms at home; the rest are terms of trade between countries. */
const domestic: ReadonlySet<string> = new Set(['PPD', 'CLT', 'C3P', 'FCD']);

export const incoTerms = [
  ...['PPD', 'CLT', 'C3P', 'FCD', 'CFR', 'CIF', 'CIP', 'CPT', 'DAP'],
  ...['DAT', 'DDP', 'DPU', 'EXW', 'FAS', 'FC1', 'FC2', 'FCA', 'FOB'],
];

/** Whether a term suits goods that stay at home. All of them suit goods that go abroad. */
export function suitsDomestic(incoTerm: string): boolean {
  return domestic.has(incoTerm);
}
