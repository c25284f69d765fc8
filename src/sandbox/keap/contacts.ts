import type { Tell } from './events.js';

/** A contact as the `Contact` table holds it: flat, by field name. Custom fields stand among them as `_Name`. */
export interface Contact {
  id: number;
  createdAt: number;
  updatedAt: number;
  fields: Map<string, string>;
  /** ISO codes that REST takes beside the names of the table, by address. */
  codes: Map<string, { countryCode: string | null; regionCode: string | null }>;
}

export type DuplicateRule = 'Email' | 'EmailAndName' | 'EmailAndNameAndCompany';

const comparedFields: Readonly<Record<DuplicateRule, readonly string[]>> = {
  Email: ['Email'],
  EmailAndName: ['Email', 'FirstName', 'LastName'],
  EmailAndNameAndCompany: ['Email', 'FirstName', 'LastName', 'Company'],
};

/** All contacts. The same address may stand in several. */
export class Contacts {
  readonly #byId = new Map<number, Contact>();
  readonly #byEmail = new Map<string, Set<Contact>>();
  readonly #tell: Tell;
  #nextId = 1;

  /** `tell` hears of every change. */
  constructor(tell: Tell) {
    this.#tell = tell;
  }

  add(fields: ReadonlyMap<string, string>, now: number, wantedId?: number): Contact {
    const id = wantedId ?? this.#nextId;
    this.#nextId = Math.max(this.#nextId, id + 1);
    const contact: Contact = { id, createdAt: now, updatedAt: now, fields: new Map(), codes: new Map() };
    this.#byId.set(id, contact);
    this.#apply(contact, fields, now);
    this.#tell('contact.add', id, now);
    return contact;
  }

  get(id: number): Contact | undefined {
    return this.#byId.get(id);
  }

  all(): Iterable<Contact> {
    return this.#byId.values();
  }

  /** By main address, in any case. */
  byEmail(email: string): Contact[] {
    return [...(this.#byEmail.get(email.toLowerCase()) ?? [])];
  }

  /** The contact that a duplicate check would update: the oldest that matches. */
  duplicateOf(fields: ReadonlyMap<string, string>, rule: DuplicateRule): Contact | undefined {
    const email = fields.get('Email');
    if (email === undefined || email === '') return undefined;
    const same = (contact: Contact) =>
      comparedFields[rule].every((name) => lower(contact.fields.get(name)) === lower(fields.get(name)));
    return this.byEmail(email)
      .filter(same)
      .sort((a, b) => a.id - b.id)[0];
  }

  /** Sets the fields given; an empty value removes one. */
  set(contact: Contact, fields: ReadonlyMap<string, string>, now: number): void {
    this.#apply(contact, fields, now);
    this.#tell('contact.edit', contact.id, now);
  }

  #apply(contact: Contact, fields: ReadonlyMap<string, string>, now: number): void {
    this.#unindex(contact);
    for (const [name, value] of fields) {
      if (value === '') contact.fields.delete(name);
      else contact.fields.set(name, value);
    }
    contact.updatedAt = now;
    const email = contact.fields.get('Email');
    if (email === undefined) return;
    const key = email.toLowerCase();
    this.#byEmail.set(key, (this.#byEmail.get(key) ?? new Set()).add(contact));
  }

  delete(contact: Contact, now: number): void {
    this.#unindex(contact);
    this.#byId.delete(contact.id);
    this.#tell('contact.delete', contact.id, now);
  }

  #unindex(contact: Contact): void {
    const email = contact.fields.get('Email');
    if (email !== undefined) this.#byEmail.get(email.toLowerCase())?.delete(contact);
  }
}

function lower(value: string | undefined): string {
  return (value ?? '').toLowerCase();
}
