import type { InfoplusWanted } from '../../workflows/infoplus/contract.js';
import { failure } from '../failure.js';
import { sameText } from '../texts.js';
import { PAGE } from './client.js';
import { among, questions, text } from './filter.js';
import type { Open } from './open.js';
import type { ItemThere } from './shapes.js';

/** The items behind the SKUs. */
export function itemSteps({ open }: Open) {
  return {
    /** `Rejected` with every SKU that the line of business does not have, or has no more. Stock is no matter of this. */
    async checkItems({ order, at }: InfoplusWanted): Promise<void> {
      const infoplus = open(order);
      const skus = order.lineItems.map(({ sku }) => sku);
      const there: ItemThere[] = [];
      for (const some of questions(skus.map(text), PAGE)) {
        there.push(...(await infoplus.searchItems(`lobId eq ${at.lobId} and ${among('sku', some)}`)));
      }
      const problems = skus.flatMap((sku, index) => {
        const problem = problemOf(
          sku,
          there.filter((item) => isOf(item, sku, at.lobId)),
        );
        return problem === undefined ? [] : [`lineItems[${index}].sku: ${problem}`];
      });
      if (problems.length === 0) return;
      const { connection, reference } = order;
      const message = `Infoplus cannot ship what is ordered: ${problems.join('; ')}`;
      throw failure('Rejected', message, { platform: 'infoplus', connection, reference, problems });
    },
  };
}

function isOf(item: ItemThere, sku: string, lobId: number): boolean {
  return sameText(item.sku, sku) && (item.lobId ?? lobId) === lobId;
}

function problemOf(sku: string, items: readonly ItemThere[]): string | undefined {
  const [item] = items;
  if (item === undefined) return `Infoplus shows no item ${sku}`;
  if (items.some(({ status }) => sameText(status, 'Active'))) return undefined;
  return `item ${sku} is ${item.status ?? 'not Active'} at Infoplus`;
}
