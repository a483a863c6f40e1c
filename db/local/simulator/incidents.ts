import type { Session } from "../seed/copy";
import { type IncidentReport, type Severity, tellResponse } from "../story/incident-story";
import type { Instant } from "../story/instant";
import type { Pace } from "../story/pace";

/** Appends what was reported; a report that is there already is left alone. */
export async function reportIncidents(sql: Session, reports: (IncidentReport & { shiftId: number })[]): Promise<void> {
  for (const { shiftId, severity, summary, reportedAt } of reports) {
    const at = new Date(reportedAt).toISOString();
    await sql`
      insert into incidents (shift_id, severity, summary, reported_at)
      select ${shiftId}::bigint, ${severity}::text, ${summary}::text, ${at}::timestamptz
      where not exists (select from incidents where shift_id = ${shiftId} and reported_at = ${at}::timestamptz)
    `;
  }
}

/** The control room answers open incidents: acknowledged, somebody on scene, closed. What a person did first stays. */
export async function respondToIncidents(sql: Session, seed: number, pace: Pace, at: Instant): Promise<void> {
  const open = await sql<
    { id: string; severity: Severity; reportedAt: string; isAcknowledged: boolean; isOnScene: boolean }[]
  >`
    select
      id, severity, extract(epoch from reported_at) * 1000 as "reportedAt",
      acknowledged_at is not null as "isAcknowledged", on_scene_at is not null as "isOnScene"
    from incidents
    where closed_at is null
  `;
  const reached = (instant: Instant | null) =>
    instant !== null && instant <= at ? new Date(instant).toISOString() : null;
  const answers = open.flatMap(({ id, severity, reportedAt, isAcknowledged, isOnScene }) => {
    const response = tellResponse(seed, { incidentId: Number(id), severity, reportedAt: Number(reportedAt) }, pace);
    const answer = {
      id: Number(id),
      acknowledged_at: reached(response.acknowledgedAt),
      on_scene_at: reached(response.onSceneAt),
      closed_at: reached(response.closedAt),
    };
    const isNew = (answer.acknowledged_at && !isAcknowledged) || (answer.on_scene_at && !isOnScene) || answer.closed_at;
    return isNew ? [answer] : [];
  });
  if (answers.length === 0) return;
  await sql`
    update incidents
    set
      acknowledged_at = coalesce(incidents.acknowledged_at, answer.acknowledged_at),
      on_scene_at = coalesce(incidents.on_scene_at, answer.on_scene_at),
      closed_at = answer.closed_at
    from jsonb_to_recordset(${sql.json(answers)}) as answer (
      id bigint, acknowledged_at timestamptz, on_scene_at timestamptz, closed_at timestamptz
    )
    where incidents.id = answer.id and incidents.closed_at is null
  `;
}
