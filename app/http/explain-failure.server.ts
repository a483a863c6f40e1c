import { unreadableReason } from "../../db/database/unreadable-reason";
import { EnvironmentError } from "../../db/environment";
import { LocalServerError } from "../../db/local/local-server-error";
import { MigrationError } from "../../db/migrations/migration-error";
import { outageOf } from "../../db/outages";

/** The console did not start. The message is a sentence with the way out. */
export class StartRefused extends Error {}

const spoken = [StartRefused, EnvironmentError, LocalServerError, MigrationError];

/** A sentence for whoever starts the console; with DEBUG set, the stack after it. */
export function explainFailure(error: unknown): string {
  const sentence = spoken.some((kind) => error instanceof kind) ? (error as Error).message : describe(error);
  if (process.env.DEBUG && error instanceof Error) return `${sentence}\n${error.stack}`;
  return sentence;
}

function describe(error: unknown): string {
  const hint = "DEBUG=1 shows where it failed.";
  if (outageOf(error)) return `The console stopped: its database went away. ${unreadableReason(error)} ${hint}`;
  const message = error instanceof Error ? error.message : String(error);
  return `The console stopped: ${message.replace(/[.\s]+$/, "")}. ${hint}`;
}
