import type { LoaderFunctionArgs } from "@remix-run/node";

import { requirePermission } from "~/auth/require.server";
import { readChangeRun } from "~/operations/change-run.server";

export async function loader({ request, params }: LoaderFunctionArgs) {
  await requirePermission(request, "shifts.reassign");
  return readChangeRun(params.runId);
}
