/** Whether a platform shows our reference: the whole of it, whatever the case, as one order is one order in any case. */
export function sameReference(there: string | undefined, ours: string): boolean {
  return there?.trim().toLowerCase() === ours.toLowerCase();
}
