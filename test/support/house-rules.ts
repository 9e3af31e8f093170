import { readFile, readdir } from 'node:fs/promises'
import { clockRule } from './house/clock.ts'
import { doorsRule, packagelessRule, surfacesRule } from './house/doors.ts'
import { awsRule, zodRule } from './house/packages.ts'
import { definedRule, factsRule, partitionsRule, roundsRule } from './house/facts.ts'
import * as shape from './house/shape.ts'
import { parse } from './house/source.ts'
import type { Rule, Source } from './house/source.ts'

/** Every rule of the style sheet that looks at one file. */
export const rules: readonly Rule[] = [
  doorsRule,
  surfacesRule,
  awsRule,
  packagelessRule,
  zodRule,
  clockRule,
  factsRule,
  partitionsRule,
  roundsRule,
  definedRule,
  shape.pureRule,
  shape.importingRule,
  shape.fileSizeRule,
  shape.functionLengthRule,
  shape.parametersRule,
  shape.kebabCaseRule,
  shape.bannedNamesRule,
  shape.defaultExportRule,
  shape.barrelRule,
  shape.classesRule,
  shape.docCommentRule,
]

const folders = [
  ...['functions', 'lib', 'infra', 'local', 'commands', 'test', 'bench', 'packages', 'web'],
]

/** Reads and parses every source of the repository, its configuration files included, in a fixed order. */
export async function readSources(root: URL): Promise<Source[]> {
  const paths: string[] = []
  for (const entry of await readdir(root)) {
    if (/\.(js|ts)$/.test(entry)) paths.push(entry)
    if (!folders.includes(entry)) continue
    const inside = await readdir(new URL(`${entry}/`, root), { recursive: true })
    for (const path of inside) {
      if (/\.(js|ts)$/.test(path) && !path.includes('node_modules/')) paths.push(`${entry}/${path}`)
    }
  }
  return Promise.all(
    paths.sort().map(async (path) => parse(path, await readFile(new URL(path, root), 'utf8'))),
  )
}

/** Names the packages, our own aside, that no decision in `docs/decisions/` speaks of. */
export function undecidedPackages(packageJson: string, decisions: readonly string[]): string[] {
  const { dependencies = {}, devDependencies = {} } = JSON.parse(packageJson) as {
    dependencies?: Record<string, string>
    devDependencies?: Record<string, string>
  }
  const names = Object.keys({ ...dependencies, ...devDependencies })
  const foreign = names.filter((name) => !name.startsWith('@holdfast/'))
  return foreign.filter((name) => !decisions.some((text) => text.includes(`\`${name}\``)))
}
