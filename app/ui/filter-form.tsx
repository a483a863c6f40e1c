import { Form, useLocation, useSubmit } from "@remix-run/react";
import type { ReactNode } from "react";

import { Button, ButtonLink } from "./button";

/**
 * Fields that filter the page through its URL. A choice acts at once, a text on Enter, both by the button without
 * script. `clearTo` is the page without any filter; null where none is set.
 */
export function FilterForm({ clearTo, children }: { clearTo: string | null; children: ReactNode }) {
  const { pathname, search } = useLocation();
  const submit = useSubmit();
  return (
    <Form
      key={search}
      method="get"
      action={pathname}
      role="search"
      className="flex flex-wrap items-end gap-3"
      onChange={(event) => {
        if (event.target instanceof HTMLSelectElement) submit(event.currentTarget, { preventScrollReset: true });
      }}
    >
      {children}
      <Button type="submit">Filter</Button>
      {clearTo && (
        <ButtonLink tone="quiet" to={clearTo}>
          Clear
        </ButtonLink>
      )}
    </Form>
  );
}
