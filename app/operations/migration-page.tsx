import { Badge } from "~/ui/badge";
import { ButtonLink } from "~/ui/button";
import { formatSeconds } from "~/ui/format";
import { KeyValue } from "~/ui/key-value";
import { Page, Section } from "~/ui/page";
import { Age, Time } from "~/ui/time";
import type { MigrationRead } from "./read-migrations.server";
import { SideSection } from "./side-section";

/** One migration: when it was applied, and statement by statement what it does and what its roll-back does. */
export function MigrationPage({ read }: { read: MigrationRead }) {
  const { readAt, label, database, ledger, isKnown, isNext, isNewest, mayMigrate, isTransactional, up, down } = read;
  const field = `migration=${encodeURIComponent(label)}`;
  const manner = (isWhole: boolean) =>
    isWhole ? "in one transaction" : "statement by statement, outside transactions";
  return (
    <Page
      title={label}
      age={
        <>
          Read <Age at={readAt} />
        </>
      }
      actions={
        <ButtonLink to="/operations/migrations" tone="quiet">
          All migrations
        </ButtonLink>
      }
    >
      <Section title="Ledger">
        <KeyValue
          entries={[
            { label: "Database", value: database },
            {
              label: "State",
              value: isKnown ? (
                <Badge severity={ledger ? "neutral" : "warning"}>{ledger?.origin ?? "pending"}</Badge>
              ) : null,
            },
            ...(ledger
              ? [
                  { label: "When", value: <Time at={ledger.appliedAt} style="stamp" /> },
                  { label: "By", value: ledger.appliedBy },
                  { label: "Took", value: formatSeconds(ledger.durationMs / 1000) },
                ]
              : []),
          ]}
        />
      </Section>
      <SideSection
        title="Up"
        note={manner(isTransactional.up)}
        side={up}
        headingAction={
          mayMigrate && isNext ? (
            <ButtonLink to={`/operations/new/migrate-next?${field}`} size="sm" tone="primary">
              Apply it
            </ButtonLink>
          ) : undefined
        }
      />
      <SideSection
        title="Down"
        note={
          ledger?.origin === "adopted" ? "not run: what was adopted is left in place" : manner(isTransactional.down)
        }
        side={down}
        headingAction={
          mayMigrate && isNewest ? (
            <ButtonLink to={`/operations/new/roll-back-migration?${field}`} size="sm">
              Roll it back
            </ButtonLink>
          ) : undefined
        }
      />
    </Page>
  );
}
