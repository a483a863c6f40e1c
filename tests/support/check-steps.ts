import type { Step } from "./run-steps";

export const sourceSteps: Step[] = [
  { title: "Types", program: "tsc", args: ["--noEmit", "-p", "."] },
  { title: "Format and lint", program: "biome", args: ["check", "--error-on-warnings", "."] },
];
