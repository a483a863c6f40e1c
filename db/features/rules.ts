import { sql } from "drizzle-orm";

import { available, defineFeature, limited, missing } from "./feature";

const migrate = "npm run db:migrate";

export const overlapConstraint = defineFeature<{ isThere: boolean; isDeferrable: boolean }>({
  id: "overlap-constraint",
  title: "No double booking",
  purpose: "No guard can have two shifts at once, also when two planners commit in the same moment.",
  needs: "exclusion constraint on shifts",
  query: sql`
    select count(*) > 0 as "isThere", coalesce(bool_or(condeferrable), false) as "isDeferrable"
    from pg_constraint
    where conrelid = to_regclass('public.shifts') and contype = 'x'`,
  judge: ({ isThere, isDeferrable }) => {
    if (!isThere) return missing(`shifts has no exclusion constraint; ${migrate} adds it.`, null);
    if (!isDeferrable) return limited("The constraint is not deferrable, so two guards cannot be swapped.", null);
    return available("An exclusion constraint guards each insert and update.");
  },
});

export const certificateRule = defineFeature<{ hasParser: boolean; hasTrigger: boolean; isEnabled: boolean }>({
  id: "certificate-rule",
  title: "Certificates are checked",
  purpose: "A guard whose VCA or pass ends before the shift does cannot be assigned.",
  needs: "function certificate_valid_until and trigger shifts_require_certificates",
  query: sql`
    select exists (select from pg_proc where proname = 'certificate_valid_until') as "hasParser",
           count(*) > 0 as "hasTrigger",
           coalesce(bool_or(tgenabled <> 'D'), false) as "isEnabled"
    from pg_trigger
    where tgrelid = to_regclass('public.shifts') and tgname = 'shifts_require_certificates'`,
  judge: ({ hasParser, hasTrigger, isEnabled }) => {
    if (!hasParser || !hasTrigger) return missing(`The rule is not in the database; ${migrate} adds it.`, null);
    if (!isEnabled) {
      return missing(
        "The trigger is there and switched off.",
        "alter table shifts enable trigger shifts_require_certificates;",
      );
    }
    return available("A trigger checks each assignment.");
  },
});

const published = ["shifts", "gps_checkins", "finqle_transactions", "incidents"];

export const publication = defineFeature<{ isThere: boolean; absent: string[] }>({
  id: "publication",
  title: "Publication",
  purpose: "Subscribers of the product hear of shifts, check-ins, payments and incidents.",
  needs: `publication supabase_realtime of ${published.join(", ")}`,
  query: sql`
    select exists (select from pg_publication where pubname = 'supabase_realtime') as "isThere",
           array(
             select wanted.name
             from unnest(string_to_array(${published.join(",")}, ',')) as wanted (name)
             where not exists (
               select from pg_publication_tables
               where pubname = 'supabase_realtime' and schemaname = 'public' and tablename = wanted.name
             )
           ) as "absent"`,
  judge: ({ isThere, absent }) => {
    if (!isThere) {
      return missing(
        "The publication supabase_realtime is not there.",
        `create publication supabase_realtime for table ${published.join(", ")};`,
      );
    }
    if (absent.length > 0) {
      return limited(
        `The publication lacks ${absent.join(", ")}.`,
        `alter publication supabase_realtime add table ${absent.join(", ")};`,
      );
    }
    return available("supabase_realtime carries all four tables.");
  },
});
