import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";

import { requirePermission } from "~/auth/require.server";
import { readRunbookPage } from "~/database/read-runbook.server";
import { RunbookPage } from "~/database/runbook-page";

export async function loader({ request }: LoaderFunctionArgs) {
  await requirePermission(request, "database.read");
  return readRunbookPage();
}

export const meta: MetaFunction = () => [{ title: "Runbook · SecuryFlex ops" }];

export default function RunbookRoute() {
  return <RunbookPage sections={useLoaderData<typeof loader>()} />;
}

export { RouteError as ErrorBoundary } from "~/ui/route-error";
