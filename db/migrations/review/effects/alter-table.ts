import type { AlterTableCmd, AlterTableStmt } from "libpg-query";

import type { LockMode } from "../lock-mode";
import { nameOf, optionsOf, shortName, type Tree } from "../syntax";
import { describeAddColumn, typeOf } from "./add-column";
import { keepsValues } from "./column-type";
import {
  describeAddConstraint,
  describeAlterConstraint,
  describeDropConstraint,
  describeValidate,
  isNotNullProved,
} from "./constraint";
import { type Effect, type EffectContext, factsOf, lock, nothing, unknownEffect, withPartitions } from "./effect";
import { describeAttach, describeDetach } from "./partition";

/** What it does, by the name of the column or thing; the lock is ACCESS EXCLUSIVE for a moment unless another is said. */
const simple: Partial<Record<string, [words: (name: string, table: string) => string, mode?: LockMode]>> = {
  AT_ColumnDefault: [(name, table) => `Changes the default of column ${name} of ${table}`],
  AT_DropNotNull: [(name, table) => `Lets column ${name} of ${table} be null`],
  AT_SetStorage: [(name, table) => `Changes how column ${name} of ${table} is stored from now on`],
  AT_SetCompression: [(name, table) => `Changes how column ${name} of ${table} is compressed from now on`],
  AT_AddIdentity: [(name, table) => `Numbers column ${name} of ${table} from now on`],
  AT_SetIdentity: [(name, table) => `Changes how column ${name} of ${table} is numbered`],
  AT_DropIdentity: [(name, table) => `Numbers column ${name} of ${table} no more`],
  AT_DropExpression: [(name, table) => `Computes column ${name} of ${table} no more`],
  AT_ChangeOwner: [(_, table) => `Gives ${table} to another role`],
  AT_EnableRowSecurity: [(_, table) => `Turns row security of ${table} on`],
  AT_DisableRowSecurity: [(_, table) => `Turns row security of ${table} off`],
  AT_ForceRowSecurity: [(_, table) => `Turns row security of ${table} on for its owner too`],
  AT_NoForceRowSecurity: [(_, table) => `Turns row security of ${table} off for its owner`],
  AT_ReplicaIdentity: [(_, table) => `Changes what logical replication knows a row of ${table} by`],
  AT_SetStatistics: [
    (name, table) => `Changes how much ANALYZE keeps of column ${name} of ${table}`,
    "SHARE UPDATE EXCLUSIVE",
  ],
  AT_SetOptions: [(name, table) => `Changes the estimate of column ${name} of ${table}`, "SHARE UPDATE EXCLUSIVE"],
  AT_ResetOptions: [(name, table) => `Resets the estimate of column ${name} of ${table}`, "SHARE UPDATE EXCLUSIVE"],
  AT_ClusterOn: [(_, table) => `Notes the order in which CLUSTER writes ${table}`, "SHARE UPDATE EXCLUSIVE"],
  AT_DropCluster: [(_, table) => `Forgets the order in which CLUSTER writes ${table}`, "SHARE UPDATE EXCLUSIVE"],
  AT_EnableTrig: [(name, table) => `Turns trigger ${name} of ${table} on`, "SHARE ROW EXCLUSIVE"],
  AT_DisableTrig: [(name, table) => `Turns trigger ${name} of ${table} off`, "SHARE ROW EXCLUSIVE"],
  AT_EnableTrigAll: [(_, table) => `Turns all triggers of ${table} on`, "SHARE ROW EXCLUSIVE"],
  AT_DisableTrigAll: [(_, table) => `Turns all triggers of ${table} off`, "SHARE ROW EXCLUSIVE"],
  AT_EnableTrigUser: [(_, table) => `Turns the triggers of ${table} on`, "SHARE ROW EXCLUSIVE"],
  AT_DisableTrigUser: [(_, table) => `Turns the triggers of ${table} off`, "SHARE ROW EXCLUSIVE"],
};

const rewrites: Partial<Record<string, string>> = {
  AT_SetLogged: "writes its changes to the WAL from now on",
  AT_SetUnLogged: "writes its changes to the WAL no more, so a crash empties it",
  AT_SetAccessMethod: "is stored by another access method",
  AT_SetTableSpace: "moves to another tablespace",
  AT_SetExpression: "computes a column by another expression",
};

/** ALTER TABLE is the sum of its commands; the strongest lock of them is taken at once. */
export function describeAlterTable(statement: AlterTableStmt, context: EffectContext): Effect[] {
  const { relation, objtype, cmds = [] } = statement;
  const name = nameOf(relation);
  if (objtype === "OBJECT_TYPE" || objtype === "OBJECT_SEQUENCE") return [nothing(`Changes ${shortName(name)}`)];
  if (objtype === "OBJECT_INDEX") return [nothing(`Changes index ${shortName(name)}`)];
  const commands = (cmds as Tree[]).flatMap(({ AlterTableCmd: command }) => command ?? []);
  const parts = commands.map((command) => describeCommand(name, command, context));
  return relation?.inh ? parts.map((part) => spread(part, name, context)) : parts;
}

