import type { Row } from './field-types.js';
import { infoplusSeed } from './seed.js';

export interface Item {
  id: number;
  lobId: number;
  /** Unique within its line of business. */
  sku: string;
  itemDescription: string;
  status: string;
  backorder: 'Yes' | 'No';
  weightLbs: number;
  /** On the shelves, what is being picked among it. */
  onHand: number;
  /** Of these, what belongs to orders that are being picked. */
  inProcess: number;
}

export type NewItem = Omit<Item, 'id' | 'inProcess'>;

const firstItemId = 5_501;

/** The items of the site and their stock. */
export class Items {
  readonly #items: Item[] = [];

  constructor() {
    const { items, linesOfBusiness } = infoplusSeed;
    for (const { id: lobId } of linesOfBusiness) {
      for (const item of items) this.add({ ...item, lobId, status: 'Active' });
    }
  }

  add(item: NewItem): Item {
    if (this.bySku(item.lobId, item.sku) !== undefined) throw new Error(`There is an item ${item.sku} already.`);
    const added = { ...item, id: firstItemId + this.#items.length, inProcess: 0 };
    this.#items.push(added);
    return added;
  }

  bySku(lobId: number, sku: string): Item | undefined {
    return this.#items.find((item) => item.lobId === lobId && item.sku === sku);
  }

  /** The same for one that has to be there. */
  known(lobId: number, sku: string): Item {
    const item = this.bySku(lobId, sku);
    if (item === undefined) throw new Error(`There is no item ${sku} in line of business ${lobId}.`);
    return item;
  }

  all(): readonly Item[] {
    return this.#items;
  }
}

/** What can be given to an order that is processed now. */
export function availableOf({ onHand, inProcess }: Item): number {
  return Math.max(0, onHand - inProcess);
}

/** `openOrderQuantity`: what orders ask for that are not processed yet. */
export function itemRow(item: Item, openOrderQuantity: number): Row {
  const { id, lobId, sku, itemDescription, status, backorder, weightLbs, onHand, inProcess } = item;
  const available = availableOf(item);
  return {
    ...{ id, lobId, sku, itemDescription, status, backorder },
    ...{ chargeCode: 'N', maxCycle: 0, maxInterim: 0, majorGroupId: 1, subGroupId: 1, receivingCriteriaSchemeId: 1 },
    ...{ seasonalItem: 'No', secure: 'No', unitCode: 'EA', hazmat: 'No', weightPerWrap: weightLbs },
    ...{ forwardLotMixingRule: 'SKU', storageLotMixingRule: 'SKU', forwardItemMixingRule: 'Single' },
    ...{ storageItemMixingRule: 'Single', allocationRule: 'FIFO' },
    onHandQuantity: onHand,
    availableQuantity: available,
    inFulfillmentProcessQuantity: inProcess,
    openOrderQuantity,
    orderableQuantity: available - openOrderQuantity,
    customFields: {},
  };
}
