import type { Item } from '../../../../lib/store/table/items.ts'
import { keys } from '../../../../lib/store/table/table.ts'
import { areaVersionsFault, placesFaults } from './areas.ts'
import type { Catalog, Table } from './catalog.ts'
import { ownerOf, type End } from './instance.ts'
import { judgeRecords } from '../../simulation/records/judge.ts'
import { eventsIn, unfinished } from './rules.ts'
import type { Scene } from './scene.ts'
import { seasonVersionsFault } from './season-rows.ts'
import { allLarge, eventIn, itemsOf, toldIn, type Told } from './view.ts'

// What must be true once everybody has stopped and recovery has run to its end, whatever happened before.

/** What is judged. */
export interface Rested {
  readonly scene: Scene
  readonly catalog: Catalog
  readonly table: Table
  /** How each role's work ended; undefined where it did not. */
  readonly ends: readonly (End | undefined)[]
}

/** Everything that is wrong. */
export function complaintsAbout(rested: Rested): string[] {
  const { catalog, table } = rested
  const rows = itemsOf(catalog, table, 'S#')
  const created = rested.scene.hasPlanners === true ? eventsIn({ catalog, after: table }) : []
  const told = [
    ...itemsOf(catalog, table, 'L#').flatMap(toldIn),
    ...created.map((operationId) => ({ operationId, eventId: '', label: '', version: 1 })),
  ]
  return [
    ...leftovers(rested, rows),
    ...versions(rested, rows, told),
    ...placesFaults(rested, rows),
    ...owners(rows, told),
    ...claims(rested, told),
    ...requests(rested, told),
    ...records(rested),
  ]
}

/** Events and charts refer to each other as they must, and nothing of an event that was not created is left. */
function records({ scene, catalog, table }: Rested): string[] {
  if (scene.hasPlanners !== true) return []
  const prefixes = ['E#', 'N#', 'C#', 'W#', 'X#', 'O#']
  return judgeRecords(prefixes.flatMap((prefix) => itemsOf(catalog, table, prefix)))
}

function leftovers({ catalog, table }: Rested, rows: readonly Item[]): string[] {
  const locked = rows
    .filter((row) => row['lk'] !== undefined || row['ln'] !== undefined)
    .map((row) => `a lock of ${String(row['lk'])} is left on ${String(row['sk'])}`)
  const open = allLarge(catalog, table).flatMap((large) => {
    const { operationId, header } = large
    const lack = unfinished({ catalog, after: table }, large)
    if (lack !== undefined) return [`${operationId} was never ended: ${lack}`]
    return header['fin'] === undefined || header['ttl'] === undefined
      ? [`${operationId} was never finished`]
      : []
  })
  const due = itemsOf(catalog, table, 'R').map(
    (item) => `${String(item['op'])} is still to be recovered`,
  )
  return [...locked, ...open, ...due]
}

/** Each version of each row is in the history once: so each was written by one operation, and nothing is in part. */
function versions({ scene }: Rested, rows: readonly Item[], told: readonly Told[]): string[] {
  return rows.flatMap((row) => {
    const label = String(row['sk'])
    const first = scene.items.find((item) => item['pk'] === row['pk'] && item['sk'] === row['sk'])
    const from = Number(first?.['v'] ?? 0)
    const areaFault = areaVersionsFault(row, { first, told })
    if (areaFault !== undefined) return areaFault
    const seasonFault = seasonVersionsFault(row, { first, told })
    if (seasonFault !== undefined) return seasonFault
    const wanted = Array.from(
      { length: Number(row['v'] ?? 0) - from },
      (_, index) => from + index + 1,
    )
    const found = told
      .filter((it) => it.label === label && it.eventId === eventIn(row))
      .map(({ version }) => version)
      .sort((a, b) => a - b)
    if (found.join() === wanted.join()) return []
    return [`${label} has the versions ${wanted.join()} and the history tells of ${found.join()}`]
  })
}

/** The last version of a row is of the operation that the history says. */
function owners(rows: readonly Item[], told: readonly Told[]): string[] {
  return rows.flatMap((row) => {
    const isLast = (it: Told) => it.label === row['sk'] && it.version === row['v']
    const last = told.find((it) => isLast(it) && it.eventId === eventIn(row))
    if (last === undefined || last.operationId === row['op']) return []
    return [
      `${String(row['sk'])} is of ${String(row['op'])}, and the history says ${last.operationId}`,
    ]
  })
}

/** Who was told that something was done has it; who was told that it was not, has not. */
function claims({ scene, ends }: Rested, told: readonly Told[]): string[] {
  return scene.roles.flatMap(({ name }, role) => {
    const end = ends[role]
    const own = told.filter((it) => ownerOf(it.operationId) === name)
    if (end?.told === 'not-done' && own.length > 0) {
      return [`${name} was told no (${end.why}), but ${own[0]?.operationId ?? ''} was done`]
    }
    if (end?.told === 'done' && !told.some((it) => it.operationId === end.operationId)) {
      return [`${name} was told that ${end.operationId} was done, and it was not`]
    }
    return []
  })
}

/** A request took effect once, and all its copies were told of the same operation. */
function requests({ scene, ends, catalog, table }: Rested, told: readonly Told[]): string[] {
  const names = new Set(scene.roles.flatMap(({ key }) => key ?? []))
  return [...names].flatMap((key) => {
    const copies = scene.roles
      .map(({ name }, role) => ({ name, role }))
      .filter(({ role }) => scene.roles[role]?.key === key)
    const done = new Set(
      told
        .filter((it) => copies.some(({ name }) => name === ownerOf(it.operationId)))
        // The expiry of a lapsed hold has an operation of its own, drawn just before the change.
        .filter((it) => isChange(catalog, table, it.operationId))
        .map((it) => it.operationId),
    )
    if (done.size > 1)
      return [`the request ${key} was done ${done.size} times: ${[...done].join(', ')}`]
    const answers = copies.flatMap(({ role }) => {
      const end = ends[role]
      return end?.told === 'done' ? [end.operationId] : []
    })
    const odd = answers.find((answer) => !done.has(answer))
    if (odd !== undefined) return [`a copy of ${key} was told of ${odd}, which was not done`]
    const [only] = done
    const kept = catalog.find(table, receiptKey(key))
    if (only === undefined || kept?.['a'] !== undefined || kept?.['op'] === only) return []
    return [`the request ${key} was done by ${only}, and that is not kept`]
  })
}

function isChange(catalog: Catalog, table: Table, operationId: string): boolean {
  const entry = itemsOf(catalog, table, 'L#').find((item) => item['op'] === operationId)
  return entry?.['o'] !== 'HOLD_EXPIRED'
}

/** The name of what is kept of a request. */
export const receiptKey = (key: string) => keys.receipt({ keyId: 'desk', hash: key })
