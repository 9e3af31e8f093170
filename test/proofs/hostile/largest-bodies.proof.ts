import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { testKeys, testWorkspaceKeys } from '../../support/holdfast.ts'
import { largest, type Schema } from '../../support/largest.ts'
import { openSeatsioScene, type SeatsioScene } from '../../support/seatsio-scene.ts'
import { BODY_BYTES_MAX } from '../../../lib/limits/limits.ts'
import { dueRecoveries } from '../../../lib/store/commit/recoveries.ts'

// Every call of both surfaces, with the largest body that its documented schema and the limit of bodies allow: made, or refused with
// 4xx. None is a fault, and none leaves an operation behind that somebody would have to end.

interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> }
}

interface Operation {
  readonly requestBody?: {
    readonly content: { readonly 'application/json'?: { readonly schema: Schema } }
  }
}

/** Bodies from those that are as large as may be to those that are likelier to be made. */
const SIZES = [
  { letters: 255, entries: 1_000 },
  { letters: 255, entries: 100 },
  { letters: 1_300, entries: 3 },
]

async function bodiesOf(surface: 'seatbuilder' | 'seatsio') {
  const file = new URL(`../../../docs/openapi/${surface}.json`, import.meta.url)
  const { paths, components } = JSON.parse(await readFile(file, 'utf8')) as Document
  return Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations).flatMap(([method, { requestBody }]) => {
      const schema = requestBody?.content['application/json']?.schema
      if (schema === undefined) return []
      const bodies = SIZES.map((sizes) => largest(schema, components.schemas, sizes))
      const fitting = bodies.filter(
        (body) => Buffer.byteLength(JSON.stringify(body)) <= BODY_BYTES_MAX,
      )
      return [{ method: method.toUpperCase(), path, bodies: fitting }]
    }),
  )
}

/** Paths of what there is. */
async function targetOf(scene: SeatsioScene, path: string): Promise<`/${string}`> {
  const names: Record<string, string> = {
    eventKey: 'gala',
    chartKey: 'hall',
    holdToken: await scene.token(),
    workspaceKey: testWorkspaceKeys.one,
    objectLabel: 'A-1',
    objectId: 'A-1',
  }
  return path.replaceAll(/\{(\w+)\}/g, (_, name: string) => names[name] ?? 'none') as `/${string}`
}

test.each(['seatbuilder', 'seatsio'] as const)(
  'no call of %s faults over the largest bodies, or leaves anything behind',
  async (surface) => {
    const scene = await openSeatsioScene()
    const told: string[] = []
    let sent = 0
    for (const { method, path, bodies } of await bodiesOf(surface)) {
      expect([path, bodies.length > 0]).toEqual([path, true])
      for (const body of bodies) {
        const target = await targetOf(scene, path)
        const request = `${method} ${target}` as const
        const key = path.startsWith('/workspaces') ? testKeys.admin : testKeys.secret
        const send = surface === 'seatbuilder' ? scene.native : scene.api
        const { status } = await send(request, body, { key })
        if (status >= 500) told.push(`${method} ${path}: ${status}`)
        sent += 1
      }
    }
    expect(told).toEqual([])
    expect(sent).toBeGreaterThan(20)
    scene.clock.advance(60_000)
    expect(await dueRecoveries(scene.runtime.store)).toEqual([])
  },
)
