import { data } from "@remix-run/node";

import { securyflex } from "../../../db/connections";
import { worstOf } from "../../../db/rules/shifts/assignment-rules";
import { suggestOfferMinutes } from "../../../db/rules/shifts/offer-minutes";
import type { ReasonCode } from "../../../db/rules/shifts/reason-codes";
import type { CandidateShift } from "../../../db/shifts/candidates/candidate";
import { listCandidates } from "../../../db/shifts/candidates/list-candidates";
import { hasCheckedIn } from "../../../db/shifts/changes/settle-payment";
import { requireShift } from "../read-shift.server";
import type { ListedCandidate } from "./candidate-columns";
import { type ReplaceSearch, readReplaceSearch, type ShownGroup, type Way } from "./replace-search";

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
    /** The operation and what it is asked for; null while nobody is chosen. */
    placing: chosen && {
      way: asked.way ?? wayOf(chosen),
      fields: {
        shift: String(shift.id),
        guard: String(chosen.guardId),
        reason,
        override: (search.get("override") ?? "").trim(),
        version: String(shift.version),
        ...offerOf({ shift, chosen, judged, asked, readAt }),
      },
    },
    readAt,
  };
}

/** The self-employed are asked; an employee is sent. */
function wayOf({ employment }: ListedCandidate): Way {
  return employment === "zzp" ? "offer" : "assign";
}

/** What an offer needs beside what every placing does: the time to answer, and whom nothing speaks against next. */
function offerOf({
  shift,
  chosen,
  judged,
  asked,
  readAt,
}: {
  shift: CandidateShift;
  chosen: ListedCandidate;
  judged: readonly ListedCandidate[];
  asked: ReplaceSearch;
  readAt: Date;
}): { minutes: string; fallback: string } {
  const next = judged.filter(
    ({ guardId, employment, worst }) =>
      guardId !== chosen.guardId && employment === "zzp" && (worst === null || worst === "info"),
  );
  const { startAt } = shift;
  return {
    minutes: asked.minutes ?? String(suggestOfferMinutes({ startAt, travelSeconds: chosen.travelSeconds }, readAt)),
    fallback: next
      .slice(0, asked.nextCount)
      .map(({ guardId }) => guardId)
      .join(","),
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
