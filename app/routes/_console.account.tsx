import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData, useSearchParams } from "@remix-run/react";

import { changeAccount, listSessionRows } from "~/auth/account.server";
import { AccountPage } from "~/auth/account-page";
import { describeEnded } from "~/auth/describe-ended";
import { requirePermission } from "~/auth/require.server";

export async function loader({ request }: LoaderFunctionArgs) {
  const signedIn = await requirePermission(request, "account.read");
  return { staff: signedIn.staff, sessions: await listSessionRows(signedIn, signedIn.staff.id) };
}

export async function action({ request }: ActionFunctionArgs) {
  const signedIn = await requirePermission(request, "account.write");
  return changeAccount(request, signedIn);
}

export const meta: MetaFunction = () => [{ title: "Account · SecuryFlex ops" }];

export default function AccountRoute() {
  const [search] = useSearchParams();
  const changed =
    search.get("changed") === "password" ? "Your password was changed; your other sessions ended." : undefined;
  return (
    <AccountPage
      {...useLoaderData<typeof loader>()}
      refusal={useActionData<typeof action>()}
      notice={changed ?? describeEnded(search)}
    />
  );
}

export { RouteError as ErrorBoundary } from "~/ui/route-error";
