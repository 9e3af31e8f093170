import { readdir, readFile } from 'node:fs/promises'
import { readCatalog, type CatalogEntry } from '../../lib/http/catalog.ts'
import { atEachPath } from '../../lib/http/endpoint.ts'
import { buildOpenApi } from '../../lib/openapi/openapi.ts'
import type { SurfaceDocument } from '../../lib/openapi/surface-document.ts'
import { writeOpenApi } from './write-openapi.ts'
import { describeCompatibility } from './compatibility.ts'
import { seatbuilderDocument } from '../../lib/seatbuilder/document.ts'
import { seatsioDocument } from '../../lib/seatsio/document.ts'
import { listInputs } from '../bundle.ts'
import { needsIn } from '../build.ts'
import type { Needs } from '../needs.ts'

/** A file that is made from the sources and checked in. */
export interface GeneratedFile {
  /** From the root of the repository. */
  readonly path: string
  readonly text: string
}

/** What each surface tells of itself, by its name. */
export const documents: Readonly<Record<string, SurfaceDocument>> = {
  seatbuilder: seatbuilderDocument,
  seatsio: seatsioDocument,
}

/** Everything that is generated, from the functions on disk. */
export async function generateFiles(): Promise<GeneratedFile[]> {
  const catalog = await readCatalog()
  const { endpoints } = catalog
  const openApi = Object.entries(documents).map(([surface, document]) => {
    const entries = endpoints.filter((entry) => entry.surface === surface)
    const text = writeOpenApi(buildOpenApi(entries, document))
    return { path: `docs/openapi/${surface}.json`, text }
  })
  const needs = needsIn(catalog, await listInputs())
  return [
    ...openApi,
    { path: 'docs/routes.txt', text: listRoutes(endpoints) },
    { path: 'docs/roles.txt', text: listRoles(needs) },
    { path: 'docs/compatibility.md', text: describeCompatibility(endpoints) },
    { path: 'docs/decisions/README.md', text: await listDecisions() },
  ]
}

function listRoutes(endpoints: readonly CatalogEntry[]): string {
  const routes = atEachPath(endpoints).map(({ endpoint }) => endpoint)
  routes.sort((a, b) => (`${a.path} ${a.method}` < `${b.path} ${b.method}` ? -1 : 1))
  const width = Math.max(...routes.map(({ path }) => path.length))
  const lines = routes.map(
    ({ method, path, access }) => `${method.padEnd(6)} ${path.padEnd(width)} ${access}\n`,
  )
  return lines.join('')
}

const decisions = new URL('../../docs/decisions/', import.meta.url)

/** Every decision by its number and title. */
async function listDecisions(): Promise<string> {
  const files = (await readdir(decisions)).filter((name) => /^\d{4}-.*\.md$/.test(name)).sort()
  const lines = await Promise.all(
    files.map(async (name) => {
      const [first = ''] = (await readFile(new URL(name, decisions), 'utf8')).split('\n')
      const number = name.slice(0, 4)
      const title = first.replace(/^# /, '').replace(new RegExp(`^${number}:? `), '')
      return `- [${number}](${name}) ${title}\n`
    }),
  )
  return `# Decisions\n\nWhat was chosen, why, and what else was looked at. Written by \`npm run openapi\` from the titles.\n\n${lines.join('')}`
}

/** Which role each function has, and what it opens when it starts. */
function listRoles(needs: ReadonlyMap<string, Needs>): string {
  const width = Math.max(...[...needs.keys()].map(({ length }) => length))
  const lines = [...needs].map(([name, { accessClass, bus, secret }]) => {
    const opens = [
      ...(bus ? ['bus'] : []),
      ...(secret === undefined ? [] : [`secret-of-${secret}`]),
    ]
    return `${[name.padEnd(width), accessClass, ...opens].join(' ')}\n`
  })
  return lines.join('')
}
