import { type MigrateOptions, MigrationError, type MigrationProgress } from "../migrations/migrate";
import { compareSchemas, readSchema, type SchemaShape } from "../migrations/read-schema";
import type { StepDetails } from "../migrations/script-run";
import { type Fact, OperationRefusal, OperationStopped, type Outcome, type RunContext } from "../operation";
import { type MigrationState, readMigrationState } from "./migration-state";

const mostNames = 6;

/**
 * Does `work` with what a migrator tells going to the run's page, and proves by ledger and catalog what it made.
 * Throws OperationRefusal where a migration did not run.
 */
export async function carryMigrations(
  context: RunContext,
  work: (options: MigrateOptions) => Promise<MigrationProgress[]>,
): Promise<Outcome> {
  const before = await readBoth(context);
  let telling: Promise<unknown> = Promise.resolve();
  const tell = (line: string) => {
    telling = telling.then(() => context.log(line)).catch(() => undefined);
  };
  const stands: MigrationProgress[] = [];
  const onProgress = (progress: MigrationProgress) => {
    const { migration, step, durationMs, warnings } = progress;
    stands.push(progress);
    tell(`${migration.label}: ${step} (${durationMs} ms).`);
    for (const warning of warnings) tell(`The server says: ${warning}`);
  };
  const onStep = async (step: string, details: StepDetails) => {
    if (step === "statement begins") await tellOf(context, details, tell);
    context.reach(step);
  };
  try {
    const done = await work({ onLine: tell, onProgress, onStep, signal: context.signal });
    await telling;
    if (done.length === 0) throw new OperationRefusal("It was not done: somebody else did it meanwhile.");
    return { summary: summaryOf(done), proof: prove(before, await readBoth(context)) };
  } catch (error) {
    await telling;
    if (context.signal.aborted) {
      const after = await readBoth(context);
      throw new OperationStopped(tellStopped(stands, after.state), prove(before, after));
    }
    if (!(error instanceof MigrationError)) throw error;
    const reason = error.message + wayOut(error);
    if (stands.length === 0) throw new OperationRefusal(reason);
    const proof = prove(before, await readBoth(context));
    return { summary: `${summaryOf(stands)} ${reason}`, proof, isPartial: true };
  }
}

/** Of a run that was stopped: what stands, what is still to be done, and how. */
function tellStopped(stands: MigrationProgress[], { cutOff, migrations, pending }: MigrationState): string {
  const labels = (all: { label: string }[]) => all.map(({ label }) => label).join(", ");
  const half = cutOff && migrations[cutOff.version - 1]?.label;
  return [
    "It was stopped while it ran.",
    stands.length > 0 ? `${summaryOf(stands)} That stands; roll it back where it must not.` : "",
    half ? `${half} stands half way: ask for it again, and it goes on at the statement where it stopped.` : "",
    stands.length === 0 && !half ? "Nothing of it stands." : "",
    pending.length > 0 ? `Still pending: ${labels(pending)}.` : "",
  ]
    .filter((sentence) => sentence !== "")
    .join(" ");
}

const summaryOf = (done: MigrationProgress[]) =>
  `${done.map(({ step, migration }) => `${migration.label} was ${step}`).join(", ")}.`;

/** Only between locks is the console's database waited for: a migration in its transaction holds some already. */
async function tellOf(
  context: RunContext,
  { migration, side, statement, of }: StepDetails,
  tell: (line: string) => void,
): Promise<void> {
  if (!statement) return;
  const { position, text } = statement;
  tell(text);
  if (migration[side].isTransactional && position > 1) return;
  await context.write(async () => undefined);
  await context.progress({
    phase: `${migration.label}, statement ${position} of ${of}`,
    doneRatio: (position - 1) / of,
  });
}

function wayOut(error: MigrationError): string {
  const code = error.cause instanceof Error && "code" in error.cause ? error.cause.code : undefined;
  return code === "42501" ? " Where console_admin may not, the owner may: npm run db:migrate." : "";
}

type Both = { state: MigrationState; schema: SchemaShape };

async function readBoth({ securyflex }: RunContext): Promise<Both> {
  return { state: await readMigrationState(securyflex), schema: await readSchema(securyflex) };
}

export function prove(before: Both, after: Both): Fact[] {
  const described = ({ state: { ledger, newest } }: Both) =>
    `${ledger.length} migrations, the newest ${newest?.label ?? "none"}`;
  const invalid = ({ schema }: Both) =>
    String([...(schema.get("indexes") ?? [])].filter((line) => line.endsWith(" (invalid)")).length);
  const changes = compareSchemas(before.schema, after.schema).map(({ kind, gone, come, countBefore, countAfter }) => ({
    label: kind[0]?.toUpperCase() + kind.slice(1),
    before: list(countBefore, "gone", gone),
    after: list(countAfter, "new", come),
  }));
  return [
    { label: "Ledger", before: described(before), after: described(after) },
    ...changes,
    ...(changes.length > 0 ? [] : [{ label: "Schema", before: "as it was", after: "as it was" }]),
    { label: "Invalid indexes", before: invalid(before), after: invalid(after) },
  ];
}

function list(count: number, word: string, lines: string[]): string {
  if (lines.length === 0) return String(count);
  const more = lines.length > mostNames ? ` and ${lines.length - mostNames} more` : "";
  return `${count}; ${word}: ${lines.slice(0, mostNames).join(", ")}${more}`;
}
