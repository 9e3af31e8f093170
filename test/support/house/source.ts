import ts from 'typescript'

/** A source file as the checks see it; `path` starts at the repository's root. */
export interface Source {
  readonly path: string
  readonly text: string
  readonly tree: ts.SourceFile
}

/** One place that breaks a rule, and what to do about it. */
export interface Finding {
  readonly path: string
  readonly line: number
  readonly advice: string
}

/** A rule of one file at a time. */
export interface Rule {
  /** The guarantee, as a test's name. */
  readonly name: string
  readonly check: (source: Source) => Finding[]
}

/** One import or re-export, static or dynamic, of a file or a package. */
export interface Import {
  /** The imported file from the repository's root, or the package as it is written: also one of our own, which is entered by its name. */
  readonly target: string
  readonly isFile: boolean
  readonly typesOnly: boolean
  readonly node: ts.Node
}

/** Parses a source. */
export function parse(path: string, text: string): Source {
  return { path, text, tree: ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true) }
}

/** Says where a node stands and what to do. */
export function finding(source: Source, node: ts.Node, advice: string): Finding {
  const { line } = source.tree.getLineAndCharacterOfPosition(node.getStart(source.tree))
  return { path: source.path, line: line + 1, advice }
}

/** Writes findings one a line, for a test's message. */
export function report(findings: readonly Finding[]): string {
  return findings.map(({ path, line, advice }) => `${path}:${line} ${advice}`).join('\n')
}

/** Every node of a file, parents first. */
export function* nodesOf(node: ts.Node): Generator<ts.Node> {
  yield node
  const children: ts.Node[] = []
  ts.forEachChild(node, (child) => {
    children.push(child)
  })
  for (const child of children) yield* nodesOf(child)
}

/** Every import of a file: declarations, re-exports, `import()` and types written as `import('…')`. */
export function importsOf(source: Source): Import[] {
  const imports: Import[] = []
  for (const node of nodesOf(source.tree)) {
    const specifier = specifierOf(node)
    if (specifier === undefined) continue
    const isRelative = specifier.startsWith('.')
    const isFile = isRelative || /^@?holdfast\//.test(specifier)
    const target = isRelative ? resolve(source.path, specifier) : specifier
    imports.push({ target, isFile, typesOnly: isTypeOnly(node), node })
  }
  return imports
}

function specifierOf(node: ts.Node): string | undefined {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) {
    return literal(node.moduleSpecifier)
  }
  if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
    return literal(node.argument.literal)
  }
  if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
    return literal(node.arguments[0])
  }
  return undefined
}

function literal(node: ts.Node | undefined): string | undefined {
  return node && ts.isStringLiteralLike(node) ? node.text : undefined
}

function isTypeOnly(node: ts.Node): boolean {
  if (ts.isImportTypeNode(node)) return true
  if (ts.isExportDeclaration(node)) {
    const { isTypeOnly: whole, exportClause } = node
    if (whole || !exportClause || !ts.isNamedExports(exportClause)) return whole
    return exportClause.elements.length > 0 && exportClause.elements.every((it) => it.isTypeOnly)
  }
  const clause = ts.isImportDeclaration(node) ? node.importClause : undefined
  if (!clause) return false
  if (clause.phaseModifier === ts.SyntaxKind.TypeKeyword) return true
  const bindings = clause.namedBindings
  if (clause.name || !bindings || !ts.isNamedImports(bindings)) return false
  return bindings.elements.length > 0 && bindings.elements.every((it) => it.isTypeOnly)
}

function resolve(from: string, specifier: string): string {
  const parts = from.split('/').slice(0, -1)
  for (const part of specifier.split('/')) {
    if (part === '..') parts.pop()
    else if (part !== '.') parts.push(part)
  }
  return parts.join('/')
}

/** Imports between our own files. */
export function fileImports(source: Source): Import[] {
  return importsOf(source).filter(({ isFile }) => isFile)
}
