import { Badge } from "~/ui/badge";
import { formatBytes, formatCount, formatPercent, formatShare } from "~/ui/format";
import { KeyValue } from "~/ui/key-value";
import { Section } from "~/ui/page";
import { Age, Time } from "~/ui/time";
import { connectionThresholds, judgeConnections } from "./judge-connections";
import type { DatabaseRead } from "./read-database.server";

const { warningRatio, criticalRatio } = connectionThresholds;

/** Who the server is and how full it is; a sentence where it could not be read. */
export function ServerSection({ server, samples }: Pick<DatabaseRead, "server" | "samples">) {
  const answered = {
    label: "Answered",
    value: formatShare(samples.answered, samples.taken, "no sample"),
    note:
      samples.taken === 0
        ? "the worker has taken none in the last hour"
        : `samples of the worker in the last hour, one a minute${peak(samples.connectionsPeak)}`,
  };
  if (typeof server === "string") {
    return (
      <Section title="Server">
        <KeyValue
          entries={[
            { label: "State", value: <Badge severity="unknown">unknown</Badge>, note: server },
            { label: "Last answered", value: <Age at={samples.lastAnsweredAt} none="not in the last hour" /> },
            answered,
          ]}
        />
      </Section>
    );
  }
  const { connectionsUsed: used, connectionsAvailable: open } = server;
  return (
    <Section
      title="Server"
      note={
        <>
          read <Age at={server.readAt} />
        </>
      }
    >
      <KeyValue
        entries={[
          { label: "Version", value: `PostgreSQL ${server.version}` },
          { label: "Role", value: server.isInRecovery ? "standby, read-only" : "primary" },
          { label: "Started", value: <Age at={server.startedAt} />, note: <Time at={server.startedAt} style="full" /> },
          { label: "Database", value: server.databaseName, note: formatBytes(server.sizeBytes) },
          {
            label: "Connections",
            value: (
              <Badge severity={judgeConnections(used, open)}>
                {formatCount(used)} of {formatCount(open)}
                {used !== null && `, ${formatPercent(used / open)}`}
              </Badge>
            ),
            note: `client backends, of max_connections without reserved ones; warning from ${warningRatio * 100} %, critical from ${criticalRatio * 100} %`,
          },
          answered,
        ]}
      />
    </Section>
  );
}

function peak(connections: number | null): string {
  return connections === null ? "" : `; at most ${formatCount(connections)} connections`;
}