function describeCommand(relation: string, command: AlterTableCmd, context: EffectContext): Effect {
  const { subtype = "", name = "" } = command;
  const def = command.def as Tree | undefined;
  const table = shortName(relation);
  if (subtype === "AT_AddColumn" && def?.ColumnDef) return describeAddColumn(relation, def.ColumnDef, context);
  if (subtype === "AT_AddConstraint" && def?.Constraint)
    return describeAddConstraint(relation, def.Constraint, context);
  if (subtype === "AT_ValidateConstraint") return describeValidate(relation, name, context);
  if (subtype === "AT_DropConstraint") return describeDropConstraint(relation, name, context);
  if (subtype === "AT_AlterConstraint" && def?.ATAlterConstraint) {
    const { conname = "", alterEnforceability: isTold, is_enforced: isEnforced } = def.ATAlterConstraint;
    return describeAlterConstraint(relation, conname, isTold ? (isEnforced ? "on" : "off") : undefined, context);
  }
  if (subtype === "AT_DropColumn") return describeDropColumn(relation, name, context);
  if (subtype === "AT_AlterColumnType") return describeChangeType(relation, command, context);
  if (subtype === "AT_AttachPartition" && def?.PartitionCmd) {
    return describeAttach(relation, nameOf(def.PartitionCmd.name), def.PartitionCmd.bound, context);
  }
  if (subtype === "AT_DetachPartition" && def?.PartitionCmd) {
    return describeDetach(relation, nameOf(def.PartitionCmd.name), def.PartitionCmd.concurrent === true, context);
  }
  if (subtype === "AT_SetNotNull") {
    const isProved = isNotNullProved(factsOf(context, relation), name);
    return {
      words: `Lets column ${name} of ${table} never be null${isProved ? "" : ", and checks every row"}`,
      locks: [lock(relation, "ACCESS EXCLUSIVE", isProved ? "brief" : "scan")],
    };
  }
  if (subtype === "AT_SetRelOptions" || subtype === "AT_ResetRelOptions") {
    const names = optionsOf(def?.List?.items as Tree[] | undefined).map(({ defname = "" }) => defname);
    const isMild = names.every((option) =>
      /^(log_)?autovacuum|^vacuum_|^(fillfactor|toast_tuple_target|parallel_workers)$/.test(option),
    );
    return {
      words: `Changes storage settings of ${table}`,
      locks: [lock(relation, isMild ? "SHARE UPDATE EXCLUSIVE" : "ACCESS EXCLUSIVE")],
    };
  }
  const rewrite = rewrites[subtype];
  if (rewrite)
    return {
      words: `Lets ${table} be such that it ${rewrite}`,
      locks: [lock(relation, "ACCESS EXCLUSIVE", "rewrite")],
    };
  const [words, mode = "ACCESS EXCLUSIVE"] = simple[subtype] ?? [];
  if (!words) return unknownEffect(`Changes ${table} (${subtype.slice(3)})`, [relation]);
  return { words: words(name, table), locks: [lock(relation, mode)] };
}

function describeDropColumn(relation: string, column: string, context: EffectContext): Effect {
  const constraints = factsOf(context, relation)?.constraints ?? [];
  const parents = constraints.flatMap(({ columns, references }) =>
    references && columns.includes(column) ? references : [],
  );
  return {
    words: `Drops column ${column} of ${shortName(relation)}, and its values with it`,
    locks: [relation, ...parents].map((table) => lock(table, "ACCESS EXCLUSIVE")),
    isReversible: false,
  };
}

/** Without a rewrite a check of the column is still proved anew, row by row. */
function describeChangeType(relation: string, { name = "", def }: AlterTableCmd, context: EffectContext): Effect {
  const column = (def as Tree | undefined)?.ColumnDef;
  const facts = factsOf(context, relation);
  const [from, to] = [facts?.columns[name]?.type, typeOf(column?.typeName)];
  const isKept = from !== undefined && !column?.raw_default && keepsValues(from, to);
  const touching = (facts?.constraints ?? []).filter(({ columns }) => columns.includes(name));
  const isChecked = from !== to && touching.some(({ kind }) => kind === "check" || kind === "foreign key");
  return {
    words: `Changes column ${name} of ${shortName(relation)} from ${from ?? "its type"} to ${to}`,
    locks: [
      lock(relation, "ACCESS EXCLUSIVE", isKept ? (isChecked ? "scan" : "brief") : "rewrite"),
      ...touching.flatMap(({ references }) => (references ? [lock(references, "ACCESS EXCLUSIVE", "scan")] : [])),
    ],
  };
}

/** A command on a partitioned table goes on to its partitions. */
function spread(part: Effect, relation: string, context: EffectContext): Effect {
  const isOwn = part.locks.find((one) => one.relation === relation);
  if (!isOwn || isOwn.mode === "SHARE UPDATE EXCLUSIVE" || /partition of/.test(part.words)) return part;
  const below = withPartitions(context, relation).slice(1);
  return { ...part, locks: [...part.locks, ...below.map((partition) => ({ ...isOwn, relation: partition }))] };
}
