/** One shift as it is on record, in milliseconds; what the tests tell metrics from without any of the console's code. */
export type RawShift = {
  start: number;
  end: number;
  zone: string;
  client: string;
  headcount: number;
  status: "published" | "assigned" | "active" | "completed" | "cancelled" | "draft";
  reason: string | null;
  published: number | null;
  cancelled: number | null;
  assignments: { guard: number; began: number | null; ended: number | null }[];
  checkins: RawCheckin[];
  incidents: { reported: number; acknowledged: number | null; onScene: number | null }[];
  outages: [number, number][];
};

export type RawCheckin = {
  guard: number;
  kind: "in" | "ping" | "out";
  recorded: number;
  created: number;
  metres: number;
  accuracy: number | null;
};

const radius = 50;
const wideRadius = 70;
const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const floor = (at: number) => Math.floor(at / second) * second;
const timeOf = ({ recorded, created }: RawCheckin) => floor(Math.min(recorded, created));

export function verdict({ metres, accuracy }: RawCheckin, within: number): "in" | "out" | "?" {
  if (accuracy === null) return "?";
  return metres + accuracy <= within ? "in" : metres - accuracy > within ? "out" : "?";
}

/** The times that domain.md names. */
export const times = { onTime: 5 * minute, noShow: 30 * minute, confirm: 15 * minute, withdraw: 24 * hour };

/** What domain.md asks of one shift, told second by second and case by case. */
export function retell(shift: RawShift, { onTime, noShow, confirm, withdraw } = times) {
  const cancelled = shift.status === "cancelled" ? shift.cancelled : null;
  const isClients = cancelled !== null && shift.reason === "client request";
  const withdrawn = isClients ? cancelled : null;
  const touches = shift.outages.some(([from, to]) => from < shift.end && to > shift.start);
  let leftOut: string | null = null;
  if (shift.status === "draft") leftOut = "draft";
  else if (shift.status === "cancelled" && shift.published === null) leftOut = "unpublished";
  else if (withdrawn !== null && withdrawn <= shift.start - withdraw) leftOut = "withdrawn";
  else if (touches) leftOut = "unobserved";

  const heard = shift.checkins.filter((one) => timeOf(one) >= shift.start - hour && timeOf(one) < shift.end);
  const during = heard.filter((one) => timeOf(one) >= shift.start);
  const arrivalOf = ({ guard, ended }: RawShift["assignments"][number], accepts: string) =>
    heard
      .filter((one) => one.guard === guard && one.kind === "in" && accepts.includes(verdict(one, radius)))
      .map(timeOf)
      .filter((at) => ended === null || at < ended)
      .sort((a, b) => a - b)[0] ?? Number.POSITIVE_INFINITY;
  const due = shift.assignments.filter(
    ({ began, ended }) =>
      (began === null || began <= shift.start) &&
      (ended === null || ended > shift.start) &&
      (cancelled === null || cancelled > shift.start),
  );
  const isOnTime = (at: number) => at <= shift.start + onTime;
  const isThere = (at: number) => at <= shift.start + noShow;
  const first = due.map((one) => arrivalOf(one, "in?"));
  const proven = due.map((one) => arrivalOf(one, "in"));

  const holders = shift.assignments.filter(
    ({ began, ended }) =>
      (began === null || began <= shift.start) &&
      (ended === null ||
        ended > shift.start ||
        (withdrawn !== null && withdrawn <= shift.start && ended === withdrawn)),
  );
  const isGivenUp = shift.status === "cancelled" && shift.reason === "no guard available";
  const begins = shift.assignments.map(({ began }) => began);
  const accepted = Math.min(...begins.map((began) => began ?? 0));
  const isFillKnown = shift.published !== null && !begins.includes(null);

  return {
    leftOut,
    slots: shift.headcount,
    filled: isGivenUp ? 0 : Math.min(shift.headcount, new Set(holders.map(({ guard }) => guard)).size),
    fill: isFillKnown ? [Math.max(0, accepted - (shift.published as number)) / second] : [],
    due: due.length,
    onTime: proven.filter(isOnTime).length,
    onTimeAtMost: first.filter(isOnTime).length,
    noShow: first.filter((at) => !isThere(at)).length,
    noShowAtMost: proven.filter((at) => !isThere(at)).length,
    late: first.map((at) => Math.max(0, at - shift.start) / second),
    inside: during.filter((one) => verdict(one, radius) === "in").length,
    outside: during.filter((one) => verdict(one, radius) === "out").length,
    uncertain: during.filter((one) => verdict(one, radius) === "?").length,
    ...watch(
      shift,
      heard,
      withdrawn === null ? shift.end : Math.max(shift.start, Math.min(shift.end, withdrawn)),
      confirm,
    ),
    acknowledge: shift.incidents
      .map((one) => (one.acknowledged ?? Number.POSITIVE_INFINITY) - one.reported)
      .map(inSeconds),
    onScene: shift.incidents.map((one) => (one.onScene ?? Number.POSITIVE_INFINITY) - one.reported).map(inSeconds),
    ...seekReplacements(shift, withdrawn, (one) => arrivalOf(one, "in?")),
    party: cancelled === null ? null : partyOf(shift.reason),
    noticeHours: cancelled === null ? null : (shift.start - cancelled) / hour,
  };
}

