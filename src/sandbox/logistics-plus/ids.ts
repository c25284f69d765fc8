/** Ids of resources: 24 lower-case hex digits, of which the first 8 are the second of creation. */
export class Ids {
  #used = 0;

  next(time: number): string {
    this.#used += 1;
    const second = Math.floor(time / 1000)
      .toString(16)
      .padStart(8, '0');
    // Ten digits that stand for machine and process, then a counter.
    return `${second}b7d4e5a6c7${this.#used.toString(16).padStart(6, '0')}`;
  }
}

/** Number of a shipment's docket in the warehouse system: `W` and 8 digits. */
export function wmsIdOf(shipmentId: string): string {
  return `W${String(1_140_000 + Number.parseInt(shipmentId.slice(-6), 16)).padStart(8, '0')}`;
}
