import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from "@remix-run/node";

import { allowEveryone } from "~/auth/require.server";
import { signOut } from "~/auth/sign-in.server";

export async function loader({ request }: LoaderFunctionArgs) {
  allowEveryone(request);
  return redirect("/");
}

export async function action({ request }: ActionFunctionArgs) {
  allowEveryone(request);
  return signOut(request);
}

export { RouteError as ErrorBoundary } from "~/ui/route-error";
