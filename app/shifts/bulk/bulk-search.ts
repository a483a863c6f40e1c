/** What may be done with several shifts at once. Each is an operation of its own: `bulk-` and its name. */
export const bulkKinds = ["reassign", "unassign", "cancel"] as const;
export type BulkKind = (typeof bulkKinds)[number];

export const bulkWords: Record<BulkKind, string> = { reassign: "Replace", unassign: "Unassign", cancel: "Cancel" };

/** So many shifts go in one run. */
export const mostShifts = 40;

/** The page that shows what would become of these shifts. */
export function bulkHref(kind: BulkKind, shiftIds: readonly number[]): string {
  return `/shifts/bulk?do=${kind}&shifts=${shiftIds.join(",")}`;
}

/** What the address asks for; what cannot be a shift is left out, each is taken once, `mostShifts` of them. */
export function readBulkSearch(search: URLSearchParams) {
  const words = (search.get("shifts") ?? "").split(",").filter((word) => /^[1-9]\d{0,14}$/.test(word));
  const ids = [...new Set(words.map(Number))];
  return {
    kind: bulkKinds.find((kind) => kind === search.get("do")) ?? "reassign",
    shiftIds: ids.slice(0, mostShifts),
    leftCount: Math.max(0, ids.length - mostShifts),
    reason: search.get("reason") ?? "",
    override: (search.get("override") ?? "").trim(),
    /** By shift: the guard who was chosen, null for nobody; none where nothing was chosen. */
    chosen: new Map(
      [...search].flatMap(([name, value]): [number, number | null][] => {
        const shift = name.match(/^guard-([1-9]\d{0,14})$/)?.[1];
        return shift ? [[Number(shift), /^[1-9]\d{0,14}$/.test(value) ? Number(value) : null]] : [];
      }),
    ),
  };
}
