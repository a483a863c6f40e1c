import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useActionData } from "@remix-run/react";

import { allowEveryone, requireSignedOut } from "~/auth/require.server";
import { signIn } from "~/auth/sign-in.server";
import { SignInForm } from "~/auth/sign-in-form";

export async function loader({ request }: LoaderFunctionArgs) {
  await requireSignedOut(request);
  return null;
}

export async function action({ request }: ActionFunctionArgs) {
  allowEveryone(request);
  return signIn(request);
}

export const meta: MetaFunction = () => [{ title: "Sign in · SecuryFlex ops" }];

export default function SignInRoute() {
  return <SignInForm refusal={useActionData<typeof action>()} />;
}

export { RouteError as ErrorBoundary } from "~/ui/route-error";
