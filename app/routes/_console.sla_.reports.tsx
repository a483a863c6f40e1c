import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";

import { requirePermission } from "~/auth/require.server";
import { readAskedRun } from "~/operations/run.server";
import { RunNotice } from "~/operations/run-notice";
import { readReports } from "~/sla/reports/read-reports.server";
import { ReportsPage } from "~/sla/reports/reports-page";

export async function loader({ request }: LoaderFunctionArgs) {
  const signedIn = await requirePermission(request, "sla.read");
  const run = await readAskedRun(request, "sla.report");
  return { run, read: await readReports(request, signedIn) };
}

export const meta: MetaFunction = () => [{ title: "SLA reports · SecuryFlex ops" }];

export default function ReportsRoute() {
  const { run, read } = useLoaderData<typeof loader>();
  return <ReportsPage read={read} notice={run && <RunNotice run={run} />} />;
}

export { RouteError as ErrorBoundary } from "~/ui/route-error";
