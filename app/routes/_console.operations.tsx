import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";

import { requirePermission } from "~/auth/require.server";
import { OperationsPage } from "~/operations/operations-page";
import { readOperations } from "~/operations/read-operations.server";

export async function loader({ request }: LoaderFunctionArgs) {
  const signedIn = await requirePermission(request, "operations.read");
  return readOperations(new URL(request.url).searchParams, signedIn);
}

export const meta: MetaFunction = () => [{ title: "Operations · SecuryFlex ops" }];

export default function OperationsRoute() {
  return <OperationsPage read={useLoaderData<typeof loader>()} />;
}

export { RouteError as ErrorBoundary } from "~/ui/route-error";
