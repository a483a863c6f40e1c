import { z } from "zod";

import { EnvironmentError } from "../../db/environment";

const speeds = { off: undefined, "1x": 1, "10x": 10, "60x": 60 } as const;

const settings = z.object({
  HOST: z.string().default("127.0.0.1"),
  PORT: z.coerce.number().int().min(1).max(65_535).optional(),
  SEED_SIZE: z.enum(["small", "medium", "large"]).default("small"),
  SIMULATOR: z.enum(["off", "1x", "10x", "60x"]).default("1x"),
  WORKER: z.enum(["on", "off"]).default("on"),
});

const rules: Record<keyof z.infer<typeof settings>, string> = {
  HOST: "HOST is not an address",
  PORT: "PORT is not a number from 1 to 65535",
  SEED_SIZE: "SEED_SIZE is not small, medium or large",
  SIMULATOR: "SIMULATOR is not off, 1x, 10x or 60x",
  WORKER: "WORKER is not on or off",
};

export type StartSettings = {
  host: string;
  /** Undefined: the next free one from 3000. */
  port: number | undefined;
  seedSize: "small" | "medium" | "large";
  /** Undefined: no simulator. */
  simulatorSpeed: 1 | 10 | 60 | undefined;
  isWorkerOn: boolean;
};

/** Reads what `npm start` listens to. Throws EnvironmentError naming each malformed variable. */
export function readStartSettings(source: NodeJS.ProcessEnv = process.env): StartSettings {
  const present = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ""));
  const parsed = settings.safeParse(present);
  if (!parsed.success) {
    const names = [...new Set(parsed.error.issues.map((issue) => String(issue.path[0])))] as (keyof typeof rules)[];
    throw new EnvironmentError(`The console did not start: ${names.map((name) => rules[name]).join("; ")}.`);
  }
  const { HOST, PORT, SEED_SIZE, SIMULATOR, WORKER } = parsed.data;
  return {
    host: HOST,
    port: PORT,
    seedSize: SEED_SIZE,
    simulatorSpeed: speeds[SIMULATOR],
    isWorkerOn: WORKER === "on",
  };
}
