import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";

import { requirePermission } from "~/auth/require.server";
import { answerRequest, readRequestPage } from "~/operations/request.server";
import { RequestPage } from "~/operations/request-page";

export async function loader({ request }: LoaderFunctionArgs) {
  await requirePermission(request, "sla.report");
  return readRequestPage(request, "make-sla-report");
}

export async function action({ request }: ActionFunctionArgs) {
  const signedIn = await requirePermission(request, "sla.report");
  return answerRequest(request, "make-sla-report", signedIn, (runId) => `/sla/reports?run=${runId}`);
}

export const meta: MetaFunction = () => [{ title: "Make a report · SecuryFlex ops" }];

export default function MakeReportRoute() {
  return (
    <RequestPage
      read={useLoaderData<typeof loader>()}
      refusal={useActionData<typeof action>()?.message}
      back={{ to: "/sla/reports", label: "SLA reports" }}
    />
  );
}

export { RouteError as ErrorBoundary } from "~/ui/route-error";
