import { hour, minute, second } from "./instant";

export type Speed = 1 | 10 | 60;

/**
 * How fast stories unfold inside a shift. Clocks stay real: a speed makes things happen more often, and shortens what
 * the board does not measure in minutes. See docs/decisions/a-speed-is-how-often-things-happen.md.
 */
export type Pace = {
  speed: Speed;
  /** Between two check-ins of a guard on post. */
  cadenceMs: number;
  /** One chance to leave the post in each. */
  leaveBlockMs: number;
  /** One chance of an incident in each. */
  incidentBlockMs: number;
  /** Of one hour to hold a silence, which lasts longer than three cadences of 5 minutes at every speed. */
  silenceChance: number;
};

export function paceOf(speed: Speed): Pace {
  return {
    speed,
    cadenceMs: Math.max(10 * second, (5 * minute) / speed),
    leaveBlockMs: Math.max(2 * minute, hour / speed),
    incidentBlockMs: hour / speed,
    silenceChance: 0.03 * Math.min(speed, 3),
  };
}
