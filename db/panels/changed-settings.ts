import { sql } from "drizzle-orm";

import { definePanel } from "../panel";

/** Names of settings that may hold a password or a key; so may every setting that an application invented. */
const secret = "secret|password|passphrase|conninfo|token|key|jwt|archive_command|restore_command";

/** Settings of roles and databases stand once for each role and database, whoever reads. */
export const changedSettings = definePanel({
  id: "changed-settings",
  group: "settings",
  title: "Settings that differ",
  question: "What was changed from the server's defaults, where, and what waits for a restart?",
  requires: { privilege: "pg_monitor" },
  sql: () => sql`
    select name as "setting", case when name ~* ${secret} then 'hidden' else setting end as "value", coalesce(unit, '') as "unit", boot_val as "default", source as "source",
           pending_restart as "needsRestart", pending_restart::integer as "pending"
    from pg_settings
    where source not in ('default', 'override', 'client', 'session', 'user', 'database', 'database user') and setting is distinct from boot_val
       or pending_restart
    union all
    select parts[1],
           case when parts[1] ~* ${secret} or parts[1] like '%.%' and parts[1] not in (select name from pg_settings) then 'hidden'
             else parts[2] end, '', null,
           concat_ws(', ', case when setrole <> 0 then 'role ' || setrole::regrole end,
             case when setdatabase <> 0 then 'database ' || (select datname from pg_database where oid = setdatabase) end),
           false, 0
    from pg_db_role_setting
    cross join lateral unnest(setconfig) as entry
    cross join lateral (select array[split_part(entry, '=', 1), substr(entry, strpos(entry, '=') + 1)] as parts) as split
    order by "pending" desc, "setting", "source"`,
  columns: {
    setting: { label: "Setting", unit: "text" },
    value: { label: "Value", unit: "text", description: "Hidden where it may hold a secret." },
    unit: { label: "Unit", unit: "text" },
    default: { label: "Default", unit: "text", description: "Empty for settings of a role or a database." },
    source: { label: "Set by", unit: "text" },
    needsRestart: { label: "Waits for a restart", unit: "boolean" },
    pending: { label: "Pending", unit: "count" },
  },
  key: ["setting", "source"],
  threshold: {
    column: "pending",
    worseWhen: "above",
    warning: 0,
    critical: null,
    source: "https://www.postgresql.org/docs/current/view-pg-settings.html",
  },
  finding: ({ setting }) => `${setting} was changed and takes effect only after a restart.`,
  everySeconds: 600,
  remedy: { text: "Plan the restart, or take the change back." },
  empty: "Every setting stands at its default.",
  source: "https://www.postgresql.org/docs/current/view-pg-settings.html",
});
