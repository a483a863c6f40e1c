import { type Instant, minute, second } from "./instant";
import type { Pace } from "./pace";
import { Random } from "./random";

export type Severity = "low" | "medium" | "high" | "critical";

export type IncidentReport = { severity: Severity; summary: string; reportedAt: Instant };

/** Null for what did not happen: a small incident needs nobody on scene. */
export type IncidentResponse = { acknowledgedAt: Instant; onSceneAt: Instant | null; closedAt: Instant };

const incidentChance = 0.005;

const summaries: Record<Severity, readonly string[]> = {
  low: [
    "Door of the loading dock found open",
    "Visitor without a badge shown out",
    "Lighting of the car park is out",
    "Parcel without an addressee at the reception",
    "Bicycle parked in front of an emergency exit",
    "Lost child brought back to its parents",
  ],
  medium: [
    "Shoplifter held until the police came",
    "Aggressive visitor refused at the entrance",
    "Fire alarm without fire, panel reset",
    "Fence cut along the north side",
    "Group of youths sent off the premises",
    "Water leak in the technical room",
  ],
  high: [
    "Break-in under way at the warehouse",
    "Guard threatened, police called",
    "Person unwell, ambulance called",
    "Smoke in the stairwell, floor cleared",
    "Fight between visitors, two people injured",
    "Unknown drone above the site",
  ],
  critical: [
    "Fire in the building, evacuation started",
    "Guard presses the emergency button and does not answer",
    "Armed robbery, site locked down",
    "Resuscitation under way, defibrillator in use",
  ],
};

/** Incidents of a guard on post between two instants, oldest first; `beganAt` is the guard's arrival. */
export function* listIncidents(
  seed: number,
  { shiftId, beganAt, fromAt, untilAt }: { shiftId: number; beganAt: Instant; fromAt: Instant; untilAt: Instant },
  pace: Pace,
): Generator<IncidentReport> {
  const first = Math.max(0, Math.floor((fromAt - beganAt) / pace.incidentBlockMs));
  for (let block = first; beganAt + block * pace.incidentBlockMs < untilAt; block++) {
    const random = new Random(seed, "incident", shiftId, block);
    if (!random.chance(incidentChance)) continue;
    const reportedAt = Math.round(beganAt + (block + random.next()) * pace.incidentBlockMs);
    if (reportedAt >= fromAt && reportedAt < untilAt) yield { ...drawReport(random), reportedAt };
  }
}

export function drawReport(random: Random): { severity: Severity; summary: string } {
  const severity = random.weighted<Severity>([
    [45, "low"],
    [34, "medium"],
    [16, "high"],
    [5, "critical"],
  ]);
  return { severity, summary: random.pick(summaries[severity]) };
}

const acknowledgedAfterMinutes: Record<Severity, number> = { low: 18, medium: 9, high: 5, critical: 3 };

/** How the control room answers: a pure function of the seed and the incident, whoever reported it. */
export function tellResponse(
  seed: number,
  { incidentId, severity, reportedAt }: { incidentId: number; severity: Severity; reportedAt: Instant },
  pace: Pace,
): IncidentResponse {
  const random = new Random(seed, "response", incidentId);
  const after = (medianMinutes: number, sigma: number) =>
    Math.max(90 * second, (random.logNormal(medianMinutes, sigma) * minute) / pace.speed);
  const acknowledgedAt = Math.round(reportedAt + after(acknowledgedAfterMinutes[severity], 0.8));
  const arrivedAt = Math.round(acknowledgedAt + after(14, 0.5));
  const needsSomebody = severity === "critical" || random.chance(severity === "low" ? 0.15 : 0.7);
  const closedAt = Math.round((needsSomebody ? arrivedAt : acknowledgedAt) + after(35, 0.7));
  return { acknowledgedAt, onSceneAt: needsSomebody ? arrivedAt : null, closedAt };
}
