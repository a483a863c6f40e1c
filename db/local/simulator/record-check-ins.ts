import type { Session } from "../seed/copy";
import type { CheckIn } from "../story/check-ins";
import { pointHex } from "../story/geodesy";

export type GuardCheckIn = { shiftId: number; professionalId: number; checkIn: CheckIn };

/** Appends the check-ins in one statement. */
export async function recordCheckIns(sql: Session, arrived: GuardCheckIn[]): Promise<void> {
  if (arrived.length === 0) return;
  const records = arrived.map(({ shiftId, professionalId, checkIn }) => ({
    shift_id: shiftId,
    professional_id: professionalId,
    kind: checkIn.kind,
    gps_point: pointHex(checkIn.point),
    accuracy_meters: checkIn.accuracyMeters,
    is_within_radius: checkIn.isWithinRadius,
    recorded_at: new Date(checkIn.recordedAt).toISOString(),
    created_at: new Date(checkIn.createdAt).toISOString(),
  }));
  await sql`
    insert into gps_checkins (
      shift_id, professional_id, kind, gps_point, accuracy_meters, is_within_radius, recorded_at, created_at
    )
    select
      shift_id, professional_id, kind, gps_point::geography, accuracy_meters, is_within_radius, recorded_at, created_at
    from jsonb_to_recordset(${sql.json(records)}) as record (
      shift_id bigint, professional_id bigint, kind text, gps_point text, accuracy_meters real,
      is_within_radius boolean, recorded_at timestamptz, created_at timestamptz
    )
    order by created_at
  `;
}
