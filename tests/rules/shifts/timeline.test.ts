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
