import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import type { Block } from './doc-blocks.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))

/** Looser than our own: readers have settings of theirs, and annotate nothing in JavaScript. */
const settings: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2023,
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  types: ['node'],
  noEmit: true,
  strict: true,
  skipLibCheck: true,
  allowImportingTsExtensions: true,
  jsx: ts.JsxEmit.ReactJSX,
}

/** What the compiler finds in blocks, each taken for a file in the root folder; `after …` in its note stands before its code. */
export function faultsOfCode(blocks: readonly Block[]): string[] {
  const files = new Map(
    blocks.map((block, at) => {
      const ending = block.language === 'tsx' ? 'tsx' : 'mts'
      return [`${root}block-${at}.${ending}`, { ...block, code: codeOf(block) }]
    }),
  )
  const given = ts.createCompilerHost(settings)
  const host: ts.CompilerHost = {
    ...given,
    fileExists: (name) => files.has(name) || given.fileExists(name),
    readFile: (name) => files.get(name)?.code ?? given.readFile(name),
    getSourceFile: (name, version, ...rest) => {
      const file = files.get(name)
      if (file === undefined) return given.getSourceFile(name, version, ...rest)
      return ts.createSourceFile(name, file.code, version, true)
    },
  }
  const program = ts.createProgram([...files.keys()], settings, host)
  return [...files].flatMap(([name, { place, language }]) => {
    const source = program.getSourceFile(name)
    const syntax = program.getSyntacticDiagnostics(source)
    // JavaScript has no types to be wrong in.
    const found =
      language === 'js' ? syntax : [...syntax, ...program.getSemanticDiagnostics(source)]
    return found.map(({ messageText }) => {
      return `${place}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`
    })
  })
}

function codeOf({ note, text }: Block): string {
  const [, before = ''] = /^after\n([\s\S]*)$/.exec(note) ?? []
  // A copy of Holdfast in an app of one's own is this repository.
  return `${before}\n${text}`.replaceAll("'./holdfast/", "'./")
}
