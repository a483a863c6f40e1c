import { Badge } from "~/ui/badge";
import { ButtonLink } from "~/ui/button";
import { EmptyState } from "~/ui/empty-state";
import { Page, Section } from "~/ui/page";
import { Age } from "~/ui/time";
import { MigrationsTable } from "./migrations-table";
import type { MigrationsRead } from "./read-migrations.server";
import { SideSection } from "./side-section";

const asked = (operation: string, name: string, label: string) =>
  `/operations/new/${operation}?${name}=${encodeURIComponent(label)}`;

/** What is pending and what it would do now, then everything that was applied. */
export function MigrationsPage({ read }: { read: MigrationsRead }) {
  const { readAt, migrations, pending, newest, drift, mayMigrate } = read;
  const [first, last] = [pending[0], pending.at(-1)];
  return (
    <Page
      title="Migrations"
      description="What the migrations made of both databases, and what those that are pending would do now. Those of the console's own database come with its deploy."
      age={
        <>
          Read <Age at={readAt} />
        </>
      }
      actions={
        <ButtonLink to="/operations" tone="quiet">
          All operations
        </ButtonLink>
      }
    >
      {drift && (
        <p role="alert" className="rounded-md bg-critical-soft px-3 py-2 text-critical">
          {drift}
        </p>
      )}
      {typeof migrations === "string" ? (
        <Section title="Migrations">
          <p>
            <Badge severity="unknown">unknown</Badge> <span className="text-muted">{migrations}</span>
          </p>
        </Section>
      ) : (
        <>
          <Section
            title="Pending in SecuryFlex"
            note={pending.length === 0 ? "none" : String(pending.length)}
            actions={
              mayMigrate && first && last && first !== last ? (
                <ButtonLink to={asked("migrate-all", "through", last.label)} size="sm">
                  Apply all {pending.length}
                </ButtonLink>
              ) : undefined
            }
          >
            {pending.length === 0 ? (
              drift === null && (
                <EmptyState title="Nothing is pending">SecuryFlex holds every migration of this console.</EmptyState>
              )
            ) : (
              <ul className="flex flex-wrap gap-2">
                {pending.map(({ label }) => (
                  <li key={label}>
                    <ButtonLink to={`/operations/migrations/securyflex/${label}`} size="sm" tone="quiet">
                      <code className="font-mono text-xs">{label}</code>
                    </ButtonLink>
                  </li>
                ))}
              </ul>
            )}
          </Section>
          {pending.map(
            ({ label, review }) =>
              review && (
                <SideSection
                  key={label}
                  title={label}
                  note="what it would do now"
                  side={review}
                  headingAction={
                    mayMigrate && label === first?.label ? (
                      <ButtonLink to={asked("migrate-next", "migration", label)} size="sm" tone="primary">
                        Apply it
                      </ButtonLink>
                    ) : undefined
                  }
                />
              ),
          )}
          <Section
            title="All of both databases"
            note={`${migrations.length}, newest first`}
            actions={
              mayMigrate && newest ? (
                <ButtonLink to={asked("roll-back-migration", "migration", newest)} size="sm">
                  Roll the last one back
                </ButtonLink>
              ) : undefined
            }
            flush
          >
            <MigrationsTable migrations={migrations} />
          </Section>
        </>
      )}
    </Page>
  );
}
