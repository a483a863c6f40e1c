import { unreadableReason } from "./unreadable-reason";

const reasons: Record<string, string> = {
  "42501": "the login that reads has no right to what the statement does.",
  "42P18": "the type of a parameter cannot be told from its text.",
  "42725": "the type of a parameter cannot be told from its text.",
  "42883": "a function or operator is not there for the types that its parameters seem to have.",
  "42804": "the type of a parameter cannot be told from its text.",
  "42846": "the type of a parameter cannot be told from its text.",
  "42P01": "a table that it names is not there for the login that reads.",
  "3F000": "a schema that it names is not there for the login that reads.",
  "42703": "a column that it names is not there for the login that reads.",
  "42704": "a type that it names is not there for the login that reads.",
  "42601": "with its constants taken out the server does not read it as SQL.",
  "0A000": "the server does not plan it without its constants.",
  "55P03": "a table was locked, and not free in time.",
  "57014": "planning it took longer than the login may.",
};

/** Why a statement has no plan, one sentence without SQL and without what the server says of it, which may hold rows. */
export function unplannableReason(error: unknown): string {
  const known = reasons[sqlStateOf(error) ?? ""];
  return known ? `It cannot be planned: ${known}` : unreadableReason(error);
}

export function sqlStateOf(error: unknown): string | undefined {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const { code } = (cause ?? {}) as { code?: unknown };
  return typeof code === "string" ? code : undefined;
}
