import Table from 'cli-table3';
import type { OrderFacts } from '../../sandbox/index.js';
import type { Played } from './play.js';
import type { Stage } from './stage.js';

/** Three facts fit in; wider, and the table would not fit on a screen. */
const LEDGER_WIDTH = 34;

/** A sentence takes two lines. */
const UNDONE_WIDTH = 27;

/** The orders and how they ended. `ledger` is the sandbox's, not the word of the orders. */
export function tableOf(played: readonly Played[]): string {
  const table = new Table({
    head: ['order', 'outcome', 'ids', 'ledger', 'undone', 'as expected'],
    colWidths: [null, null, null, LEDGER_WIDTH, UNDONE_WIDTH, null],
    wordWrap: true,
    style: { head: [], border: [], compact: true },
  });
  for (const { reference, ending, ids, undone, differences } of played) {
    table.push([
      reference,
      'fulfillment' in ending.result ? `${ending.outcome}\n${ending.result.fulfillment}` : ending.outcome,
      Object.entries(ids)
        .map(([name, id]) => `${name} ${id}`)
        .join('\n') || '-',
      factsIn(ending.ledger.facts),
      undone.join('\n') || '-',
      differences.length === 0 ? 'yes' : 'NO',
    ]);
  }
  return table.toString();
}

/** What there is of something; what there is none of would only hide it. */
function factsIn(facts: OrderFacts): string {
  const shown = Object.entries(facts).filter(([, value]) => Number(value) !== 0);
  return shown.map(([name, value]) => `${name} ${value}`).join(', ') || 'nothing';
}

/** What is not as the examples say, one line each. */
export function differencesOf(played: readonly Played[]): string[] {
  return played.flatMap(({ reference, differences }) => differences.map((difference) => `${reference}: ${difference}`));
}

/** Where to look at the orders and at what really happened. */
export function placesToLook(played: readonly Played[], { temporal, sandboxes }: Stage): string[] {
  const { client, uiUrl } = temporal;
  const base = uiUrl && `${uiUrl}/namespaces/${encodeURIComponent(client.options.namespace)}/workflows`;
  return [
    ...(base === undefined ? [] : [`Temporal UI       ${base}`]),
    ...played.map(({ reference, workflowId }) =>
      place(reference, base === undefined ? workflowId : `${base}/${encodeURIComponent(workflowId)}`),
    ),
    'Sandbox ledgers',
    ...[...sandboxes].map(([name, { ledgerUrl }]) => place(name, ledgerUrl)),
  ];
}

const place = (name: string, where: string): string => `  ${name.padEnd(NAME_WIDTH)}${where}`;

/** Longer than the name of a platform, and than the references of Waybill's own examples. */
const NAME_WIDTH = 16;
