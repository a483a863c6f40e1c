import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";

import { requirePermission } from "~/auth/require.server";
import { readSlaLocations } from "~/sla/locations/read-sla-locations.server";
import { SlaLocationsPage } from "~/sla/locations/sla-locations-page";

export async function loader({ request }: LoaderFunctionArgs) {
  await requirePermission(request, "sla.read");
  return readSlaLocations(new URL(request.url).searchParams);
}

export const meta: MetaFunction = () => [{ title: "Locations · SecuryFlex ops" }];

export default function SlaLocationsRoute() {
  return <SlaLocationsPage read={useLoaderData<typeof loader>()} />;
}

export { RouteError as ErrorBoundary } from "~/ui/route-error";
