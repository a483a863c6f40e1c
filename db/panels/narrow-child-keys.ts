import { sql } from "drizzle-orm";

import { isUserRelation } from "../database/catalog-fragments";
import { definePanel } from "../panel";

export const narrowChildKeys = definePanel({
  id: "narrow-child-keys",
  group: "size",
  title: "Keys narrower than their parent",
  question: "Which references cannot hold every key of the table they point at?",
  requires: {},
  sql: () => sql`
    select conname as "constraint", conrelid::regclass || '.' || quote_ident(child.attname) as "column",
           format_type(child.atttypid, null) as "type",
           confrelid::regclass || '.' || quote_ident(parent.attname) as "references",
           format_type(parent.atttypid, null) as "referencedType",
           1 as "narrow"
    from pg_constraint
    join pg_class on pg_class.oid = conrelid
    cross join lateral unnest(conkey, confkey) as pair (child_number, parent_number)
    join pg_attribute as child on child.attrelid = conrelid and child.attnum = child_number
    join pg_attribute as parent on parent.attrelid = confrelid and parent.attnum = parent_number
    where contype = 'f' and ${isUserRelation}
      and conparentid = 0 and not relispartition
      and child.atttypid in ('smallint'::regtype, 'integer'::regtype, 'bigint'::regtype)
      and parent.atttypid in ('smallint'::regtype, 'integer'::regtype, 'bigint'::regtype)
      and child.attlen < parent.attlen
    order by conname`,
  columns: {
    constraint: { label: "Foreign key", unit: "text" },
    column: { label: "Column", unit: "text" },
    type: { label: "Type", unit: "text" },
    references: { label: "References", unit: "text" },
    referencedType: { label: "Of type", unit: "text" },
    narrow: { label: "Narrower", unit: "count" },
  },
  key: ["constraint", "column"],
  threshold: {
    column: "narrow",
    worseWhen: "above",
    warning: 0,
    critical: null,
    source: "https://www.postgresql.org/docs/current/datatype-numeric.html#DATATYPE-INT",
  },
  finding: ({ column, type, references, referencedType }) =>
    `${column} is ${type} and points at ${references}, which is ${referencedType}.`,
  everySeconds: 3600,
  remedy: { text: "Widen the column before the parent's keys outgrow it." },
  empty: "Every reference is as wide as what it points at.",
  source: "https://www.postgresql.org/docs/current/catalog-pg-constraint.html",
});
