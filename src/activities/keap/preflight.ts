import type { KeapAccount, KeapField } from '../../workflows/keap/contract.js';
import type { KeapOrder } from '../../workflows/keap/input.js';
import { failure } from '../failure.js';
import { Kept } from '../kept.js';
import { check } from './carries.js';
import { contentProblem, formOf } from './content.js';
import type { Open } from './open.js';
import { settingsOf } from './settings.js';
import type { AccountAtKeap } from './transport.js';

/** Fields and payment types of an account change when somebody sets the account up, not while orders run. */
export const KEPT_MS = 60 * 60_000;

/** What must be true of the account before anything is done for an order. */
export function preflightSteps({ open, served }: Open) {
  const kept = new Kept<AccountAtKeap>(KEPT_MS);
  const { referenceField } = settingsOf(served.connection);

  return {
    /** `Rejected` with all that is missing in the account or that the transport cannot carry. */
    async preflight(order: KeapOrder): Promise<KeapAccount> {
      const problems = check(served.connection, order);
      if (problems.length > 0) throw rejected(order, problems);
      const read = () => open(order).readAccount();
      const asked = kept.get('account', read);
      let picked = pick(order, referenceField, await asked);
      if (!('account' in picked)) {
        // It may have been put right a moment ago.
        kept.drop('account', asked);
        picked = pick(order, referenceField, await kept.get('account', read));
      }
      if ('account' in picked) return picked.account;
      throw rejected(order, picked.problems);
    },
  };
}

/** `Rejected`: the account does not have what the order needs. */
export function rejected(order: Pick<KeapOrder, 'connection' | 'reference'>, problems: readonly string[]) {
  const { connection, reference } = order;
  const text = `${connection} cannot take the order: ${problems.join('; ')}`;
  return failure('Rejected', text, { platform: 'keap', connection, reference, problems });
}

/** What the order needs of the account, or all that is missing there. */
export function pick(
  order: Pick<KeapOrder, 'customFields'> & Partial<Pick<KeapOrder, 'payment'>>,
  referenceLabel: string,
  { fields, paymentLabels }: AccountAtKeap,
  of: { readonly setting: string; readonly what: string } = { setting: 'referenceField', what: 'order' },
): { account: KeapAccount } | { problems: string[] } {
  const problems: string[] = [];
  const field = (label: string, where: string): KeapField | undefined => {
    const found = fields.find((it) => it.label === label) ?? fields.find((it) => sameLabel(it.label, label));
    if (found === undefined) {
      problems.push(`${where}: Keap has no ${of.what} custom field labelled "${label}"`);
      return undefined;
    }
    return { id: found.id, name: found.name, type: found.type };
  };
  const forReference = field(referenceLabel, `the setting ${of.setting}`);
  if (forReference !== undefined && formOf(forReference.type) !== 'text') {
    problems.push(`the setting ${of.setting}: "${referenceLabel}" is of type ${forReference.type}; expected Text`);
  }
  const own: Record<string, KeapField> = {};
  for (const [label, value] of Object.entries(order.customFields ?? {})) {
    const found = field(label, `customFields.${label}`);
    if (found === undefined) continue;
    own[label] = found;
    const problem = contentProblem(found.type, value);
    if (problem !== undefined) problems.push(`customFields.${label}: ${problem}`);
  }
  const { payment } = order;
  if (payment?.kind === 'taken' && paymentLabels !== undefined && !paymentLabels.includes(payment.method)) {
    problems.push(`payment.method: Keap has no payment type "${payment.method}"; it has ${paymentLabels.join(', ')}`);
  }
  if (problems.length > 0 || forReference === undefined) return { problems };
  return { account: { referenceField: forReference, fields: own } };
}

function sameLabel(one: string, other: string): boolean {
  return one.trim().toLowerCase() === other.trim().toLowerCase();
}
