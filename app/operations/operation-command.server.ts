import { parseArgs } from "node:util";

import { closeConnections } from "../../db/connections";
import { unreadableReason } from "../../db/database/unreadable-reason";
import { EnvironmentError } from "../../db/environment";
import { OperationRefusal } from "../../db/operation";
import { findOperation, operations } from "../../db/operations/index";
import { RunRefusal } from "../../db/operations/runs/run-refusal";
import { askAtCommandLine, UsageError } from "../auth/ask-at-command-line.server";

const usage = `Usage: npm run op -- <operation> <input ...> [--dry-run] [--as <email>] [--confirm <target>] [--reason <text>]

${operations.map(({ id, fields }) => `  ${id} ${fields.map(({ name, isOptional }) => (isOptional ? `[${name}]` : `<${name}>`)).join(" ")}`).join("\n")}

--dry-run shows the plan and does nothing. Else the account of --as asks, with its password, and a worker carries it out.`;

/** 0 done, 1 refused or failed, 2 not understood. */
async function run(): Promise<number> {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: {
      "dry-run": { type: "boolean", default: false },
      as: { type: "string" },
      confirm: { type: "string" },
      reason: { type: "string" },
    },
  });
  const [id, ...words] = positionals;
  const operation = findOperation(id);
  if (!operation) throw new UsageError(id ? `"${id}" is no operation.` : "No operation was named.");
  if (words.length > operation.fields.length) throw new UsageError(`"${words.at(-1)}" was not understood.`);
  const read = operation.readInput(
    Object.fromEntries(operation.fields.map(({ name }, position) => [name, words[position] ?? ""])),
  );
  if ("complaint" in read) throw new UsageError(read.complaint);
  return askAtCommandLine({
    operation,
    input: read.input,
    as: values.as,
    typedTarget: values.confirm,
    reason: values.reason,
    isDryRun: values["dry-run"],
  });
}

function explain(error: unknown): number {
  const isUsage = error instanceof UsageError || (error instanceof TypeError && "code" in error);
  if (isUsage) console.error(`${error.message}\n\n${usage}`);
  else if (error instanceof RunRefusal || error instanceof OperationRefusal || error instanceof EnvironmentError)
    console.error(error.message);
  else console.error(`Nothing was asked for: ${unreadableReason(error)}`);
  return isUsage ? 2 : 1;
}

try {
  process.exitCode = await run();
} catch (error) {
  process.exitCode = explain(error);
} finally {
  await closeConnections();
}
