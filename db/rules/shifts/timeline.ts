type Checkin = { at: Date; kind: "in" | "ping" | "out"; verdict: "inside" | "outside" | "uncertain" };

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
  checkins: readonly Checkin[];
  incidents: readonly {
    severity: string;
    summary: string;
    reportedAt: Date;
    acknowledgedAt: Date | null;
    onSceneAt: Date | null;
    closedAt: Date | null;
  }[];
  payments: readonly { status: string; createdAt: Date; approvedAt: Date | null; paidAt: Date | null }[];
};

export type TimelineEvent = {
  at: Date;
  /** Of a run of positions with one verdict; null for a single event. */
  untilAt: Date | null;
  subject: "shift" | "check-in" | "incident" | "payment";
  text: string;
};

const signs = { in: "Checked in", out: "Checked out" } as const;

/** What happened around a shift in time order; consecutive positions with one verdict are one line. Planned times are
 * no events: they stand in the list when they have passed by `asOf`. */
export function tellTimeline({ shift, checkins, incidents, payments }: Story, asOf: Date): TimelineEvent[] {
  const events: (TimelineEvent | undefined)[] = [
    once(shift.createdAt, "shift", "Created"),
    once(shift.publishedAt, "shift", "Published"),
    once(shift.assignedAt, "shift", "Assigned"),
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
    ...tellCheckins(checkins),
  ];
  return events
    .filter((event): event is TimelineEvent => event !== undefined && event.at <= asOf)
    .sort((one, other) => +one.at - +other.at);
}

function once(at: Date | null, subject: TimelineEvent["subject"], text: string): TimelineEvent | undefined {
  return at ? { at, untilAt: null, subject, text } : undefined;
}

function tellCheckins(checkins: readonly Checkin[]): TimelineEvent[] {
  const runs: { first: Checkin; last: Checkin; count: number }[] = [];
  for (const checkin of [...checkins].sort((one, other) => +one.at - +other.at)) {
    const run = runs.at(-1);
    if (run && checkin.kind === "ping" && run.last.kind === "ping" && run.last.verdict === checkin.verdict) {
      run.last = checkin;
      run.count += 1;
    } else runs.push({ first: checkin, last: checkin, count: 1 });
  }
  return runs.map(({ first, last, count }) => ({
    at: first.at,
    untilAt: count > 1 ? last.at : null,
    subject: "check-in",
    text:
      first.kind === "ping"
        ? `${count} ${count === 1 ? "position" : "positions"}, ${first.verdict}`
        : `${signs[first.kind]}, ${first.verdict}`,
  }));
}
