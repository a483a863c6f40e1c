import type { CancelledBy } from "./facts";

const parties: Record<string, CancelledBy> = {
  "client request": "client",
  sick: "guard",
  "no-show": "guard",
  "late cancellation": "guard",
  travel: "guard",
  "certificate problem": "guard",
  "pass missing": "guard",
  "no guard available": "platform",
  "double booking": "platform",
  "working time": "platform",
  "planning error": "platform",
  "system test": "platform",
};

/** Whose doing a cancellation was. */
export function cancelledBy(reason: string | null): CancelledBy {
  return parties[reason ?? ""] ?? "unknown";
}
