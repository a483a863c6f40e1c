import { Link } from "@remix-run/react";

import { Badge, type Severity } from "~/ui/badge";
import { ButtonLink } from "~/ui/button";
import { formatBytes, formatCount, formatSeconds } from "~/ui/format";
import { KeyValue } from "~/ui/key-value";
import { Page, Section } from "~/ui/page";
import { Age, Time } from "~/ui/time";
import { BackupsTable } from "./backups-table";
import type { BackupsFound, BackupsRead } from "./read-backups.server";

/** Backups, what they are worth, and to which moments they lead back. */
export function BackupsPage({ read }: { read: BackupsRead }) {
  const { readAt, found, mayAct, kept, nextAt, directory } = read;
  const isRead = typeof found !== "string";
  return (
    <Page
      title="Backups"
      description="That a backup was taken says how its program ended. That it can be used, only a restore proves."
      age={
        <>
          Read <Age at={readAt} />
        </>
      }
      actions={
        <>
          {isRead && mayAct && (
            <ButtonLink to={`/operations/new/take-backup?database=${encodeURIComponent(found.database)}`}>
              Take a backup
            </ButtonLink>
          )}
          <ButtonLink to="/operations" tone="quiet">
            All operations
          </ButtonLink>
        </>
      }
    >
      {isRead ? (
        <Found found={found} mayAct={mayAct} />
      ) : (
        <Section title="Backups">
          <p>
            <Badge severity="unknown">unknown</Badge> <span className="text-muted">{found}</span>
          </p>
        </Section>
      )}
      <Section title="Schedule and retention">
        <KeyValue
          entries={[
            { label: "Next by schedule", value: nextAt ? <Age at={nextAt} /> : "never: BACKUP_SCHEDULE is off" },
            { label: "Kept", value: kept },
            { label: "Folder", value: <code className="font-mono text-xs">{directory}</code> },
          ]}
        />
      </Section>
    </Page>
  );
}

function Found({ found, mayAct }: { found: BackupsFound; mayAct: boolean }) {
  const { targets, backups, beside } = found;
  return (
    <>
      <Section title="Recovery" note="measured by restores that were carried out" flush>
        <ul className="m-0 grid list-none gap-px bg-line p-0 sm:grid-cols-2">
          {targets.map(({ title, value, limit, severity, note }) => (
            <li key={title} className="flex flex-col gap-1 bg-surface px-4 py-3">
              <span className="text-xs text-muted">{title}</span>
              <span className="flex items-center gap-2">
                <span className="text-lg font-semibold tabular-nums">{formatSeconds(value)}</span>
                <Badge severity={severity}>{limit}</Badge>
              </span>
              <span className="text-xs text-muted">{note}</span>
            </li>
          ))}
        </ul>
      </Section>
      <Section title="Catalogue" note={`${backups.filter(({ state }) => state === "complete").length} complete`} flush>
        <BackupsTable backups={backups} mayAct={mayAct} />
      </Section>
      {beside.length > 0 && (
        <Section title="Databases beside" note="restored, or kept at a switch">
          <KeyValue
            entries={beside.map(({ name, note, sizeBytes }) => ({
              label: name,
              value: (
                <>
                  {note}; {formatBytes(sizeBytes)}
                </>
              ),
              note: mayAct && (
                <Link
                  className="text-accent underline-offset-2 hover:underline"
                  to={`/operations/new/switch-database?database=${encodeURIComponent(name)}`}
                >
                  Switch to it
                </Link>
              ),
            }))}
          />
        </Section>
      )}
      <PointInTime found={found} />
    </>
  );
}

const archivingSeverities: Record<BackupsFound["archiving"]["state"], Severity> = {
  off: "neutral",
  failing: "critical",
  silent: "warning",
  careless: "warning",
  working: "ok",
};

function PointInTime({ found: { archiver, archiving, window } }: { found: BackupsFound }) {
  const isOff = archiving.state === "off";
  return (
    <Section title="Any moment in time" note="from a base backup and the WAL that followed it">
      <KeyValue
        entries={[
          {
            label: "Archiving",
            value: (
              <>
                <Badge severity={archivingSeverities[archiving.state]}>{isOff ? "not set up" : archiving.state}</Badge>{" "}
                {archiving.sentence}
              </>
            ),
          },
          {
            label: "Window",
            value:
              "why" in window ? (
                <>
                  <Badge severity={isOff ? "neutral" : "unknown"}>{isOff ? "none" : "unknown"}</Badge>{" "}
                  {isOff ? "There is no WAL to replay." : window.why}
                </>
              ) : (
                <>
                  <Time at={window.from} style="full" /> to <Time at={window.until} style="full" />
                </>
              ),
          },
          ...(isOff
            ? [
                {
                  label: "To set it up",
                  value:
                    "Install pgBackRest beside the server, make a stanza, set archive_mode = on and archive_command = 'pgbackrest --stanza=… archive-push %p', restart, and take a full backup with it.",
                },
              ]
            : [
                {
                  label: "Segments",
                  value: `${formatCount(archiver.archivedCount)} archived, ${formatCount(archiver.failedCount)} failures`,
                },
                { label: "Last archived", value: <Age at={archiver.lastArchivedAt} /> },
                { label: "Last failure", value: <Age at={archiver.lastFailedAt} /> },
              ]),
        ]}
      />
    </Section>
  );
}
