import { splitNames } from "./sql-names";

export type ProposedFile = { name: string; text: string };

/**
 * The files of a migration that does and takes back what a panel proposes, numbered NNNN; one file alone where the way
 * back is not known. None for what is no change of the schema, such as a vacuum.
 */
export function proposeMigration({ up, down }: { up: string; down: string | null }): ProposedFile[] {
  const [, verb, path] = /^(create|drop|reindex) index (?:concurrently )?((?:"(?:[^"]|"")*"|[^\s";])+)/.exec(up) ?? [];
  if (!verb || !path) return [];
  const index = `${splitNames(path, ".").at(-1)}`.toLowerCase().replaceAll(/[^a-z0-9]+/g, "_");
  const name = `NNNN_${verb}_${index}`;
  const files = [{ name: `${name}.up.sql`, text: withHeader(up) }];
  return down === null ? files : [...files, { name: `${name}.down.sql`, text: withHeader(down) }];
}

/** What runs concurrently refuses to run inside a transaction, and the runner asks the file. */
function withHeader(statement: string): string {
  return `${/^\w+ index concurrently /.test(statement) ? "-- transaction: none\n" : ""}${statement}\n`;
}
