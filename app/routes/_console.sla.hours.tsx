import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";

import { requirePermission } from "~/auth/require.server";
import { readSlaHours } from "~/sla/hours/read-sla-hours.server";
import { SlaHoursPage } from "~/sla/hours/sla-hours-page";

export async function loader({ request }: LoaderFunctionArgs) {
  await requirePermission(request, "sla.read");
  return readSlaHours(new URL(request.url).searchParams);
}

export const meta: MetaFunction = () => [{ title: "Hours of the week · SecuryFlex ops" }];

export default function SlaHoursRoute() {
  return <SlaHoursPage read={useLoaderData<typeof loader>()} />;
}

export { RouteError as ErrorBoundary } from "~/ui/route-error";
