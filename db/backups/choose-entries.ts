import type { Manifest } from "./manifest";

export type TableInManifest = Manifest["tables"][number];

/**
 * Lines of pg_restore's list of contents that make up one table: rows, keys, indexes, sequences, triggers, policies,
 * privileges, and what of other tables went with it (`returning`). In the list's order.
 */
export function chooseEntries(
  list: string,
  table: TableInManifest,
  returning: TableInManifest["dependents"],
): string[] {
  const { schema, name, indexes, sequences } = table;
  const ofTable = ["TABLE", "TABLE DATA", "CONSTRAINT", "CHECK CONSTRAINT", "FK CONSTRAINT", "TRIGGER", "POLICY"];
  const starts = [
    ...[...ofTable, "ROW SECURITY", "DEFAULT", "RULE"].map((kind) => `${kind} ${schema} ${name} `),
    ...["TABLE", "COLUMN", "CONSTRAINT"].flatMap((kind) => [
      `ACL ${schema} ${kind} ${name} `,
      `ACL ${schema} ${kind} ${name}.`,
      `COMMENT ${schema} ${kind} ${name} `,
      `COMMENT ${schema} ${kind} ${name}.`,
    ]),
    ...indexes.flatMap((index) => [`INDEX ${schema} ${index} `, `COMMENT ${schema} INDEX ${index} `]),
    ...sequences.flatMap((sequence) => [
      ...["SEQUENCE", "SEQUENCE OWNED BY", "SEQUENCE SET"].map((kind) => `${kind} ${schema} ${sequence} `),
      `ACL ${schema} SEQUENCE ${sequence} `,
    ]),
    ...returning.map((other) => `${other.kind} ${other.schema} ${other.table} ${other.name} `),
  ];
  const inPublication = new RegExp(`^PUBLICATION TABLE ${literal(schema)} .+ ${literal(name)} `);
  return list.split("\n").filter((line) => {
    const what = /^\d+; \d+ \d+ (.+)$/.exec(line)?.[1];
    if (what === undefined) return false;
    return starts.some((start) => what.startsWith(start)) || inPublication.test(`${what} `);
  });
}

const literal = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
