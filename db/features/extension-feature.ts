import { sql } from "drizzle-orm";

import { available, defineFeature, type Feature, limited, missing } from "./feature";

type Facts = {
  /** Null where the server has no files of it. */
  offeredVersion: string | null;
  /** Null where the database has not created it. */
  installedVersion: string | null;
  schema: string | null;
  isExecutable: boolean;
  /** The forms of the function, as GRANT names them; null where there is none. */
  signatures: string | null;
  login: string;
  isLoaded: boolean;
  readsAllStatistics: boolean;
};

type Options = Pick<Feature, "id" | "title" | "purpose"> & {
  extension: string;
  /** The function of the extension that the console calls. */
  calls: string;
  /** A setting that only a loaded library defines; without it the library needs no preloading. */
  loadedSetting?: string;
  /** Role that may call the function where the public may not. */
  grantedBy?: string;
  /** True where rows of other users are hidden without pg_read_all_stats. */
  hidesOthers?: boolean;
};

/** A feature that stands on one function of one extension. */
export function extensionFeature({ extension, calls, loadedSetting, grantedBy, hidesOthers, ...rest }: Options) {
  const create = `create extension ${extension};`;
  return defineFeature<Facts>({
    ...rest,
    needs: `extension ${extension}${loadedSetting ? ", preloaded" : ""}`,
    query: sql`
      select (select default_version from pg_available_extensions where name = ${extension}) as "offeredVersion",
             extension.extversion as "installedVersion",
             namespace.nspname as "schema",
             coalesce((
               select bool_or(has_function_privilege(function.oid, 'execute'))
               from pg_proc as function
               where function.proname = ${calls} and function.pronamespace = extension.extnamespace
             ), false) and coalesce(has_schema_privilege(extension.extnamespace, 'usage'), false) as "isExecutable",
             (
               select string_agg(format(
                 '%I.%I(%s)', namespace.nspname, function.proname, pg_get_function_identity_arguments(function.oid)
               ), ', ')
               from pg_proc as function
               where function.proname = ${calls} and function.pronamespace = extension.extnamespace
             ) as "signatures",
             current_user as "login",
             ${loadedSetting ?? null}::text is null
               or exists (select from pg_settings where name = ${loadedSetting ?? null}::text) as "isLoaded",
             pg_has_role('pg_read_all_stats', 'usage') as "readsAllStatistics"
      from (select) as always
      left join pg_extension as extension on extension.extname = ${extension}
      left join pg_namespace as namespace on namespace.oid = extension.extnamespace`,
    judge: (facts) => {
      if (!facts.installedVersion) {
        return facts.offeredVersion
          ? missing(`The extension ${extension} is not created in this database.`, create)
          : missing(
              `The server has no files of the extension ${extension}; install its package, then create it.`,
              create,
            );
      }
      if (!facts.isLoaded) {
        const preload = `alter system set shared_preload_libraries = '${extension}'; -- keep what stands there; restart`;
        return missing(`The extension ${extension} is created, but the server did not preload it.`, preload);
      }
      if (!facts.isExecutable) {
        const grant = grantedBy
          ? `grant ${grantedBy} to ${facts.login};`
          : `grant usage on schema ${facts.schema} to ${facts.login};
grant execute on function ${facts.signatures} to ${facts.login};`;
        return missing(`The login may not call ${facts.schema}.${calls}.`, grant);
      }
      if (hidesOthers && !facts.readsAllStatistics) {
        return limited("Texts of other users are hidden from the login.", `grant pg_monitor to ${facts.login};`);
      }
      return available(`${extension} ${facts.installedVersion} in schema ${facts.schema}.`);
    },
  });
}
