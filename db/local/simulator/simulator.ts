import { openClient } from "../../connections";
import { second } from "../story/instant";
import type { Speed } from "../story/pace";
import { selectGuardHome } from "./guard-home";
import { Simulation } from "./simulation";

export type SimulatorOptions = {
  /** How often things happen, against a real day; clocks stay real at every speed. */
  speed: Speed;
  /** The seed of the rows that are there, to go on with their stories. */
  seed: number;
  /** Told once for each outage; the simulator goes on by itself when the database is back. */
  onError: (error: unknown) => void;
  clock?: () => Date;
};

const stepEveryMs = second;
const longestPauseMs = 15 * second;

/** Apps are opened this rarely against what a call takes the server, so that all of them cost 0.3 % of a core. */
const restBetweenHomes = 300;

/**
 * Lives the day forward in the SecuryFlex database at `url`, a step each second, until `stop` is called. Needs a role
 * that row level security does not hold back. Never throws for a database that is away; `onError` is told.
 */
export async function startSimulator(
  url: string,
  { speed, seed, onError, clock = () => new Date() }: SimulatorOptions,
): Promise<{ stop(): Promise<void> }> {
  const sql = openClient(url, { max: 1, applicationName: "securyflex-console simulator" });
  const simulation = new Simulation(seed, speed);
  const stopping = new AbortController();
  let failures = 0;
  let nextHomeAt = 0;

  const openHome = async () => {
    if (performance.now() < nextHomeAt) return;
    const beganAt = performance.now();
    const guards = await sql<{ id: string }[]>`
      select professional_id as id from shifts where status = 'active' order by start_datetime desc limit 100`;
    const guard = guards[Math.floor(Math.random() * guards.length)];
    if (guard) await selectGuardHome(sql, { professionalId: Number(guard.id), asOf: clock().getTime() });
    nextHomeAt = beganAt + restBetweenHomes * (performance.now() - beganAt);
  };

  const run = async () => {
    while (!stopping.signal.aborted) {
      let pauseMs = stepEveryMs;
      try {
        const { isLeader, isBehind } = await simulation.step(sql, clock().getTime());
        if (isLeader && !isBehind) await openHome();
        failures = 0;
        if (isBehind) pauseMs = 0;
      } catch (error) {
        if (stopping.signal.aborted) return;
        if (failures === 0) onError(error);
        failures += 1;
        pauseMs = Math.min(longestPauseMs, stepEveryMs * 2 ** Math.min(failures - 1, 6));
      }
      await pause(pauseMs, stopping.signal);
    }
  };
  const running = run();

  return {
    stop: async () => {
      stopping.abort();
      await sql.end({ timeout: 2 });
      await running;
    },
  };
}

/** Ends early when the signal does. */
function pause(durationMs: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const finish = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", finish);
      resolve();
    };
    const timer = setTimeout(finish, durationMs);
    signal.addEventListener("abort", finish);
  });
}
