import { readdirSync } from 'node:fs'
import type { CatalogEntry } from '../../lib/http/catalog.ts'

/** What CloudFront serves from the bucket. */
export interface WebPaths {
  /** Patterns, as behaviours of a distribution have them: one for each file and folder at the top. */
  readonly patterns: readonly string[]
  /** The file that `/` shows, if there is one. */
  readonly front?: string
}

const FRONT = 'index.html'

/**
 * The paths of the built files; all others are an API's. Refuses a folder with nothing in it, and a name under which an API has
 * endpoints: they would be out of reach.
 */
export function webPathsOf(
  folder: string,
  { endpoints }: { endpoints: readonly Pick<CatalogEntry, 'endpoint'>[] },
): WebPaths {
  const entries = readdirSync(folder, { withFileTypes: true })
  if (entries.length === 0) throw new Error(`There is no built file in ${folder}.`)
  const taken = new Set(endpoints.map(({ endpoint: { path } }) => path.split('/')[1]))
  const hiding = entries.find(({ name }) => taken.has(name))
  if (hiding !== undefined) {
    throw new Error(`The built file /${hiding.name} would hide endpoints of that path: rename it.`)
  }
  const patterns = entries.map((it) => (it.isDirectory() ? `/${it.name}/*` : `/${it.name}`)).sort()
  return patterns.includes(`/${FRONT}`)
    ? { patterns: ['/', ...patterns], front: FRONT }
    : { patterns }
}
