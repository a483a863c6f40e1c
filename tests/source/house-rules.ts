import type { SourceFiles } from "./source-files";

const bannedFolders = /(^|\/)(utils?|lib|helpers?|common|services?|managers?)(\/|$)/;
const bannedFiles = /(^|[-/])(utils?|helpers?|manager|handler|misc|stuff)(\.server)?\.tsx?$/;

/** Lines a file may have: 250, a test 400. */
export function listLongFiles(files: SourceFiles): string[] {
  return [...files].flatMap(([path, text]) => {
    const most = path.startsWith("tests/") ? 400 : 250;
    const lines = text.split("\n").length - 1;
    return lines > most ? [`${path} has ${lines} lines, more than ${most}`] : [];
  });
}

export function listBannedNames(paths: string[]): string[] {
  return paths.filter((path) => bannedFolders.test(path) || bannedFiles.test(path));
}

/** Text that builds SQL past the parameters; only reviewed files may hold it. */
const rawSql = /\bsql\.raw\(|\bsql\.identifier\(|\.unsafe\b/;

export function listRawSql(files: SourceFiles): string[] {
  return [...files].filter(([, text]) => rawSql.test(text)).map(([path]) => path);
}

const unowned = /\b(TODO|FIXME|XXX|HACK)\b/;

export function listUnfinished(files: SourceFiles): string[] {
  return [...files].flatMap(([path, text]) =>
    text
      .split("\n")
      .map((line, index) => (unowned.test(line) || /coming soon/i.test(line) ? `${path}:${index + 1}` : ""))
      .filter((found) => found !== ""),
  );
}

/** Waits for time instead of an event, focused and skipped tests. */
const weakTest = /waitForTimeout\(|\b(test|describe|it)\.(only|skip|todo|fails)\b|retries: [1-9]|\.retry\(/;

export function listWeakTests(files: SourceFiles): string[] {
  return [...files].filter(([, text]) => weakTest.test(text)).map(([path]) => path);
}
