import { data } from "@remix-run/node";

import { securyflex } from "../../../db/connections";
import { worstOf } from "../../../db/rules/shifts/assignment-rules";
import type { ReasonCode } from "../../../db/rules/shifts/reason-codes";
import type { CandidateShift } from "../../../db/shifts/candidates/candidate";
import { listCandidates } from "../../../db/shifts/candidates/list-candidates";
import { hasCheckedIn } from "../../../db/shifts/changes/settle-payment";
import { requireShift } from "../read-shift.server";
import type { ListedCandidate } from "./candidate-columns";
import { type ReplaceSearch, readReplaceSearch, type ShownGroup } from "./replace-search";

/** Rows of the list; a name or another group finds the rest. */
const mostListed = 60;

/** Who could take a shift, as the address asks for it, and the one who is chosen. Throws 404 for what is no shift. */
export async function readCandidates(shiftId: string | undefined, search: URLSearchParams) {
  const asked = readReplaceSearch(search);
  const readAt = new Date();
  const { id } = await requireShift(shiftId);
  const found = await listCandidates(securyflex("console_read"), { shiftId: id, asOf: readAt });
  if (!found) throw data({ title: "There is no such shift", message: "It was removed a moment ago." }, { status: 404 });
  const judged = found.candidates.map((candidate): ListedCandidate => {
    return { ...candidate, worst: worstOf(candidate.reasons) };
  });
  const matching = judged.filter((candidate) => isShown(candidate, asked));
  const { shift, present, funnel, radiusMeters } = found;
  const chosen = judged.find(({ guardId }) => guardId === asked.guardId) ?? null;
  const reason = search.get("reason") ?? (await guessReason(shift, readAt));
  return {
    shift,
    present: present && { ...present, worst: worstOf(present.reasons) },
    found: { funnel, radiusMeters },
    asked,
    candidates: matching.slice(0, mostListed),
    hiddenCount: Math.max(0, matching.length - mostListed),
    chosen,
    /** What the operation is asked for; null while nobody is chosen. */
    placing: chosen && {
      shift: String(shift.id),
      guard: String(chosen.guardId),
      reason,
      override: (search.get("override") ?? "").trim(),
      version: String(shift.version),
    },
    readAt,
  };
}

/** The reason code that the state of the shift suggests; empty where it suggests none. */
async function guessReason({ id, guardId, startAt }: CandidateShift, asOf: Date): Promise<ReasonCode | ""> {
  if (guardId === null || startAt > asOf) return "";
  return (await hasCheckedIn(securyflex("console_read"), id, guardId)) ? "" : "no-show";
}

export type CandidatesRead = Awaited<ReturnType<typeof readCandidates>>;

const groups: Record<ShownGroup, (candidate: ListedCandidate) => boolean> = {
  can: ({ worst }) => worst !== "block",
  clear: ({ worst }) => worst === null || worst === "info",
  all: () => true,
};

function isShown(candidate: ListedCandidate, { shown, name }: ReplaceSearch): boolean {
  return groups[shown](candidate) && candidate.fullName.toLowerCase().includes(name.toLowerCase());
}
