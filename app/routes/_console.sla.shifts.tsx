import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";

import { requirePermission } from "~/auth/require.server";
import { readSlaShifts } from "~/sla/shifts/read-sla-shifts.server";
import { SlaShiftsPage } from "~/sla/shifts/sla-shifts-page";

export async function loader({ request }: LoaderFunctionArgs) {
  await requirePermission(request, "sla.read");
  return readSlaShifts(new URL(request.url).searchParams);
}

export const meta: MetaFunction = () => [{ title: "Shifts behind the numbers · SecuryFlex ops" }];

export default function SlaShiftsRoute() {
  return <SlaShiftsPage read={useLoaderData<typeof loader>()} />;
}

export { RouteError as ErrorBoundary } from "~/ui/route-error";
