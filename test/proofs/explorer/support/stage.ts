import type { Item } from '../../../../lib/store/table/items.ts'
import type { Key } from '../../../../lib/store/table/table.ts'
import { checkAreas } from './areas.ts'
import { openCatalog, type Catalog, type Table } from './catalog.ts'
import type { End } from './instance.ts'
import { complaintsAbout } from './judge.ts'
import { machineOf, type Machine } from './machine.ts'
import { restOf } from './rest.ts'
import { checkDone, committedBy } from './done.ts'
import { checkStep, Violation } from './rules.ts'
import type { Bounds, Scene } from './scene.ts'
import type { Stage, State } from './state.ts'
import { choicesOf, settle, take } from './steps.ts'
import { checkSeasons } from './seasons.ts'
import { checkTables } from './tables.ts'
import { openTinyTable } from './tiny-table.ts'
import { sortOf } from './view.ts'
import { openVisited } from './visited.ts'

/** A stage, and what the explorer does with it. */
export interface OpenStage extends Stage {
  /** Complains when not everything is in order once everybody has stopped and recovery has run. */
  judge(state: State): Promise<void>
  /** The states that there are before anybody does anything: one for each way in which roles may begin. */
  beginnings(): Promise<State[]>
  /** How many different situations were left to recovery. */
  recoveries(): number
}

/** How to explore, besides the bounds. */
export interface Options {
  readonly bounds: Bounds
  readonly merges?: boolean
}

/** Opens one. */
export function openStage(scene: Scene, { bounds, merges = true }: Options): OpenStage {
  const catalog = openCatalog()
  const tiny = openTinyTable(catalog)
  const judged = openVisited()
  const { rounds } = bounds
  let ids = 0
  const nextId = () => (ids += 1)
  const machines = scene.roles.map((role) => machineOf(tiny, role, { merges, rounds, nextId }))
  const fixed = new Set(
    scene.items.flatMap((item) => (isFixed(scene, item) ? String(item['pk']) : [])),
  )
  const last = scene.times.at(-1) ?? 0

  const stage: OpenStage = {
    scene,
    bounds,
    catalog,
    tiny,
    fixed,
    machineOf: (role) => machineAt(machines, role),
    watch(state, table, pending) {
      checkStep({ catalog, before: state.table, after: table, pending })
      checkTables({ catalog, after: table })
      checkAreas({ catalog, after: table })
      checkSeasons({ catalog, after: table })
      return alarmsAfter(catalog, state, table)
    },
    hearEnd: ({ table }, role, end) => {
      checkEnd({ catalog, after: table }, scene, { role, end })
    },
    recover: ({ table, alarms }) => restOf({ catalog, tiny }, { table, alarms, time: last }),
    async judge(state) {
      const ends = state.locals.map(({ end }) => end)
      const endIds = state.locals.map(({ id, end }) => (end === undefined ? 0 : id))
      if (!judged.add([...numbered(state.table), -1, ...state.alarms, -2, ...endIds])) return
      const table = await stage.recover(state)
      const complaints = complaintsAbout({ scene, catalog, table, ends })
      if (complaints.length > 0) {
        throw new Violation(`when all had stopped and recovery had run: ${complaints.join('; ')}`)
      }
    },
    async beginnings() {
      const states: State[] = []
      for (const starts of waysToStart(scene)) {
        const locals = machines.map(({ idle }) => idle)
        const table = tableOf(catalog, scene.items)
        const nothing = { strays: [], late: [], alarms: [], time: 0 }
        const first = { table, locals, starts, ...nothing, ...bounds }
        states.push(await after(stage, await settle(stage, first), scene.prefix ?? []))
      }
      return states
    },
    recoveries: () => judged.size(),
  }
  return stage
}

/** The state after a list of choices. */
async function after(stage: Stage, state: State, texts: readonly string[]): Promise<State> {
  let now = state
  for (const text of texts) {
    const choice = choicesOf(stage, now).find((it) => it.text === text)
    if (choice === undefined) throw new Error(`There is no choice ${text}`)
    now = await take(stage, now, choice)
  }
  return now
}

function isFixed({ hasPlanners }: Scene, item: Item): boolean {
  const sort = sortOf(item as unknown as Key)
  return sort === 'other' || (sort === 'record' && hasPlanners !== true)
}

function machineAt(machines: readonly Machine[], role: number): Machine {
  const machine = machines[role]
  if (machine === undefined) throw new Error(`There is no role ${role}`)
  return machine
}

function tableOf(catalog: Catalog, items: readonly Item[]): Table {
  const table: number[] = []
  for (const item of items) {
    const keyId = catalog.keyId(item as unknown as Key)
    while (table.length <= keyId) table.push(0)
    table[keyId] = catalog.itemId(item)
  }
  return table
}

function waysToStart({ roles }: Scene): number[][] {
  let ways: number[][] = [[]]
  for (const { startsAt, jobs } of roles) {
    const times = jobs === undefined ? startsAt : [0]
    ways = ways.flatMap((way) => times.map((time) => [...way, time]))
  }
  return ways
}

function numbered(table: Table): number[] {
  return table.flatMap((itemId, keyId) => (itemId === 0 ? [] : [keyId, itemId]))
}

/** The stream's records of locks come to something only if the operation was over when they were made. */
function alarmsAfter(catalog: Catalog, { table: before, alarms }: State, table: Table): number[] {
  const after = new Set(alarms)
  for (let keyId = 0; keyId < table.length; keyId += 1) {
    const [was, is] = [before[keyId] ?? 0, table[keyId] ?? 0]
    if (was === is || sortOf(catalog.keyAt(keyId)) !== 'row') continue
    const [old, row] = [catalog.itemAt(was)?.['lk'] as unknown, catalog.itemAt(is) ?? {}]
    if (row['lk'] === undefined) after.delete(keyId)
    else if (old !== row['lk'] && isOver(catalog, table, row)) after.add(keyId)
  }
  return [...after].sort((a, b) => a - b)
}

function isOver(catalog: Catalog, table: Table, row: Item): boolean {
  const header = catalog.find(table, { pk: `O#${String(row['lk'])}`, sk: 'O' })
  if (header === undefined || header['st'] === 'A' || header['fin'] !== undefined) return true
  return header['st'] === 'C' && Object.keys(row['ln'] as object).length === 0
}

function checkEnd(
  view: { readonly catalog: Catalog; readonly after: Table },
  { roles }: Scene,
  { role, end }: { role: number; end: End },
): void {
  const { name: who = '', key } = roles[role] ?? {}
  if (end.told === 'bug') throw new Violation(`${who} met a bug: ${end.why}`)
  if (end.told === 'done') checkDone(view, { who, operationId: end.operationId })
  const isDenial = end.told === 'not-done' && end.isOutage
  if (!isDenial || key === undefined) return
  const copies = roles.flatMap((it) => (it.key === key ? it.name : []))
  const done = committedBy(view, copies)
  if (done !== undefined) {
    throw new Violation(
      `${who} was told that nothing was changed (${end.why}), but ${done} was done`,
    )
  }
}
