import ts from 'typescript'
import { isPure } from './doors.ts'
import { finding, nodesOf } from './source.ts'
import type { Finding, Rule, Source } from './source.ts'

const FILE_LINES_MAX = 300
/** A function file only translates. */
const FUNCTION_FILE_LINES_MAX = 80
const FUNCTION_LINES_MAX = 60
/** Some 25 are meant; beyond this nobody finds the file by looking. */
const FOLDER_FILES_MAX = 30
const PARAMETERS_MAX = 3

const bannedWords = ['util', 'utils', 'helper', 'helpers', 'common', 'manager', 'service']

/** Classes that are no errors: state with a life of its own, by file and name. */
export const statefulClasses: Record<string, string> = {
  'local/http/answer-request.ts Desk': 'its lines, and whoever waits, live as long as the server',
  'local/http/lane.ts Lane': 'who runs and who waits changes with every request',
  'packages/dynamodb/src/memory-database.ts MemoryDatabase': 'rows are what it is for',
  'test/support/longest-first.ts LongestFirst': 'vitest asks for a class',
  'lib/weighed-cache.ts WeighedCache': 'keeps decoded manifests within a bound of memory',
}

/** Classes that inherit, since a framework is entered that way, by file and name. */
export const constructs: Record<string, string> = {
  'web/element/seat-map-element.ts HoldfastSeatMap': 'custom elements are classes',
  'infra/holdfast.ts Holdfast': 'apps of CDK are composed of subclasses of Construct',
}

export const fileSizeRule: Rule = {
  name: `files have at most ${FILE_LINES_MAX} lines, in functions/ ${FUNCTION_FILE_LINES_MAX}`,
  check: ({ path, text }) => {
    const linesMax = path.startsWith('functions/') ? FUNCTION_FILE_LINES_MAX : FILE_LINES_MAX
    const lines = text.trimEnd().split('\n').length
    if (lines <= linesMax) return []
    return [{ path, line: linesMax + 1, advice: `has ${lines} lines; split it by what it does.` }]
  },
}

export const functionLengthRule: Rule = {
  name: `functions have at most ${FUNCTION_LINES_MAX} lines`,
  check: (source) =>
    functionsIn(source)
      .filter((node) => !isDescribeBlock(node))
      .filter((node) => linesOf(source, node) > FUNCTION_LINES_MAX)
      .map((node) => finding(source, node, `has ${linesOf(source, node)} lines; split it.`)),
}

export const parametersRule: Rule = {
  name: `functions take at most ${PARAMETERS_MAX} parameters`,
  check: (source) =>
    functionsIn(source)
      .filter((node) => node.parameters.length > PARAMETERS_MAX && !isTableRow(node))
      .map((node) => finding(source, node, 'takes too many parameters; take an object.')),
}

export const kebabCaseRule: Rule = {
  name: 'files and folders are named in kebab-case',
  check: ({ path }) => {
    const isKebab = (part: string) => /^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+)*$/.test(part)
    if (path.split('/').every(isKebab)) return []
    return [{ path, line: 1, advice: 'rename it in kebab-case.' }]
  },
}

export const bannedNamesRule: Rule = {
  name: 'no file or folder is called after nothing: utils, helpers, common, manager, service',
  check: ({ path }) => {
    const words = path.split(/[/.-]/)
    const banned = words.find((word) => bannedWords.includes(word))
    if (banned === undefined) return []
    return [{ path, line: 1, advice: `is called "${banned}"; name it for what it does.` }]
  },
}

export const defaultExportRule: Rule = {
  name: 'nothing is exported as default, configuration files aside',
  check: (source) => {
    if (/^[^/]+\.config\.(js|ts)$/.test(source.path)) return []
    return source.tree.statements
      .filter(isDefaultExport)
      .map((node) => finding(source, node, 'export it by its name.'))
  },
}

export const barrelRule: Rule = {
  name: 'no file only passes on what others export',
  check: (source) => {
    const { statements } = source.tree
    const passesOn = (node: ts.Statement) => ts.isExportDeclaration(node) && !!node.moduleSpecifier
    const idle = (node: ts.Statement) => passesOn(node) || ts.isImportDeclaration(node)
    const isBarrel = statements.some(passesOn) && statements.every(idle)
    const first = statements[0]
    return isBarrel && first
      ? [finding(source, first, 'is a barrel; import from the file that declares it.')]
      : []
  },
}

export const classesRule: Rule = {
  name: 'a class is an error, or is listed for the state it keeps',
  check: (source) =>
    [...nodesOf(source.tree)].filter(ts.isClassLike).flatMap((node) => {
      const parent = parentOf(node)
      if (parent?.endsWith('Error') || nameOfClass(source, node) in constructs) return []
      if (parent !== undefined)
        return [finding(source, node, `inherits from ${parent}; do without.`)]
      if (nameOfClass(source, node) in statefulClasses) return []
      return [finding(source, node, 'is a class; write functions and data.')]
    }),
}

export const docCommentRule: Rule = {
  name: 'every exported function says what it promises',
  check: (source) => {
    if (/\.test\.ts$/.test(source.path)) return []
    return exportedFunctions(source)
      .filter((node) => ts.getJSDocCommentsAndTags(node).length === 0)
      .map((node) => finding(source, node, 'add a doc line: what it promises, what it refuses.'))
  },
}

