import type { LoaderFunctionArgs } from "@remix-run/node";

import { requirePermission } from "~/auth/require.server";
import { showBreach } from "~/sla/shifts/show-breach.server";

export async function loader({ request, params }: LoaderFunctionArgs) {
  await requirePermission(request, "sla.read");
  return showBreach(request, params.shiftId);
}

/** Never drawn: it leads to the board, or says why not. */
export default function BreachRoute() {
  return null;
}

export { RouteError as ErrorBoundary } from "~/ui/route-error";
