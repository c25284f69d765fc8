import type { KeapOrder } from '../../workflows/keap/input.js';
import { failure } from '../failure.js';
import type { Open } from './open.js';
import type { Transport } from './transport.js';

/** The contact: found or made, completed. It stays when an order is taken back; deleting it would lose its history. */
export function contactSteps({ open }: Open) {
  const turns = new Map<string, Promise<unknown>>();

  function inTurn<T>(key: string, run: () => Promise<T>): Promise<T> {
    const turn = (turns.get(key) ?? Promise.resolve()).then(run, run);
    turns.set(key, turn);
    const clear = () => {
      if (turns.get(key) === turn) turns.delete(key);
    };
    turn.then(clear, clear);
    return turn;
  }

  /** Lists are read, merged and written, so two at once would lose what the other one added. */
  const complete = (keap: Transport, id: string, contact: KeapOrder['contact']) =>
    inTurn(`contact ${id}`, () => keap.completeContact(id, contact));

  return {
    async ensureContact(order: Pick<KeapOrder, 'contact' | 'reference'>): Promise<{ contactId: string }> {
      const { contact, reference } = order;
      const keap = open(order);
      const { id, email } = contact;
      if (id !== undefined) {
        if (!(await keap.contactExists(id))) {
          const text = `contact.id: Keap has no contact ${id}`;
          throw failure('Rejected', text, { platform: 'keap', reference, problems: [text] });
        }
        await complete(keap, id, contact);
        return { contactId: id };
      }
      if (email === undefined) throw failure('Rejected', 'contact: expected an id or an email', { reference });
      // Two orders of a new customer must not both find nobody and make two contacts.
      return inTurn(email.toLowerCase(), async () => {
        const found = await keap.findContact(email);
        if (found === undefined) return { contactId: await keap.addContact(contact) };
        await complete(keap, found, contact);
        return { contactId: found };
      });
    },
  };
}
