import type { Database } from "../../connections";
import { readCursorAndClock } from "./snapshot-cursor";

/**
 * How far a page has been told: the changes that it has seen, and up to which instant shifts that only time brings to
 * the board, or takes from it, were counted in.
 */
export type FeedPosition = { cursor: string; sweptAt: Date };

export function formatPosition({ cursor, sweptAt }: FeedPosition): string {
  return `${sweptAt.getTime()}~${cursor}`;
}

/** Undefined for what no page was ever told. */
export function parsePosition(text: string): FeedPosition | undefined {
  const [, sweptAtMs, cursor] = /^(\d{1,13})~(.+)$/s.exec(text) ?? [];
  return sweptAtMs && cursor ? { cursor, sweptAt: new Date(Number(sweptAtMs)) } : undefined;
}

/**
 * The position of a board that is read after it, and the instant to read it at: the database's clock, so that no
 * check-in lies in its future. The position is null on a standby.
 */
export async function readPosition(db: Database): Promise<{ position: string | null; asOf: Date }> {
  const { cursor, asOf } = await readCursorAndClock(db);
  return { position: cursor === null ? null : formatPosition({ cursor, sweptAt: asOf }), asOf };
}
