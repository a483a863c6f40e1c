import type { LockMode } from "./lock-mode";

export type { LockMode } from "./lock-mode";

export type StatementLock = {
  /** Schema-qualified as written, or in public where no schema is written. */
  relation: string;
  mode: LockMode;
  /** What the statement does while it holds the lock; the lock itself stays until the transaction ends. */
  held: "brief" | "scan" | "rewrite" | "build";
};

export type StatementWork = "none" | "scan" | "rewrite" | "build";

/** What one statement of a migration does to a server of one major version. */
export type StatementEffect = {
  /** As it is written, without its semicolon. */
  text: string;
  /** What it does, one plain sentence. */
  words: string;
  /** Locks that it takes on relations that stand before it; empty where it only makes something new. */
  locks: StatementLock[];
  /** The heaviest thing that it does to the rows of a table that stands. */
  work: StatementWork;
  /** True for CONCURRENTLY: it waits for every older transaction, and needs a watchdog instead of a lock_timeout. */
  isConcurrent: boolean;
  canRunInTransaction: boolean;
  /** False where rows or values are gone for good after it, whatever the down side does. */
  isReversible: boolean;
  /** False where nobody has stated what this class of statement locks: it is treated as ACCESS EXCLUSIVE. */
  isKnown: boolean;
};
