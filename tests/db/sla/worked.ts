import type { RawShift } from "./retell";

const hour = 3_600_000;
const day = 24 * hour;

/** Eight hours with the first guard, who came in on time and stayed, unless `values` say otherwise. */
export function worked(start: string, values: Partial<RawShift> = {}): RawShift {
  const at = Date.parse(start);
  return {
    start: at,
    end: at + 8 * hour,
    zone: "Europe/Amsterdam",
    client: "Hotel De Kroon",
    headcount: 1,
    status: "completed",
    reason: null,
    published: at - 3 * day,
    cancelled: null,
    assignments: [{ guard: 0, began: at - 2 * day, ended: null }],
    checkins: Array.from({ length: 33 }, (_, index) => ({
      guard: 0,
      kind: index === 0 ? "in" : index === 32 ? "out" : "ping",
      recorded: at + index * 0.25 * hour - (index === 32 ? 1000 : 0),
      created: at + index * 0.25 * hour,
      metres: 0,
      accuracy: 5,
    })),
    incidents: [],
    outages: [],
    ...values,
  };
}
