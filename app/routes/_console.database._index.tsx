import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";

import { requirePermission } from "~/auth/require.server";
import { OverviewPage } from "~/database/overview-page";
import { readOverview } from "~/database/read-overview.server";

export async function loader({ request }: LoaderFunctionArgs) {
  await requirePermission(request, "database.read");
  return readOverview();
}

export const meta: MetaFunction = () => [{ title: "Database · SecuryFlex ops" }];

export default function DatabaseRoute() {
  return <OverviewPage overview={useLoaderData<typeof loader>()} />;
}

export { RouteError as ErrorBoundary } from "~/ui/route-error";
