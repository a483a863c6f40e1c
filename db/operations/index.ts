import type { Operation } from "../operation";
import { analyzeTable } from "./analyze-table";
import { vacuumTable } from "./vacuum-table";

/** Every operation, in the order in which the console offers them. */
export const operations: readonly Operation[] = [analyzeTable, vacuumTable];

/** Undefined where there is none of this id. */
export function findOperation(id: string | undefined): Operation | undefined {
  return operations.find((operation) => operation.id === id);
}
