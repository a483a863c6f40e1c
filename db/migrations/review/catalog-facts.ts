/** What the catalog knows of one relation that a script names, or that is tied to one by a foreign key or a partition. */
export type RelationFacts = {
  /** Needed to find its locks. */
  oid: number;
  name: string;
  kind: "table" | "partitioned table" | "materialized view" | "view" | "index" | "sequence" | "other";
  /** Of an index: its table. */
  tableOfIndex: string | null;
  /** Bytes with indexes and TOAST, its partitions included; null where a lock hides it. */
  sizeBytes: number | null;
  /** By the last estimate of the server; null where it was never analysed. */
  rows: number | null;
  /** Types as `format_type` spells them, by column. */
  columns: Record<string, { type: string; isNotNull: boolean }>;
  constraints: ConstraintFacts[];
  /** Tables whose foreign keys point here. */
  children: string[];
  partitions: string[];
  partitionOf: string | null;
  /** The default partition, whose rows are read when another one comes. */
  defaultPartition: string | null;
};

export type ConstraintFacts = {
  name: string;
  kind: "check" | "foreign key" | "not null" | "unique" | "primary key" | "exclusion" | "other";
  isValid: boolean;
  columns: string[];
  /** Of a foreign key. */
  references: string | null;
  /** As `pg_get_constraintdef` spells it. */
  definition: string;
};

export type CatalogFacts = {
  /** False where no server was asked; then a relation that is not here is taken for a large one that stands. */
  isRead: boolean;
  serverMajor: number;
  relations: ReadonlyMap<string, RelationFacts>;
  /** Domains with constraints, by bare name: a column of one is checked row by row. */
  constrainedDomains: ReadonlySet<string>;
};

/** For a script that is read without a server: the worst is taken where only the catalog knows better. */
export function unknownCatalog(serverMajor: number): CatalogFacts {
  return { isRead: false, serverMajor, relations: new Map(), constrainedDomains: new Set() };
}

/**
 * A table of at most 10 MiB, indexes included, is small: it is read or written anew in about half a second, which is less
 * than a request may wait for. From pages of 8 KiB at 20 MiB/s, the slow end of what a busy disk writes.
 */
export const smallTableBytes = 10 * 1024 ** 2;

/** False where its size is unknown. What is not there at all has no rows to wait for. */
export function isSmall(facts: CatalogFacts, relation: string): boolean {
  const known = facts.relations.get(relation);
  if (!known) return facts.isRead;
  return known.sizeBytes !== null && known.sizeBytes <= smallTableBytes;
}

/** True only where the server says that there is no row. */
export function isEmpty(facts: CatalogFacts, relation: string): boolean {
  const known = facts.relations.get(relation);
  return known ? known.rows === 0 : facts.isRead;
}
