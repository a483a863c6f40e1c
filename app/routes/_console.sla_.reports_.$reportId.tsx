import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";

import { requirePermission } from "~/auth/require.server";
import { readReport } from "~/sla/reports/read-reports.server";
import { ReportPage } from "~/sla/reports/report-page";

export async function loader({ request, params }: LoaderFunctionArgs) {
  await requirePermission(request, "sla.read");
  return readReport(params.reportId);
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data?.sheet.title ?? "Report"} · SecuryFlex ops` },
];

export default function ReportRoute() {
  return <ReportPage read={useLoaderData<typeof loader>()} />;
}

export { RouteError as ErrorBoundary } from "~/ui/route-error";
