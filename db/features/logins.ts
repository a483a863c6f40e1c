import { sql } from "drizzle-orm";

import { available, defineFeature, limited, missing } from "./feature";

const serving = ["console_read", "console_ops", "console_admin"];

type Logins = Record<"absent" | "lockedOut" | "tooStrong", string[] | null>;

export const logins = defineFeature<Logins>({
  id: "logins",
  title: "Logins of the console",
  purpose: "Reading, changing and maintaining go through three logins that cannot do more.",
  needs: `roles ${serving.join(", ")}`,
  query: sql`
    select array_agg(wanted.name) filter (where role.oid is null) as "absent",
           array_agg(wanted.name) filter (where not role.rolcanlogin) as "lockedOut",
           array_agg(wanted.name) filter (where role.rolsuper or role.rolbypassrls and wanted.name <> 'console_read')
             as "tooStrong"
    from unnest(string_to_array(${serving.join(",")}, ',')) as wanted (name)
    left join pg_roles as role on role.rolname = wanted.name`,
  judge: ({ absent, lockedOut, tooStrong }) => {
    if (absent) return missing(`There is no role ${absent.join(", ")}; npm run db:migrate makes it.`, null);
    if (lockedOut) {
      return missing(`${lockedOut.join(", ")} may not log in; npm run db:migrate sets the passwords.`, null);
    }
    if (tooStrong) {
      const weaken = tooStrong.map((name) => `alter role ${name} nosuperuser nobypassrls;`).join("\n");
      return limited(`${tooStrong.join(", ")} may do more than the console needs.`, weaken);
    }
    return available("All three may log in, none is a superuser.");
  },
});

type Restraints = { login: string; isReadOnly: boolean; statementTimeout: string; lockTimeout: string };

export const restraints = defineFeature<Restraints>({
  id: "read-restraints",
  title: "Reading is harmless",
  purpose: "A page can neither write nor hold up SecuryFlex, whatever it asks.",
  needs: "read-only transactions, statement_timeout and lock_timeout for the login that reads",
  query: sql`
    select current_user as "login", current_setting('default_transaction_read_only') = 'on' as "isReadOnly",
           current_setting('statement_timeout') as "statementTimeout", current_setting('lock_timeout') as "lockTimeout"`,
  judge: ({ login, isReadOnly, statementTimeout, lockTimeout }) => {
    const cures = [
      ...(isReadOnly ? [] : [`alter role ${login} set default_transaction_read_only = on;`]),
      ...(statementTimeout === "0" ? [`alter role ${login} set statement_timeout = '5s';`] : []),
      ...(lockTimeout === "0" ? [`alter role ${login} set lock_timeout = '500ms';`] : []),
    ];
    if (cures.length === 0) {
      return available(`Read-only; statements end after ${statementTimeout}, waits for a lock after ${lockTimeout}.`);
    }
    return limited(`${login} lacks ${cures.length} of 3 restraints.`, cures.join("\n"));
  },
});

export const monitoring = defineFeature<{ login: string; isMember: boolean }>({
  id: "monitoring",
  title: "Sight of other sessions",
  purpose: "Shows what other backends run, wait for and block.",
  needs: "role pg_monitor",
  query: sql`select current_user as "login", pg_has_role('pg_monitor', 'usage') as "isMember"`,
  judge: ({ login, isMember }) =>
    isMember
      ? available("The login is a member of pg_monitor.")
      : missing("Statements and waits of other users are hidden from the login.", `grant pg_monitor to ${login};`),
});

const watched = [
  ...["organizations", "users", "locations", "shifts", "security_professionals", "gps_checkins"],
  ...["incidents", "finqle_transactions", "notifications"],
];

type Rows = { login: string; absent: string[]; forbidden: string[]; hidden: string[] };

export const rows = defineFeature<Rows>({
  id: "rows",
  title: "Shifts, guards and check-ins",
  purpose: "The live map, the shifts and the SLA read the rows of SecuryFlex.",
  needs: `select on ${watched.length} tables, past row level security`,
  query: sql`
    with relations as (
      select wanted.name, to_regclass('public.' || wanted.name) as relation
      from unnest(string_to_array(${watched.join(",")}, ',')) as wanted (name)
    )
    select current_user as "login",
           array(select name from relations where relation is null) as "absent",
           array(select name from relations where not has_table_privilege(relation, 'select')) as "forbidden",
           array(
             select name from relations
             where relation is not null and row_security_active(relation)
               and not exists (
                 select from pg_policy
                 where polrelid = relation and polpermissive and polcmd in ('r', '*')
                   and pg_get_expr(polqual, polrelid) = 'true'
                   and exists (select from unnest(polroles) as granted where granted <> 0 and pg_has_role(granted, 'usage'))
               )
           ) as "hidden"`,
  judge: ({ login, absent, forbidden, hidden }) => {
    if (absent.length > 0) return missing(`There is no table ${absent.join(", ")}; npm run db:migrate makes it.`, null);
    if (forbidden.length > 0) {
      return missing(
        `The login may not read ${forbidden.join(", ")}.`,
        `grant select on ${forbidden.join(", ")} to ${login};`,
      );
    }
    if (hidden.length > 0) {
      const policies = hidden.map((name) => `create policy ${login} on ${name} for select to ${login} using (true);`);
      return missing(`Row level security hides the rows of ${hidden.join(", ")}.`, policies.join("\n"));
    }
    return available(`All ${watched.length} tables can be read.`);
  },
});
