const frames = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"];
const quietReportSeconds = 10;

/**
 * Runs one step and prints how long it took. While it runs a terminal shows a moving line; anywhere else a line
 * comes every ten seconds. `title` may depend on the result. Rethrows what `work` throws.
 *
 * @template Result
 * @param {string} activity what is under way, for example "Installing packages"
 * @param {(report: (note: string) => void) => Promise<Result> | Result} work
 * @param {string | ((result: Result) => string)} [title] what stands afterwards; the activity where left out
 * @returns {Promise<Result>}
 */
export async function step(activity, work, title = activity) {
  const startedAt = performance.now();
  const isTerminal = process.stdout.isTTY === true;
  let note = "";
  let ticks = 0;
  const show = () => {
    ticks += 1;
    const elapsed = seconds(startedAt);
    const text = `${activity}${note ? `: ${note}` : ""} (${elapsed})`;
    if (isTerminal) {
      const width = (process.stdout.columns ?? 80) - 4;
      process.stdout.write(`\r\x1b[2K${frames[ticks % frames.length]} ${text.slice(0, width)}`);
    } else if (ticks % quietReportSeconds === 0) console.log(`  ${text}`);
  };
  const timer = setInterval(show, isTerminal ? 120 : 1000);
  const clear = () => {
    clearInterval(timer);
    if (isTerminal) process.stdout.write("\r\x1b[2K");
  };
  try {
    const result = await work((line) => {
      note = line.trim();
    });
    clear();
    console.log(`✓ ${typeof title === "function" ? title(result) : title} (${seconds(startedAt)})`);
    return result;
  } catch (error) {
    clear();
    throw error;
  }
}

/** @param {number} startedAt */
function seconds(startedAt) {
  return `${((performance.now() - startedAt) / 1000).toFixed(1)} s`;
}
