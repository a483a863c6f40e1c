export const lockModes = [
  "ACCESS SHARE",
  "ROW SHARE",
  "ROW EXCLUSIVE",
  "SHARE UPDATE EXCLUSIVE",
  "SHARE",
  "SHARE ROW EXCLUSIVE",
  "EXCLUSIVE",
  "ACCESS EXCLUSIVE",
] as const;

/** Table-level lock modes of PostgreSQL, weakest first. */
export type LockMode = (typeof lockModes)[number];

// https://www.postgresql.org/docs/current/explicit-locking.html#TABLE-LOCK-COMPATIBILITY
const conflicts: Record<LockMode, readonly LockMode[]> = {
  "ACCESS SHARE": ["ACCESS EXCLUSIVE"],
  "ROW SHARE": ["EXCLUSIVE", "ACCESS EXCLUSIVE"],
  "ROW EXCLUSIVE": ["SHARE", "SHARE ROW EXCLUSIVE", "EXCLUSIVE", "ACCESS EXCLUSIVE"],
  "SHARE UPDATE EXCLUSIVE": lockModes.slice(3),
  SHARE: lockModes.filter((mode) => !["ACCESS SHARE", "ROW SHARE", "SHARE"].includes(mode)),
  "SHARE ROW EXCLUSIVE": lockModes.slice(2),
  EXCLUSIVE: lockModes.slice(1),
  "ACCESS EXCLUSIVE": lockModes,
};

/** The modes that nobody else may hold on a relation while one holds `mode` on it. */
export function conflictingModes(mode: LockMode): readonly LockMode[] {
  return conflicts[mode];
}

export function isStronger(mode: LockMode, than: LockMode): boolean {
  return lockModes.indexOf(mode) > lockModes.indexOf(than);
}

/** What of the product's work waits while `mode` is held: reads, writes, both, or neither (other changes of schema only). */
export function whatWaits(mode: LockMode): "reads and writes" | "writes" | "nothing of the product" {
  if (mode === "ACCESS EXCLUSIVE") return "reads and writes";
  return conflicts[mode].includes("ROW EXCLUSIVE") ? "writes" : "nothing of the product";
}
