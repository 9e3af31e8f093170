import { rm } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { functionsFolder, readCatalog } from '../lib/http/catalog.ts'
import type { Catalog, CatalogEntry, CatalogWorker } from '../lib/http/catalog.ts'
import { bundleEntries, listInputs, type FunctionBundle } from './bundle.ts'
import { needsOfEndpoint, needsOfWorker, type Needs } from './needs.ts'
import { buildWeb, writeWeb } from './web-files.ts'

/** A function as it is deployed: what it is, its code, and what it needs. */
export type Deployed<Kind> = Kind & { readonly bundle: FunctionBundle; readonly needs: Needs }

/** Everything that is made of the sources before the stacks are: hand it to `Holdfast`. */
export interface Build {
  readonly endpoints: readonly Deployed<CatalogEntry>[]
  readonly workers: readonly Deployed<CatalogWorker>[]
  /** The folder of the built files of the seat map and its shop, for who deploys `web`: `await buildWebFolder()`. */
  readonly webFolder?: string
}

/** Where bundles go unless told otherwise; it is not checked in. */
const OUT_DIR = fileURLToPath(new URL('../dist/functions', functionsFolder))
const WEB_DIR = fileURLToPath(new URL('../dist/web', functionsFolder))

/**
 * Finds and bundles all functions: once in a process, whatever the number of stages. Another bundler may stand in where the code
 * itself does not matter.
 */
export async function buildHoldfast(
  outDir: string = OUT_DIR,
  bundle: typeof bundleEntries = bundleEntries,
): Promise<Build> {
  const catalog = await readCatalog()
  const needs = needsIn(catalog, await listInputs())
  const files = new Map<string, string>([
    ...catalog.endpoints.map(({ surface, name, file }) => [`${surface}/${name}`, file] as const),
    ...catalog.workers.map(({ name, file }) => [`workers/${name}`, file] as const),
  ])
  const entries = [...needs].map(([name, its]) => ({
    name,
    contents: entryOf(files.get(name) ?? '', its),
  }))
  const bundles = await bundle(outDir, entries)
  const byName = new Map(bundles.map((made) => [made.name, made]))
  const complete = <Kind>(name: string, kind: Kind): Deployed<Kind> => {
    const [made, its] = [byName.get(name), needs.get(name)]
    if (made === undefined || its === undefined) throw new Error(`${name} was not bundled.`)
    return { ...kind, bundle: made, needs: its }
  }
  return {
    endpoints: catalog.endpoints.map((entry) => complete(`${entry.surface}/${entry.name}`, entry)),
    workers: catalog.workers.map((worker) => complete(`workers/${worker.name}`, worker)),
  }
}

/** Builds the seat map and its shop into a folder, which it empties before; answers with the folder. */
export async function buildWebFolder(outDir: string = WEB_DIR): Promise<string> {
  const files = await buildWeb()
  await rm(outDir, { recursive: true, force: true })
  await writeWeb(outDir, files)
  return outDir
}

/** What every function needs, by the name of its bundle. */
export function needsIn(
  { endpoints, workers }: Catalog,
  inputs: ReadonlyMap<string, readonly string[]>,
): ReadonlyMap<string, Needs> {
  const inputsOf = (name: string) => inputs.get(name) ?? []
  return new Map([
    ...endpoints.map((entry): [string, Needs] => {
      const name = `${entry.surface}/${entry.name}`
      return [name, needsOfEndpoint(entry, inputsOf(name))]
    }),
    ...workers.map((worker): [string, Needs] => {
      const name = `workers/${worker.name}`
      return [name, needsOfWorker(worker, inputsOf(name))]
    }),
  ])
}

/** A function starts by opening what it needs, so that what is missing stops it before its first call. */
function entryOf(file: string, { bus, secret, warmsTable }: Needs): string {
  const opening = [
    ...(secret === undefined ? [] : [`fetchSecret: () => fetchSecret('${secret}')`]),
    ...(bus ? ['openBus: openBusFromEnvironment'] : []),
    `warmsTable: ${warmsTable}`,
  ]
  return [
    "import { initialize } from './lib/initialize.ts'",
    ...(secret === undefined ? [] : ["import { fetchSecret } from './lib/fetch-secret.ts'"]),
    ...(bus ? ["import { openBusFromEnvironment } from './lib/open-bus.ts'"] : []),
    `export { handler } from './${file}'`,
    `await initialize({ ${opening.join(', ')} })`,
  ].join('\n')
}
