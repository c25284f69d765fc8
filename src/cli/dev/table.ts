import Table from 'cli-table3';
import type { Played } from './play.js';
import type { Stage } from './stage.js';

/** The orders and how they ended. The middle columns are the sandbox's ledger, not the word of the orders. */
export function tableOf(played: readonly Played[]): string {
  const table = new Table({
    head: ['order', 'outcome', 'ids', 'paid', 'create requests', 'undone', 'as expected'],
    style: { head: [], border: [], compact: true },
  });
  for (const { reference, ending, ids, undone, differences } of played) {
    const { paid, createRequests } = ending.ledger.facts;
    table.push([
      reference,
      ending.outcome,
      Object.entries(ids)
        .map(([name, id]) => `${name} ${id}`)
        .join('\n'),
      paid,
      createRequests,
      undone.join('\n') || '-',
      differences.length === 0 ? 'yes' : 'NO',
    ]);
  }
  return table.toString();
}

/** What is not as the examples say, one line each. */
export function differencesOf(played: readonly Played[]): string[] {
  return played.flatMap(({ reference, differences }) => differences.map((difference) => `${reference}: ${difference}`));
}

/** Where to look at the orders and at what really happened. */
export function placesToLook(played: readonly Played[], { temporal, sandbox }: Stage): string[] {
  const { client, uiUrl } = temporal;
  const base = uiUrl && `${uiUrl}/namespaces/${encodeURIComponent(client.options.namespace)}/workflows`;
  return [
    ...(base === undefined ? [] : [`Temporal UI     ${base}`]),
    ...played.map(
      ({ reference, workflowId }) =>
        `  ${reference.padEnd(14)}${base === undefined ? workflowId : `${base}/${encodeURIComponent(workflowId)}`}`,
    ),
    `Sandbox ledger  ${sandbox.ledgerUrl}`,
  ];
}
