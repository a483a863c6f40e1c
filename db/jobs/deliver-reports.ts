import { readReportWays } from "../sla/report/report-ways";
import { sendReports } from "../sla/report/send-reports";
import { defineJob } from "./job";

export const deliverReports = defineJob({
  id: "deliver-reports",
  title: "Deliver service-level reports",
  purpose: "Sends reports that are to leave by the webhook, and writes them to the folder, as the settings say.",
  schedule: "*/5 * * * *",
  timeoutSeconds: 1800,
  attempts: 3,
  run: async ({ operate, write, signal, slot }) => {
    const ways = readReportWays();
    if (!ways.hasWebhook && !ways.directory) {
      return ways.problem ?? "Reports stay here: neither WEBHOOK_URL nor REPORTS_DIRECTORY is set.";
    }
    const { told, filed, failed } = await sendReports({ operate, write, signal }, { ways, asOf: slot });
    return `Handed to the webhook: ${told}, filed: ${filed}, not filed: ${failed}.`;
  },
});