const inSeconds = (lasted: number) => Math.max(0, lasted) / second;

/** Looks at every second of every slot. */
function watch(shift: RawShift, heard: RawCheckin[], until: number, confirm: number) {
  const guards = [...new Set(shift.assignments.map(({ guard }) => guard))];
  const lines = guards.map((guard) => {
    const line = heard.filter((one) => one.guard === guard).sort((a, b) => timeOf(a) - timeOf(b));
    return { guard, line, away: leaveTimes(line) };
  });
  const sum = { planned: 0, confirmed: 0, assumed: 0, unobserved: 0 };
  for (let at = shift.start; at < until; at += second) {
    let [seen, believed] = [0, 0];
    for (const { guard, line, away } of lines) {
      const holds = shift.assignments.some(
        (one) => one.guard === guard && (one.began ?? 0) <= at && (one.ended === null || at < one.ended),
      );
      const last = line.findLast((one) => timeOf(one) <= at);
      if (!holds || !last || last.kind === "out" || away.some(([from, to]) => from <= at && at < to)) continue;
      if (verdict(last, radius) === "in" && at - timeOf(last) < confirm) seen += 1;
      else believed += 1;
    }
    const confirmed = Math.min(shift.headcount, seen);
    const isHidden = shift.outages.some(([from, to]) => from <= at && at < to);
    sum.planned += shift.headcount;
    sum.confirmed += confirmed;
    if (isHidden) sum.unobserved += shift.headcount - confirmed;
    else sum.assumed += Math.min(shift.headcount - confirmed, believed);
  }
  return sum;
}

/** Between two positions inside the wider fence: gone from the first outside on, if a third came or one 3 minutes later. */
function leaveTimes(line: RawCheckin[]): [number, number][] {
  const cuts = [-1, ...line.flatMap((one, index) => (verdict(one, wideRadius) === "in" ? [index] : [])), line.length];
  return cuts.slice(1).flatMap((cut, index) => {
    const out = line
      .slice((cuts[index] as number) + 1, cut)
      .filter((one) => verdict(one, wideRadius) === "out")
      .map(timeOf);
    const isGone = out.length >= 3 || out.some((at) => at - (out[0] as number) >= 3 * minute);
    const back = line[cut];
    return isGone ? [[out[0] as number, back ? timeOf(back) : Number.POSITIVE_INFINITY] as [number, number]] : [];
  });
}

function seekReplacements(
  { assignments, end }: RawShift,
  withdrawn: number | null,
  arrivalOf: (one: RawShift["assignments"][number]) => number,
) {
  const gaps: { refill: number; arrive: number }[] = [];
  const used = new Set<number>();
  const needs = assignments
    .map((one, index) => ({ at: one.ended, index }))
    .filter(({ at }) => at !== null && at < end && at !== withdrawn)
    .sort((a, b) => (a.at as number) - (b.at as number));
  for (const { at, index } of needs) {
    const successor = assignments.findIndex(
      (one, later) => later > index && !used.has(later) && (one.ended === null || one.ended > (at as number)),
    );
    const next = assignments[successor];
    if (next) used.add(successor);
    gaps.push({
      refill: next ? inSeconds((next.began ?? 0) - (at as number)) : Number.POSITIVE_INFINITY,
      arrive: next ? inSeconds(arrivalOf(next) - (at as number)) : Number.POSITIVE_INFINITY,
    });
  }
  return { refill: gaps.map(({ refill }) => refill), arrive: gaps.map(({ arrive }) => arrive) };
}

function partyOf(reason: string | null) {
  if (reason === "client request") return "client";
  if (["sick", "no-show", "late cancellation"].includes(reason ?? "")) return "guard";
  return reason === "no guard available" ? "platform" : "unknown";
}
