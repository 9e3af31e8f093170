import type { Context } from '../../lib/actions/context.ts'
import { runtimeOver, type Runtime } from '../../lib/open.ts'
import { addApiKey, type ApiKeyKind } from '../../lib/store/companies/api-keys.ts'
import type { Port } from '../../lib/store/table/port.ts'
import { refusalFor, type Fault } from '@holdfast/dynamodb/faults'
import { apiOver, type Api } from './api.ts'
import { testKeys } from './holdfast.ts'
import { openMemoryTable, type MemoryTable } from './memory-table.ts'
import { movedClock, type MovedClock } from './moved-clock.ts'
import {
  connectionLost,
  toException,
  toRequest,
  type Command,
  type PlainRequest,
} from './plain-client.ts'
import { seededIds } from './seeded-ids.ts'
import { statementByStatement } from './statements.ts'

/** What happens around the writes of a process: the test sets it. */
export interface Wire {
  /** Asked before each write; what it answers befalls the write. */
  fault?: ((request: PlainRequest) => Fault | undefined) | undefined
  /** Told of each write that was applied; what it does happens before the answer comes. */
  applied?: ((request: PlainRequest) => void | Promise<void>) | undefined
  /** Writes that were sent. */
  sent: number
  /** Write units that they took, as the table tells it: only where it is asked, by setting this to a number. */
  units?: number
}

/** A process: the production code over the table, with a wire of its own. */
export interface PlainProcess {
  readonly port: Port
  readonly runtime: Runtime
  readonly api: Api
  readonly wire: Wire
  /** What an action gets. */
  readonly context: Context
}

/** A whole Holdfast over the table in plain memory: fast, and its table can be put back as it was. */
export interface PlainHoldfast extends PlainProcess {
  readonly clock: MovedClock
  readonly table: MemoryTable
  /** Lines that all processes logged. */
  readonly log: Record<string, unknown>[]
  /** Another process on the same table; nothing remembered. */
  another: (name: string, options?: PlainOptions) => PlainProcess
}

export interface PlainOptions {
  /** Items that one transaction may have. */
  readonly transactionItemsMax?: number
  /** Statements that one request may have; with one, every write is sent alone. */
  readonly statementsMax?: number
}

/** Opens one, with the keys that every test has. */
export async function openPlainHoldfast(options: PlainOptions = {}): Promise<PlainHoldfast> {
  const clock = movedClock()
  const table = await openMemoryTable(clock)
  const log: Record<string, unknown>[] = []
  const another = (name: string, more: PlainOptions = options) =>
    openProcess({ clock, table, log, name, ...more })
  const first = another('first')
  for (const [key, kind, workspaceId] of [
    [testKeys.secret, 'secret', 'one'],
    [testKeys.publishable, 'publishable', 'one'],
    [testKeys.otherSecret, 'secret', 'two'],
  ] satisfies [string, ApiKeyKind, string][]) {
    await addApiKey(first.runtime.store, key, {
      keyId: `${workspaceId}-${kind}`,
      kind,
      workspaceId,
    })
  }
  return { ...first, clock, table, log, another }
}

interface ProcessOptions extends PlainOptions, Pick<PlainHoldfast, 'clock' | 'table' | 'log'> {
  readonly name: string
}

function openProcess(options: ProcessOptions): PlainProcess {
  const { clock, table, log, name, transactionItemsMax = 100, statementsMax = 25 } = options
  const wire: Wire = { sent: 0 }
  const ids = seededIds(clock, name)
  const port: Port = {
    tableName: table.tableName,
    reader: table.client(),
    writer: wiredClient(table, wire),
    clock,
    ids,
    transactionItemsMax,
    statementsMax,
    log: (line) => void log.push(line),
  }
  const runtime = runtimeOver(port)
  const context: Context = {
    now: () => clock.now(),
    backOff: runtime.backOff,
    ids,
    store: runtime.store,
    caller: {
      keyId: 'one-secret',
      kind: 'secret',
      workspaceId: 'one',
      settings: { publishableMayBook: true },
      address: '127.0.0.1',
    },
  }
  return { port, runtime, api: apiOver(runtime), wire, context }
}

function wiredClient(table: MemoryTable, wire: Wire): Port['writer'] {
  const sendOne = async (make: () => PlainRequest) => {
    const request = make()
    const fault = wire.fault?.(request)
    const refused = fault && refusalFor(fault, request.operation, request.input)
    if (refused !== undefined) throw toException(refused)
    if (fault === 'lost-before') throw connectionLost()
    try {
      // The engine changes what it is given.
      const answer = await table.run(wire.units === undefined ? make() : asked(make()))
      if (wire.units !== undefined) wire.units += unitsIn(answer)
      await wire.applied?.(request)
      if (fault !== 'lost-after') return answer
    } catch (error) {
      // A refusal gets lost as well.
      if (fault !== 'lost-after') throw error
    }
    throw connectionLost()
  }
  const send = (command: Command) => {
    wire.sent += 1
    return statementByStatement(() => toRequest(command), sendOne)
  }
  return { send } as unknown as Port['writer']
}

/** A request that asks for what it costs. */
function asked({ operation, input }: PlainRequest): PlainRequest {
  return { operation, input: { ...input, ReturnConsumedCapacity: 'TOTAL' } }
}

function unitsIn(answer: Record<string, unknown>): number {
  const costs = [answer['ConsumedCapacity']].flat() as { CapacityUnits: number }[]
  return costs.reduce((sum, { CapacityUnits }) => sum + CapacityUnits, 0)
}
