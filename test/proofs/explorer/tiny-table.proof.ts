import {
  BatchExecuteStatementCommand,
  BatchGetCommand,
  DeleteCommand,
  GetCommand,
  PutCommand,
  QueryCommand,
  TransactWriteCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb'
import { expect, test } from 'vitest'
import { instant, type Clock } from '../../../lib/clock.ts'
import type { Item } from '../../../lib/store/table/items.ts'
import { diceOf } from '../../support/dice.ts'
import { openMemoryTable } from '../../support/memory-table.ts'
import { toRequest, type Command } from '../../support/plain-client.ts'
import { START } from '../simulation/venue.ts'
import { textOf, type Table } from './support/catalog.ts'
import { explore } from './support/explore.ts'
import { openScenes } from './support/scenes.ts'
import { openStage, type OpenStage } from './support/stage.ts'
import type { Request } from './support/tiny-table.ts'

const commands: Record<string, new (input: never) => Command> = {
  GetItem: GetCommand,
  BatchGetItem: BatchGetCommand,
  Query: QueryCommand,
  PutItem: PutCommand,
  UpdateItem: UpdateCommand,
  DeleteItem: DeleteCommand,
  TransactWriteItems: TransactWriteCommand,
  BatchExecuteStatement: BatchExecuteStatementCommand,
}

const clock: Clock = { now: () => instant(START), sleep: () => Promise.resolve() }

const STATES = 1_000
const RUNS = 1
const CALLS = 300

test('the tiny table answers every call of the store as the embedded engine does', async () => {
  const tally = { calls: 0, applied: 0, refused: 0 }
  for (const scene of await openScenes()) {
    const stage = openStage(scene, { bounds: scene.bounds.test })
    await explore(stage, { statesMax: STATES })
    for (let run = 1; run <= RUNS; run += 1) await compare(stage, diceOf(run), tally)
  }
  console.log(`${tally.calls} calls, ${tally.applied} of them applied, ${tally.refused} refused`)
  expect(tally.applied).toBeGreaterThan(tally.calls / 20)
  expect(tally.refused).toBeGreaterThan(tally.calls / 20)
}, 120_000)

interface Tally {
  calls: number
  applied: number
  refused: number
}

/** Calls that the scene has made, in any order. */
async function compare(stage: OpenStage, dice: (bound: number) => number, tally: Tally) {
  const engine = await openMemoryTable(clock, 'tiny')
  let table = await fill(stage, engine)
  const { requests } = stage.tiny
  for (let call = 1; call <= CALLS; call += 1) {
    const request = requests[dice(requests.length)]
    if (request === undefined) throw new Error('The scene made no calls')
    const ran = stage.tiny.run(table, request)
    const expected = await outcomeOf(() => engine.run(toRequest(commandOf(request))))
    const actual = await outcomeOf(() =>
      // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors
      ran.answer.isError ? Promise.reject(ran.answer.make()) : Promise.resolve(ran.answer.make()),
    )
    expect(actual, `${request.operation} ${textOf(request.input)}`).toBe(expected)
    tally.calls += 1
    if (ran.table !== table) tally.applied += 1
    if (ran.answer.isError) tally.refused += 1
    table = ran.table
  }
  const items = table.map((itemId) => stage.catalog.itemAt(itemId)).filter((it) => it !== undefined)
  const kept = items.filter(({ pk }) => !String(pk).startsWith('token '))
  expect(kept.map(textOf).sort()).toEqual(engine.items().map(textOf).sort())
}

async function fill(
  { scene, catalog }: OpenStage,
  engine: Awaited<ReturnType<typeof openMemoryTable>>,
): Promise<Table> {
  const table: number[] = []
  for (const item of scene.items) {
    await engine.run(toRequest(new PutCommand({ TableName: 'tiny', Item: item })))
    table[catalog.keyId({ pk: String(item['pk']), sk: String(item['sk']) })] = catalog.itemId(item)
  }
  return Array.from(table, (itemId) => (itemId as number | undefined) ?? 0)
}

function commandOf({ operation, input }: Request): Command {
  const Command = commands[operation]
  if (Command === undefined) throw new Error(`No command for ${operation}`)
  return new Command(input as never)
}

/** What an answer says, whatever else comes with it. */
async function outcomeOf(call: () => Promise<unknown>): Promise<string> {
  try {
    const { Item, Attributes, Items, Responses } = (await call()) as Record<string, unknown>
    const all = Array.isArray(Responses) ? Responses.map(saidIn) : (Responses ?? {})
    const found = Object.values(all as Record<string, Item[]>).flat()
    return textOf({ Item, Attributes, Items, found: found.map(textOf).sort() })
  } catch (error) {
    const { name, Item, CancellationReasons } = error as Record<string, unknown>
    const reasons = (CancellationReasons ?? []) as { Code?: string; Item?: unknown }[]
    return textOf({ name, Item, reasons: reasons.map(({ Code, Item: item }) => [Code, item]) })
  }
}

/** What is said of a statement, but for the words. */
function saidIn({ Item: item, Error: error }: Record<string, Record<string, unknown> | undefined>) {
  const { Code: code, Item: shown } = error ?? {}
  return { item, code, shown }
}
