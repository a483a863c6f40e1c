import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";

import { requirePermission } from "~/auth/require.server";
import { readRules } from "~/shifts/rules/read-rules.server";
import { RulesPage } from "~/shifts/rules/rules-page";

export async function loader({ request }: LoaderFunctionArgs) {
  const signedIn = await requirePermission(request, "shifts.read");
  return readRules(signedIn);
}

export const meta: MetaFunction = () => [{ title: "Rules of assignment · SecuryFlex ops" }];

export default function RulesRoute() {
  return <RulesPage read={useLoaderData<typeof loader>()} />;
}

export { RouteError as ErrorBoundary } from "~/ui/route-error";