/** What people start. */
const programs = [
  'local/main.ts',
  'commands/keys.ts',
  'commands/reset.ts',
  'commands/listen.ts',
  'commands/webhooks.ts',
  'commands/dynamodb.ts',
  'infra/documents/write-generated.ts',
  'infra/app.ts',
  'commands/admin.ts',
]

export const importingRule: Rule = {
  name: 'importing a file does nothing',
  check: (source) => {
    if (
      !/^(functions|lib|infra|local|commands|packages\/[^/]+\/src)\//.test(source.path) ||
      programs.includes(source.path)
    )
      return []
    return source.tree.statements
      .filter((node) => !ts.isImportDeclaration(node) && !isDeclaration(node))
      .map((node) => finding(source, node, 'runs on import; put it into a function.'))
  },
}

export const pureRule: Rule = {
  name: 'the inventory awaits nothing',
  check: (source) => {
    if (!isPure(source.path)) return []
    const waits = (node: ts.Node) =>
      node.kind === ts.SyntaxKind.AsyncKeyword ||
      ts.isAwaitExpression(node) ||
      (ts.isIdentifier(node) && node.text === 'Promise')
    return [...nodesOf(source.tree)]
      .filter(waits)
      .map((node) => finding(source, node, 'waits; read before deciding and write after it.'))
  },
}

/** Finds folders of product code that hold more files than one looks over, tests aside. */
export function findFullFolders(sources: readonly Source[]): Finding[] {
  const counts = new Map<string, number>()
  for (const { path } of sources) {
    if (/^(packages\/[^/]+\/)?test\//.test(path)) continue
    const folder = path.split('/').slice(0, -1).join('/')
    counts.set(folder, (counts.get(folder) ?? 0) + 1)
  }
  return [...counts]
    .filter(([, count]) => count > FOLDER_FILES_MAX)
    .map(([path, count]) => ({ path, line: 1, advice: `has ${count} files; make rooms of it.` }))
}

/** Names the listed classes that are gone. */
export function findIdleClasses(sources: readonly Source[]): string[] {
  const present = new Set<string>()
  for (const source of sources) {
    for (const node of nodesOf(source.tree)) {
      if (ts.isClassLike(node)) present.add(nameOfClass(source, node))
    }
  }
  return Object.keys({ ...statefulClasses, ...constructs }).filter((name) => !present.has(name))
}

type Function = ts.FunctionLikeDeclaration & { readonly body: ts.Node }

function functionsIn({ tree }: Source): Function[] {
  return [...nodesOf(tree)].filter(
    (node): node is Function =>
      ts.isFunctionLike(node) && 'body' in node && node.body !== undefined,
  )
}

function linesOf({ tree }: Source, node: ts.Node): number {
  const start = tree.getLineAndCharacterOfPosition(node.getStart(tree))
  return tree.getLineAndCharacterOfPosition(node.end).line - start.line + 1
}

/** The parameters of `test.each` are a table's columns. */
function isTableRow({ parent }: ts.Node): boolean {
  return ts.isCallExpression(parent) && /^(test|it)\.each\b/.test(parent.expression.getText())
}

/** A group of tests is a list, not a procedure. */
function isDescribeBlock({ parent }: ts.Node): boolean {
  return ts.isCallExpression(parent) && /^describe\b/.test(parent.expression.getText())
}

function isDefaultExport(node: ts.Statement): boolean {
  if (ts.isExportAssignment(node)) return true
  if (ts.isExportDeclaration(node) && node.exportClause && ts.isNamedExports(node.exportClause)) {
    return node.exportClause.elements.some(({ name }) => name.text === 'default')
  }
  return hasModifier(node, ts.SyntaxKind.DefaultKeyword)
}

function isDeclaration(node: ts.Statement): boolean {
  return (
    ts.isVariableStatement(node) ||
    ts.isFunctionDeclaration(node) ||
    ts.isClassDeclaration(node) ||
    ts.isInterfaceDeclaration(node) ||
    ts.isTypeAliasDeclaration(node) ||
    ts.isModuleDeclaration(node) ||
    ts.isExportDeclaration(node) ||
    ts.isExportAssignment(node)
  )
}

function parentOf(node: ts.ClassLikeDeclaration): string | undefined {
  const extended = node.heritageClauses?.find(({ token }) => token === ts.SyntaxKind.ExtendsKeyword)
  return extended?.types[0]?.expression.getText()
}

function nameOfClass({ path }: Source, { name }: ts.ClassLikeDeclaration): string {
  return `${path} ${name?.text ?? 'without a name'}`
}

function exportedFunctions({ tree }: Source): ts.Node[] {
  return tree.statements.filter((node) => {
    if (!hasModifier(node, ts.SyntaxKind.ExportKeyword)) return false
    if (ts.isFunctionDeclaration(node)) return node.body !== undefined
    if (!ts.isVariableStatement(node)) return false
    return node.declarationList.declarations.some(
      ({ initializer }) =>
        initializer && (ts.isArrowFunction(initializer) || ts.isFunctionExpression(initializer)),
    )
  })
}

function hasModifier(node: ts.Node, kind: ts.SyntaxKind): boolean {
  return ts.canHaveModifiers(node) && (ts.getModifiers(node) ?? []).some((it) => it.kind === kind)
}
