/** What hooks can be made for, by what it is about: as the live list of Keap has been quoted. */
const words = {
  appointment: ['add', 'delete', 'edit'],
  company: ['add', 'delete', 'edit'],
  contact: ['add', 'delete', 'edit', 'redact'],
  contactGroup: ['add', 'applied', 'delete', 'edit', 'removed'],
  invoice: ['add', 'delete', 'edit'],
  'invoice.payment': ['add', 'delete', 'edit'],
  leadsource: ['add', 'delete', 'edit'],
  note: ['add', 'delete', 'edit'],
  opportunity: ['add', 'delete', 'edit', 'stage_move'],
  order: ['add', 'delete', 'edit'],
  product: ['add', 'delete', 'edit'],
  subscription: ['add', 'delete', 'edit'],
  task: ['add', 'complete', 'delete', 'edit', 'incomplete'],
  user: ['activate', 'add', 'edit'],
} as const;

type Words = typeof words;
export type EventKey = { [Subject in keyof Words]: `${Subject}.${Words[Subject][number]}` }[keyof Words];

export const eventKeys: readonly EventKey[] = Object.entries(words).flatMap(([subject, changes]) =>
  changes.map((change) => `${subject}.${change}` as EventKey),
);

/** The events that happen here: those of records that the sandbox keeps. */
type Happening = Extract<EventKey, `${'contact' | 'invoice' | 'invoice.payment' | 'order' | 'subscription'}.${string}`>;

/** Takes word of a change: which record, and when, milliseconds since 1970. Of a payment: its transaction's id. */
export type Tell = (event: Happening, id: number, time: number) => void;
