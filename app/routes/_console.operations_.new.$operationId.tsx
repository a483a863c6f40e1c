import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";

import { requirePermission } from "~/auth/require.server";
import { answerRequest, readRequestPage } from "~/operations/request.server";
import { RequestPage } from "~/operations/request-page";

export async function loader({ request, params }: LoaderFunctionArgs) {
  await requirePermission(request, "operations.request");
  return readRequestPage(request, params.operationId);
}

export async function action({ request, params }: ActionFunctionArgs) {
  const signedIn = await requirePermission(request, "operations.request");
  return answerRequest(request, params.operationId, signedIn);
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data?.operation.title ?? "Operations"} · SecuryFlex ops` },
];

export default function RequestRoute() {
  return <RequestPage read={useLoaderData<typeof loader>()} refusal={useActionData<typeof action>()?.message} />;
}

export { RouteError as ErrorBoundary } from "~/ui/route-error";
