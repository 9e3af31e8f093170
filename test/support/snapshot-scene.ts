import { watchTable } from '../../functions/workers/watch-table.ts'
import type { Runtime } from '../../lib/open.ts'
import { apiOver, type Api, type ApiAnswer } from './api.ts'
import { testKeys } from './holdfast.ts'
import { openScene, type Scene } from './scene.ts'
import { openTold, type Told } from './told.ts'

/** A scene with the relay behind it, and browsers that poll. */
export interface SnapshotScene extends Scene {
  readonly told: Told
  /** Asks for the snapshot with a publishable key; `tag` sends a revision as what is known already. */
  readonly poll: (query?: string, tag?: string) => Promise<ApiAnswer>
  /** Has what changed counted, and lets a second go by, after which it may be read anew. */
  readonly settle: () => Promise<void>
  /** Has what was deleted cleared away. */
  readonly purge: () => Promise<void>
  /** Read units since that was asked last. */
  readonly readUnits: () => number
}

const READS = new Set(['GetItem', 'BatchGetItem', 'Query'])

/** Opens one; nothing was polled yet. */
export async function openSnapshotScene(drawing?: object): Promise<SnapshotScene> {
  const scene = await openScene(drawing)
  const told = await openTold(scene)
  await told.relay()
  const { calls, clock, api, eventKey } = scene
  return {
    ...scene,
    told,
    poll: (query, tag) => pollOver(api, eventKey, { query, tag }),
    settle: async () => {
      await told.relay()
      clock.advance(1_000)
    },
    purge: async () => {
      await told.relay()
      await watchTable(scene.runtime, { Records: told.records })
    },
    readUnits: () => {
      const reads = calls.all.filter(({ operation }) => READS.has(operation))
      calls.clear()
      return reads.reduce((sum, { units }) => sum + units, 0)
    },
  }
}

/** Another process on the same table. */
export function pollerOver(runtime: Runtime, eventKey: string) {
  const api = apiOver(runtime)
  return (query?: string, tag?: string) => pollOver(api, eventKey, { query, tag })
}

function pollOver(
  api: Api,
  eventKey: string,
  { query = '', tag }: { query?: string | undefined; tag?: string | undefined },
): Promise<ApiAnswer> {
  const headers = tag === undefined ? [] : ['If-None-Match', `"${tag}"`]
  const key = testKeys.publishable
  return api(`GET /api/v1/events/${eventKey}/snapshot${query}`, undefined, { key, headers })
}
