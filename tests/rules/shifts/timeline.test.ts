import { expect, test } from "vitest";

import { judgeCertificate } from "../../../db/rules/shifts/certificates";
import { tellTimeline } from "../../../db/rules/shifts/timeline";

const at = (clock: string) => new Date(`2026-11-22T${clock}:00Z`);
const shift = {
  createdAt: at("06:00"),
  publishedAt: at("06:10"),
  assignedAt: at("07:00"),
  cancelledAt: null,
  cancelReason: null,
  startAt: at("09:00"),
  endAt: at("17:00"),
};
const ping = (clock: string, verdict: "inside" | "outside" | "uncertain") => ({
  at: at(clock),
  kind: "ping" as const,
  verdict,
});

test("a shift is told in time order, and positions of one verdict are one line", () => {
  const events = tellTimeline(
    {
      shift,
      checkins: [
        { at: at("08:58"), kind: "in", verdict: "inside" },
        ping("09:10", "inside"),
        ping("09:20", "inside"),
        ping("09:30", "outside"),
        ping("09:40", "inside"),
      ],
      incidents: [
        {
          severity: "high",
          summary: "Door",
          reportedAt: at("09:15"),
          acknowledgedAt: at("09:18"),
          onSceneAt: null,
          closedAt: null,
        },
      ],
      payments: [{ status: "pending", createdAt: at("07:01"), approvedAt: null, paidAt: null }],
    },
    at("12:00"),
  );
  expect(events.map(({ text }) => text)).toEqual([
    "Created",
    "Published",
    "Assigned",
    "Payment created",
    "Checked in, inside",
    "Planned start",
    "2 positions, inside",
    "Incident, high: Door",
    "Incident acknowledged",
    "1 position, outside",
    "1 position, inside",
  ]);
  expect(events.find(({ text }) => text.startsWith("2 positions"))?.untilAt).toEqual(at("09:20"));
});

test("what has not happened yet is not told", () => {
  const events = tellTimeline({ shift, checkins: [], incidents: [], payments: [] }, at("08:00"));
  expect(events.map(({ text }) => text)).toEqual(["Created", "Published", "Assigned"]);
});

test("a certificate must last to the end of the shift, and an unreadable end is not valid", () => {
  const judge = (isGiven: boolean, validUntil: Date | null) =>
    judgeCertificate({ isGiven, validUntil, endAt: shift.endAt });
  expect(judge(true, at("17:00"))).toEqual({ isValid: true, reason: "covers the whole shift" });
  expect(judge(true, at("16:59"))).toEqual({ isValid: false, reason: "it ends before the shift does" });
  expect(judge(true, null)).toEqual({ isValid: false, reason: "its end is missing or unreadable" });
  expect(judge(false, null)).toEqual({ isValid: false, reason: "none is on record" });
});

test("eight hours of positions are a few lines: a line ends where the guard is seen on the other side of the fence", () => {
  const day = Array.from({ length: 96 }, (_, index) => ({
    ...ping("09:00", index % 7 === 3 ? "uncertain" : index < 48 || index > 60 ? "inside" : "outside"),
    at: new Date(+at("09:00") + index * 300_000),
  }));
  const { startAt: _, endAt: __, ...rest } = shift;
  const events = tellTimeline(
    { shift: { ...rest, startAt: at("09:00"), endAt: at("17:00") }, checkins: day, incidents: [], payments: [] },
    at("18:00"),
  ).filter(({ subject }) => subject === "check-in");
  expect(events.map(({ text }) => text)).toEqual([
    "48 positions: 41 inside, 7 uncertain",
    "13 positions: 11 outside, 2 uncertain",
    "35 positions: 30 inside, 5 uncertain",
  ]);
});

test("a replacement is told once, and a guard who was taken off with the reason", () => {
  const assignments = [
    {
      guardName: "Tim",
      beganAt: at("06:20"),
      beganReason: "assigned",
      endedAt: at("06:40"),
      endedReason: "reassigned",
    },
    { guardName: "Sanne", beganAt: at("06:40"), beganReason: "reassigned", endedAt: at("06:50"), endedReason: "sick" },
  ];
  const events = tellTimeline({ shift, checkins: [], incidents: [], payments: [], assignments }, at("08:00"));
  expect(events.filter(({ subject }) => subject === "guard").map(({ text }) => text)).toEqual([
    "Tim was assigned",
    "Sanne took over from Tim",
    "Sanne no longer had it: sick",
  ]);
});
