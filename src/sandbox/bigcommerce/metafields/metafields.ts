import type { Ids } from '../ids.js';

export const permissionSets = ['app_only', 'read', 'write', 'read_and_sf_access', 'write_and_sf_access'] as const;
export type PermissionSet = (typeof permissionSets)[number];

/** A named text on an order, of the app that wrote it. */
export interface Metafield {
  id: number;
  orderId: number;
  ownerClientId: string;
  permissionSet: PermissionSet;
  namespace: string;
  key: string;
  value: string;
  description: string;
  createdAt: number;
  modifiedAt: number;
}

/** Of one app on one order. */
const mostOfOne = 250;

export class Metafields {
  #all: Metafield[] = [];

  constructor(private readonly ids: Ids) {}

  all(): readonly Metafield[] {
    return this.#all;
  }

  /** The platform's only rule of uniqueness: one of a key and a namespace, for each app and order. */
  twin({ orderId, ownerClientId, namespace, key }: Omit<Metafield, 'id'>, except?: number): Metafield | undefined {
    return this.#all.find(
      (each) =>
        each.id !== except &&
        each.orderId === orderId &&
        each.ownerClientId === ownerClientId &&
        each.namespace === namespace &&
        each.key === key,
    );
  }

  isFull(orderId: number, ownerClientId: string): boolean {
    return (
      this.#all.filter((each) => each.orderId === orderId && each.ownerClientId === ownerClientId).length >= mostOfOne
    );
  }

  add(wanted: Omit<Metafield, 'id'>): Metafield {
    const added = { id: this.ids.next('metafield'), ...wanted };
    this.#all.push(added);
    return added;
  }

  remove({ id }: Metafield): void {
    this.#all = this.#all.filter((each) => each.id !== id);
  }
}

/** What an app keeps to itself no other one sees. */
export const isSeenBy = ({ ownerClientId, permissionSet }: Metafield, clientId: string): boolean =>
  ownerClientId === clientId || permissionSet !== 'app_only';

export const isChangedBy = ({ ownerClientId, permissionSet }: Metafield, clientId: string): boolean =>
  ownerClientId === clientId || permissionSet.startsWith('write');
