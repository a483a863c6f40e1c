import ts from "typescript";

/** What stands in the first line of each loader and action: the permission, or why it needs none. */
export type Door = { export: "loader" | "action"; guard: string | undefined };

const publicGuards = ["requireSignedOut", "allowEveryone"];

/** The loaders and actions of one route file with their guard: a permission, a public guard's name, or undefined. */
export function listDoors(path: string, text: string): Door[] {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX);
  return source.statements.flatMap((statement) => {
    const isExported = ts.canHaveModifiers(statement)
      ? ts.getModifiers(statement)?.some((modifier) => modifier.kind === ts.SyntaxKind.ExportKeyword)
      : false;
    if (ts.isExportDeclaration(statement) && statement.exportClause && ts.isNamedExports(statement.exportClause)) {
      return statement.exportClause.elements
        .filter((element) => isDoor(element.name.text))
        .map((element) => ({ export: element.name.text as Door["export"], guard: undefined }));
    }
    if (!isExported) return [];
    if (ts.isFunctionDeclaration(statement) && statement.name && isDoor(statement.name.text)) {
      return [{ export: statement.name.text as Door["export"], guard: guardOf(statement.body?.statements[0], source) }];
    }
    if (ts.isVariableStatement(statement)) {
      return statement.declarationList.declarations
        .filter((declaration) => isDoor(declaration.name.getText(source)))
        .map((declaration) => ({ export: declaration.name.getText(source) as Door["export"], guard: undefined }));
    }
    return [];
  });
}

function isDoor(name: string): boolean {
  return name === "loader" || name === "action";
}

function guardOf(statement: ts.Statement | undefined, source: ts.SourceFile): string | undefined {
  const text = statement?.getText(source) ?? "";
  const permission = text.match(/^(?:const [\w{}, :]+ = )?await requirePermission\(request, "([a-z.-]+)"\);$/)?.[1];
  const open = text.match(/^(?:const [\w{}, :]+ = )?(?:await )?(\w+)\(request\);$/)?.[1];
  return permission ?? (open && publicGuards.includes(open) ? open : undefined);
}
