import type postgres from "postgres";

import { runFormatted } from "./run-formatted";

/** An empty database with encoding, locale and owner of the one that `sql` is connected to. Needs CREATEDB. */
export async function createDatabaseLike(sql: postgres.ReservedSql, name: string): Promise<void> {
  const [like] = await sql<
    { encoding: string; collate: string; ctype: string; provider: string; locale: string | null; owner: string }[]
  >`
    select pg_encoding_to_char(encoding) as encoding, datcollate as collate, datctype as ctype,
           coalesce(to_jsonb(base) ->> 'datlocprovider', 'c') as provider, pg_get_userbyid(datdba) as owner,
           coalesce(to_jsonb(base) ->> 'datlocale', to_jsonb(base) ->> 'daticulocale') as locale
    from pg_database as base where datname = current_database()`;
  if (!like) throw new Error("The database has no row in pg_database.");
  const { encoding, collate, ctype, provider, locale, owner } = like;
  const base = "create database %I template template0 owner %I encoding %L lc_collate %L lc_ctype %L";
  const names = [name, owner, encoding, collate, ctype];
  if (provider === "i") await runFormatted(sql, `${base} locale_provider icu icu_locale %L`, ...names, locale ?? "und");
  else if (provider === "b")
    await runFormatted(sql, `${base} locale_provider builtin builtin_locale %L`, ...names, locale ?? "C");
  else await runFormatted(sql, base, ...names);
}

/** Gives a database the settings and privileges of the one that `sql` is connected to, which no dump of one holds. */
export async function copyDatabaseSettings(sql: postgres.ReservedSql, name: string): Promise<void> {
  const settings = await sql<{ role: string | null; key: string; value: string }[]>`
    select rolname as role, split_part(setting, '=', 1) as key, substr(setting, strpos(setting, '=') + 1) as value
    from pg_db_role_setting
    left join pg_roles on pg_roles.oid = setrole
    cross join unnest(setconfig) as setting
    where setdatabase = (select oid from pg_database where datname = current_database())`;
  for (const { role, key, value } of settings) {
    if (role) await runFormatted(sql, "alter role %I in database %I set %I = %L", role, name, key, value);
    else await runFormatted(sql, "alter database %I set %I = %L", name, key, value);
  }
  const [own] = await sql<{ isDefault: boolean }[]>`
    select datacl is null as "isDefault" from pg_database where datname = current_database()`;
  if (own?.isDefault) return;
  await runFormatted(sql, "revoke all on database %I from public", name);
  const grants = await sql<{ privilege: string; grantee: string | null }[]>`
    select privilege_type as privilege, case when grantee <> 0 then pg_get_userbyid(grantee) end as grantee
    from pg_database cross join aclexplode(datacl) where datname = current_database()`;
  const words = new Map([
    ["CONNECT", "connect"],
    ["CREATE", "create"],
    ["TEMPORARY", "temporary"],
  ]);
  for (const { privilege, grantee } of grants) {
    const word = words.get(privilege);
    if (word && grantee) await runFormatted(sql, `grant ${word} on database %I to %I`, name, grantee);
    else if (word) await runFormatted(sql, `grant ${word} on database %I to public`, name);
  }
}
