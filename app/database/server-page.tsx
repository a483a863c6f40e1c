import { Badge } from "~/ui/badge";
import { EmptyState } from "~/ui/empty-state";
import { Page, Section } from "~/ui/page";
import { Age } from "~/ui/time";
import { DatabaseTabs } from "./database-tabs";
import { FeaturesTable } from "./features-table";
import type { DatabaseRead } from "./read-database.server";
import { ServerSection } from "./server-section";

/** Who the server is, what it permits this console, and what is pending. */
export function ServerPage({ read }: { read: DatabaseRead }) {
  const { readAt, server, samples, features, pending } = read;
  const availableCount = features?.filter(({ state }) => state === "available").length ?? 0;
  return (
    <Page
      title="Server and features"
      description="The server of SecuryFlex and what it permits this console."
      age={
        <>
          Read <Age at={readAt} />
        </>
      }
    >
      <DatabaseTabs current="server" />
      <div className="grid items-start gap-5 xl:grid-cols-2">
        <ServerSection server={server} samples={samples} />
        <Section title="Pending migrations">
          <PendingMigrations pending={pending} />
        </Section>
      </div>
      <Section
        title="Features"
        note={features ? `${availableCount} of ${features.length} available; unknown is not available` : undefined}
        flush
      >
        {features ? (
          <FeaturesTable features={features} />
        ) : (
          <EmptyState title="What the database permits is unknown">
            It is read as soon as the database answers again.
          </EmptyState>
        )}
      </Section>
    </Page>
  );
}

function PendingMigrations({ pending }: Pick<DatabaseRead, "pending">) {
  if (pending === null || typeof pending === "string") {
    return (
      <p>
        <Badge severity="unknown">unknown</Badge>{" "}
        <span className="text-muted">{pending ?? "The ledger is read as soon as the database answers again."}</span>
      </p>
    );
  }
  if (pending.length === 0) {
    return (
      <p>
        <Badge severity="ok">none</Badge>{" "}
        <span className="text-muted">Both databases hold every migration of this console.</span>
      </p>
    );
  }
  return (
    <>
      <p>
        <Badge severity="warning">{pending.length} pending</Badge>{" "}
        <span className="text-muted">Run npm run db:migrate.</span>
      </p>
      <ul className="mt-2 font-mono text-xs">
        {pending.map((label) => (
          <li key={label}>{label}</li>
        ))}
      </ul>
    </>
  );
}
