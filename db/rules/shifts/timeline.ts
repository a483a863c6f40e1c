import type { Episode } from "./episodes";
import { type ToldCheckin, tellCheckins } from "./tell-checkins";

type Story = {
  shift: {
    createdAt: Date;
    publishedAt: Date | null;
    assignedAt: Date | null;
    cancelledAt: Date | null;
    cancelReason: string | null;
    startAt: Date;
    endAt: Date;
  };
  checkins: readonly ToldCheckin[];
  episodes?: readonly Episode[];
  /** Oldest first. Where there are none, the shift's own instant of assignment is told. */
  assignments?: readonly {
    guardName: string | null;
    beganAt: Date | null;
    beganReason: string;
    endedAt: Date | null;
    endedReason: string | null;
  }[];
  incidents: readonly {
    severity: string;
    summary: string;
    reportedAt: Date;
    acknowledgedAt: Date | null;
    onSceneAt: Date | null;
    closedAt: Date | null;
  }[];
  payments: readonly { status: string; createdAt: Date; approvedAt: Date | null; paidAt: Date | null }[];
  notifications?: readonly { type: string; toName: string; createdAt: Date; readAt: Date | null }[];
  /** What people of the console did with the shift. */
  acts?: readonly { at: Date; text: string }[];
};

export type TimelineEvent = {
  at: Date;
  /** Of a run of positions; null for a single event. */
  untilAt: Date | null;
  subject: "shift" | "guard" | "check-in" | "post" | "incident" | "payment" | "message" | "console";
  text: string;
};

/** What happened around a shift in time order. Planned times are no events: they stand in the list when they have
 * passed by `asOf`. */
export function tellTimeline(story: Story, asOf: Date): TimelineEvent[] {
  const { shift, checkins, episodes = [], incidents, payments, notifications = [], acts = [] } = story;
  const events: (TimelineEvent | undefined)[] = [
    once(shift.createdAt, "shift", "Created"),
    once(shift.publishedAt, "shift", "Published"),
    ...tellAssignments(story),
    once(shift.cancelledAt, "shift", shift.cancelReason ? `Cancelled: ${shift.cancelReason}` : "Cancelled"),
    once(shift.startAt, "shift", "Planned start"),
    once(shift.endAt, "shift", "Planned end"),
    ...incidents.flatMap(({ severity, summary, reportedAt, acknowledgedAt, onSceneAt, closedAt }) => [
      once(reportedAt, "incident", `Incident, ${severity}: ${summary}`),
      once(acknowledgedAt, "incident", "Incident acknowledged"),
      once(onSceneAt, "incident", "Somebody on scene"),
      once(closedAt, "incident", "Incident closed"),
    ]),
    ...payments.flatMap(({ status, createdAt, approvedAt, paidAt }) => [
      once(createdAt, "payment", status === "failed" ? "Payment created; it failed since" : "Payment created"),
      once(approvedAt, "payment", "Payment approved"),
      once(paidAt, "payment", "Payment paid"),
    ]),
    ...notifications.map(({ type, toName, createdAt, readAt }) =>
      once(createdAt, "message", `${toName} was told “${type.replaceAll("_", " ")}”${readAt ? "" : ", unread"}`),
    ),
    ...tellCheckins(checkins).map((run) => ({ ...run, subject: "check-in" as const })),
    ...episodes.map(({ at, text }) => once(at, "post", text)),
    ...acts.map(({ at, text }) => once(at, "console", text)),
  ];
  return events
    .filter((event): event is TimelineEvent => event !== undefined && event.at <= asOf)
    .sort((one, other) => +one.at - +other.at);
}

/** One guard after the other is a replacement, told once. */
function tellAssignments({ shift, assignments = [] }: Story): (TimelineEvent | undefined)[] {
  if (assignments.length === 0) return [once(shift.assignedAt, "guard", "Assigned")];
  return assignments.flatMap(({ guardName, beganAt, endedAt, endedReason }, position) => {
    const name = guardName ?? "a guard whose name is not on record";
    const before = assignments[position - 1];
    const replaces = before?.endedReason === "reassigned" ? before.guardName : null;
    const began = replaces ? `${name} took over from ${replaces}` : `${name} was assigned`;
    const isReplaced = endedReason === "reassigned" && position < assignments.length - 1;
    return [
      once(beganAt, "guard", began),
      isReplaced ? undefined : once(endedAt, "guard", `${name} no longer had it: ${endedReason}`),
    ];
  });
}

function once(at: Date | null, subject: TimelineEvent["subject"], text: string): TimelineEvent | undefined {
  return at ? { at, untilAt: null, subject, text } : undefined;
}
