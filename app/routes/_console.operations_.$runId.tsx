import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";

import { requirePermission } from "~/auth/require.server";
import { decideRun, readRunPage } from "~/operations/run.server";
import { RunPage } from "~/operations/run-page";

export async function loader({ request, params }: LoaderFunctionArgs) {
  const signedIn = await requirePermission(request, "operations.request");
  return readRunPage(params.runId, signedIn);
}

export async function action({ request, params }: ActionFunctionArgs) {
  const signedIn = await requirePermission(request, "operations.request");
  return decideRun(request, params.runId, signedIn);
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data ? `${data.title}: ${data.run.target}` : "Operations"} · SecuryFlex ops` },
];

export default function RunRoute() {
  return <RunPage read={useLoaderData<typeof loader>()} refusal={useActionData<typeof action>()?.message} />;
}

export { RouteError as ErrorBoundary } from "~/ui/route-error";
