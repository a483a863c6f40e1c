import { formatCount } from "~/ui/format";
import { Section } from "~/ui/page";
import type { Notice, SlaCounts } from "../../db/rules/sla/counts";
import { noticeWords, partyWords } from "../../db/rules/sla/definitions";
import type { CancelledBy } from "../../db/rules/sla/facts";

const parties = Object.keys(partyWords) as CancelledBy[];
const notices = Object.keys(noticeWords) as Notice[];
const cell = "py-1.5 pl-4 text-right tabular-nums";

/** Who cancelled, and how long before the start; in shifts. */
export function CancelledSection({ counts: { cancelled, publishedShifts } }: { counts: SlaCounts }) {
  return (
    <Section
      title="Cancelled, by whom and how long before"
      note={`of ${formatCount(publishedShifts)} published shifts`}
    >
      <div className="overflow-x-auto">
        <table className="w-full text-left">
          <caption className="sr-only">Cancelled shifts by party and notice</caption>
          <thead className="text-xs text-muted">
            <tr>
              <th scope="col" className="pb-1.5 font-medium">
                By
              </th>
              {notices.map((notice) => (
                <th key={notice} scope="col" className="pb-1.5 pl-4 text-right font-medium">
                  {noticeWords[notice]}
                </th>
              ))}
              <th scope="col" className="pb-1.5 pl-4 text-right font-medium">
                All
              </th>
            </tr>
          </thead>
          <tbody>
            {parties.map((party) => (
              <tr key={party} className="border-t border-line">
                <th scope="row" className="py-1.5 font-normal">
                  {partyWords[party]}
                </th>
                {notices.map((notice) => (
                  <td key={notice} className={cell}>
                    {formatCount(cancelled[party][notice])}
                  </td>
                ))}
                <td className={cell}>
                  {formatCount(notices.reduce((sum, notice) => sum + cancelled[party][notice], 0))}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Section>
  );
}
