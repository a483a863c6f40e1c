import { Badge } from "~/ui/badge";
import { ButtonLink } from "~/ui/button";
import { Page, Section } from "~/ui/page";
import { Age } from "~/ui/time";
import { InstancesTable } from "./instances-table";
import { JobsTable } from "./jobs-table";
import type { OperationsRead } from "./read-operations.server";
import { RunsSection } from "./runs-section";
import { TroubledRunsTable } from "./troubled-runs-table";

export function OperationsPage({ read }: { read: OperationsRead }) {
  const { readAt, jobs, troubled, instances, migrations } = read;
  const aliveCount = instances.filter(({ state }) => state === "alive").length;
  return (
    <Page
      title="Operations"
      description="What people had done, what the console does by itself, and what the migrations made of both databases."
      age={
        <>
          Read <Age at={readAt} />
        </>
      }
      actions={
        <>
          <ButtonLink to="/operations/messages" tone="quiet">
            Messages
          </ButtonLink>
          <ButtonLink to="/operations/backups" tone="quiet">
            Backups
          </ButtonLink>
        </>
      }
    >
      <RunsSection {...read} />
      <Section title="Failures" note="failed or lost in the last 7 days, at most 50" flush>
        <TroubledRunsTable runs={troubled} />
      </Section>
      <Section title="Jobs" note="schedules in Europe/Amsterdam" flush>
        <JobsTable jobs={jobs} />
      </Section>
      <Section title="Workers" note={`${aliveCount} alive; seen in the last 24 hours`} flush>
        <InstancesTable instances={instances} />
      </Section>
      <Section
        title="Migrations"
        actions={
          <ButtonLink to="/operations/migrations" size="sm">
            All migrations
          </ButtonLink>
        }
      >
        {typeof migrations === "string" ? (
          <p>
            <Badge severity="unknown">unknown</Badge> <span className="text-muted">{migrations}</span>
          </p>
        ) : (
          <p>
            <Badge severity={migrations.pending > 0 ? "warning" : "ok"}>{migrations.pending} pending</Badge>{" "}
            <span className="text-muted">of {migrations.known} of both databases</span>
          </p>
        )}
      </Section>
    </Page>
  );
}
