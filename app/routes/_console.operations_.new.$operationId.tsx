import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";

import { isPermitted } from "~/auth/permissions";
import { requirePermission } from "~/auth/require.server";
import { answerRequest, readRequestPage } from "~/operations/request.server";
import { RequestPage } from "~/operations/request-page";

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { staff } = await requirePermission(request, "operations.request");
  return {
    read: await readRequestPage(request, params.operationId),
    mayReadAll: isPermitted(staff.role, "operations.read"),
    mayReadRunbook: isPermitted(staff.role, "database.read"),
  };
}

export async function action({ request, params }: ActionFunctionArgs) {
  const signedIn = await requirePermission(request, "operations.request");
  return answerRequest(request, params.operationId, signedIn);
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data?.read.operation.title ?? "Operations"} · SecuryFlex ops` },
];

export default function RequestRoute() {
  const { read, mayReadAll, mayReadRunbook } = useLoaderData<typeof loader>();
  return (
    <RequestPage
      read={read}
      refusal={useActionData<typeof action>()?.message}
      back={mayReadAll ? { to: "/operations", label: "All operations" } : null}
      runbookTo={mayReadRunbook ? `/database/runbook#${read.operation.id}` : undefined}
    />
  );
}

export { RouteError as ErrorBoundary } from "~/ui/route-error";
