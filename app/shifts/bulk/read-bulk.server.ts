import { securyflex } from "../../../db/connections";
import { worstOf } from "../../../db/rules/shifts/assignment-rules";
import type { Candidate } from "../../../db/shifts/candidates/candidate";
import { listCandidates } from "../../../db/shifts/candidates/list-candidates";
import { refuseChange } from "../../../db/shifts/changes/judge-placing";
import { readStandingShifts, type StandingShift } from "../../../db/shifts/changes/standing-shift";
import { readBulkSearch } from "./bulk-search";
import { isClear, proposeGuards } from "./propose-guards";

/** So many shifts are searched for guards at once. */
const atOnce = 4;
/** Of so many who live nearest, and more with each shift, since each guard comes to one. */
const leastNear = 40;
const nearForEach = 3;
/** So many guards are offered for each. */
const mostOffered = 8;

/** The shifts that the address names, who would come to each, and what the operation is asked for. */
export async function readBulk(search: URLSearchParams) {
  const asked = readBulkSearch(search);
  const { kind, shiftIds, reason, override } = asked;
  const readAt = new Date();
  const standing = await readStandingShifts(securyflex("console_read"), shiftIds);
  const near = kind === "reassign" ? await listNear(standing, readAt) : new Map<number, Candidate[]>();
  const proposed = proposeGuards(
    [...near].map(([shiftId, candidates]) => ({ shiftId, candidates })),
    asked.chosen,
  );
  const rows = standing.map((shift) => tellRow(shift, near.get(shift.id) ?? [], proposed.get(shift.id) ?? null));
  const words =
    kind === "reassign"
      ? rows.flatMap(({ id, version, guard }) => (guard ? [`${id}:${guard.guardId}@${version}`] : []))
      : rows.map(({ id, version }) => `${id}@${version}`);
  return {
    ...{ kind, reason, override, rows, readAt },
    shiftIds,
    leftCount: asked.leftCount,
    goneIds: shiftIds.filter((id) => !standing.some((shift) => shift.id === id)),
    operationId: `bulk-${kind}`,
    /** Null while there is nothing to ask for. */
    fields: words.length === 0 ? null : { rows: words.join(", "), reason, override },
  };
}

export type BulkRead = Awaited<ReturnType<typeof readBulk>>;
export type BulkRow = BulkRead["rows"][number];

/** By shift, whom nothing blocks, nearest first; nobody for a shift whose guard does not change. */
async function listNear(standing: readonly StandingShift[], asOf: Date): Promise<Map<number, Candidate[]>> {
  const near = new Map<number, Candidate[]>();
  const reach = leastNear + nearForEach * standing.length;
  for (let from = 0; from < standing.length; from += atOnce) {
    const found = standing.slice(from, from + atOnce).map(async (shift): Promise<[number, Candidate[]]> => {
      if (refuseChange(shift).length > 0) return [shift.id, []];
      const listed = await listCandidates(securyflex("console_read"), { shiftId: shift.id, asOf, near: reach });
      return [shift.id, (listed?.candidates ?? []).filter(({ reasons }) => worstOf(reasons) !== "block")];
    });
    for (const [shiftId, candidates] of await Promise.all(found)) near.set(shiftId, candidates);
  }
  return near;
}

function tellRow(shift: StandingShift, candidates: readonly Candidate[], guard: Candidate | null) {
  const { id, version, status, startAt, endAt, timeZone, locationName, guardName } = shift;
  const offered = [...candidates].sort((one, other) => Number(isClear(other.reasons)) - Number(isClear(one.reasons)));
  const first = offered.slice(0, mostOffered);
  const withChosen = guard && !first.includes(guard) ? [guard, ...first] : first;
  return {
    ...{ id, version, status, startAt, endAt, timeZone, locationName, guardName, guard },
    offered: withChosen.map(({ guardId, fullName, distanceMeters, reasons }) => {
      return { guardId, fullName, distanceMeters, isClear: isClear(reasons) };
    }),
    /** Why nobody is proposed. */
    against: refuseChange(shift)[0] ?? (candidates.length === 0 ? "Nobody near can have it." : null),
  };
}
