import type { InfoplusPlace } from '../../workflows/infoplus/contract.js';
import type { InfoplusOrder } from '../../workflows/infoplus/input.js';
import { failure } from '../failure.js';
import { Kept } from '../kept.js';
import { sameText } from '../texts.js';
import type { InfoplusClient } from './client.js';
import type { Open } from './open.js';

/** Records of an account change when somebody sets it up, not while orders run. */
const KEPT_MS = 60 * 60_000;

/** A record of the account, by any of the names that people know it by. */
interface Named {
  readonly id: number;
  readonly names: readonly (string | undefined)[];
}

/** The ids behind names. A number is an id as it is: whether there is such a record, the platform says when it is used. */
export class LookUps {
  readonly #kept = new Kept<readonly Named[]>(KEPT_MS);

  constructor(private readonly open: Open) {}

  lineOfBusiness(infoplus: InfoplusClient): Promise<number> {
    const read = async () =>
      (await infoplus.linesOfBusiness()).map(({ id, name, code, label }) => ({ id, names: [name, code, label] }));
    return this.#idOf('line of business', this.open.settings.lineOfBusiness, read);
  }

  async place(infoplus: InfoplusClient, order: InfoplusOrder): Promise<InfoplusPlace> {
    const { settings } = this.open;
    const warehouses = async () => (await infoplus.warehouses()).map(({ id, name }) => ({ id, names: [name] }));
    const carriers = async () =>
      (await infoplus.carriers()).map(({ carrier, label }) => ({ id: carrier, names: [label] }));
    return {
      lobId: await this.lineOfBusiness(infoplus),
      warehouseId: await this.#idOf('warehouse', order.warehouse ?? settings.warehouse, warehouses),
      carrierId: await this.#idOf('carrier', order.carrier ?? settings.carrier, carriers),
    };
  }

  async #idOf(what: string, wanted: string | undefined, read: () => Promise<readonly Named[]>): Promise<number> {
    if (wanted === undefined) throw this.#rejected(`neither the order nor the connection names a ${what}`);
    if (/^\d+$/.test(wanted)) return Number(wanted);
    const asked = this.#kept.get(what, read);
    let found = called(await asked, wanted);
    if (found.length !== 1) {
      // It may have been put right a moment ago.
      this.#kept.drop(what, asked);
      found = called(await this.#kept.get(what, read), wanted);
    }
    const [only, ...more] = found;
    if (only === undefined) throw this.#rejected(`Infoplus shows no ${what} called "${wanted}"`);
    if (more.length === 0) return only.id;
    const ids = found.map(({ id }) => id).join(' and ');
    throw this.#rejected(`the ${what} "${wanted}" may be ${ids} at Infoplus; use the id`);
  }

  #rejected(problem: string) {
    const connection = this.open.served.connection.name;
    const text = `${connection} cannot take the order: ${problem}`;
    return failure('Rejected', text, { platform: 'infoplus', connection, problems: [problem] });
  }
}

const called = (records: readonly Named[], wanted: string): Named[] =>
  records.filter(({ names }) => names.some((name) => sameText(name, wanted)));

/** What an order's names stand for, looked up before anything is done. */
export function lookUpSteps({ open }: Open, lookUps: LookUps) {
  return {
    async lookUp(order: InfoplusOrder): Promise<InfoplusPlace> {
      return lookUps.place(open(order), order);
    },
  };
}
