import { buttonClass } from "~/ui/button";

/** Everything that matches, as a file; a page shows but the first of it. */
export function CsvLink({ to }: { to: string }) {
  return (
    <a href={to} className={buttonClass({ size: "sm", tone: "quiet" })} download>
      CSV
    </a>
  );
}
