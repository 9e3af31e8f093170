import { encryption, newGlobalIndex, onDemandSummary } from './create-table.ts'
import type { CreateTableRequest } from './create-table.ts'
import { invalidParameter, validationError } from '../errors.ts'
import { addIndex, changeIndexThroughput, dropIndex, refuseManyChanges } from './index-updates.ts'
import type { IndexUpdate } from './index-updates.ts'
import { saveTable } from '../store.ts'
import type { Step, Store } from '../store.ts'
import { closeStream, openStream } from '../streams/table-streams.ts'
import { namedTable } from './tables.ts'
import { changedThroughput, noUnits, refuseSameThroughput } from './throughput.ts'
import type { StreamSpecification, Table } from '../types.ts'

export interface UpdateTableRequest extends Partial<
  Omit<CreateTableRequest, 'TableName' | 'GlobalSecondaryIndexes' | 'LocalSecondaryIndexes'>
> {
  TableName: string
  GlobalSecondaryIndexUpdates?: IndexUpdate[]
}

/** UpdateTable: answers UPDATING, and everything is done at once, new indexes filled included. */
export function updateTable(store: Store, request: UpdateTableRequest): Promise<object> {
  return store.exclusively(async () => {
    const table = structuredClone(namedTable(store, request.TableName))
    refuseManyChanges(request.GlobalSecondaryIndexUpdates)
    refuseSameStream(table, request.StreamSpecification)
    changeBilling(store, table, request)
    await changeIndexes(store, table, request)
    changeSettings(store, table, request)
    const steps = changeStream(store, table, request.StreamSpecification)
    await saveTable(store, table, steps)
    return { TableDescription: updating(table, request) }
  })
}

function updating({ description }: Table, request: UpdateTableRequest): object {
  const created = request.GlobalSecondaryIndexUpdates?.map((update) => update.Create?.IndexName)
  const changed = request.GlobalSecondaryIndexUpdates?.map((update) => update.Update?.IndexName)
  const indexes = description.GlobalSecondaryIndexes?.map((index) => {
    if (created?.includes(index.IndexName) === true) {
      return { ...index, IndexStatus: 'CREATING', Backfilling: false }
    }
    if (changed?.includes(index.IndexName) === true) return { ...index, IndexStatus: 'UPDATING' }
    return index
  })
  return {
    ...description,
    TableStatus: 'UPDATING',
    ...(indexes === undefined ? {} : { GlobalSecondaryIndexes: indexes }),
  }
}

function changeBilling(store: Store, table: Table, request: UpdateTableRequest): void {
  const { description } = table
  const now = store.clock.now() / 1000
  const current = description.BillingModeSummary?.BillingMode ?? 'PROVISIONED'
  const { BillingMode: mode = current, ProvisionedThroughput: throughput } = request
  if (mode === 'PAY_PER_REQUEST') {
    if (throughput !== undefined) {
      throw invalidParameter(
        'Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is PAY_PER_REQUEST',
      )
    }
    if (current === mode) return
    description.BillingModeSummary = onDemandSummary(now)
    description.ProvisionedThroughput = noUnits(description.ProvisionedThroughput)
    for (const index of description.GlobalSecondaryIndexes ?? []) {
      index.ProvisionedThroughput = noUnits(index.ProvisionedThroughput)
    }
    return
  }
  if (current !== mode) {
    requireIndexThroughput(table, request)
    description.BillingModeSummary = { ...description.BillingModeSummary, BillingMode: mode }
  }
  if (throughput === undefined) return
  if (current === mode) refuseSameThroughput(description.ProvisionedThroughput, throughput)
  description.ProvisionedThroughput = changedThroughput(
    description.ProvisionedThroughput,
    throughput,
    now,
  )
}

function requireIndexThroughput(table: Table, request: UpdateTableRequest): void {
  const given = request.GlobalSecondaryIndexUpdates?.map((update) => update.Update?.IndexName) ?? []
  const names = (table.description.GlobalSecondaryIndexes ?? []).map((index) => index.IndexName)
  const absent = names.filter((name) => !given.includes(name))
  if (absent.length > 0) {
    throw invalidParameter(`ProvisionedThroughput must be specified for index: ${absent.join(',')}`)
  }
}

async function changeIndexes(
  store: Store,
  table: Table,
  request: UpdateTableRequest,
): Promise<void> {
  for (const {
    Create: create,
    Update: update,
    Delete: drop,
  } of request.GlobalSecondaryIndexUpdates ?? []) {
    if (create !== undefined) {
      const index = newGlobalIndex(table.description, create)
      await addIndex(store, table, { index, definitions: request.AttributeDefinitions ?? [] })
    }
    if (update !== undefined) changeIndexThroughput(store, table, update)
    if (drop !== undefined) await dropIndex(store, table, drop.IndexName)
  }
}

function changeSettings(store: Store, { description }: Table, request: UpdateTableRequest): void {
  if (request.DeletionProtectionEnabled !== undefined) {
    description.DeletionProtectionEnabled = request.DeletionProtectionEnabled
  }
  if (request.TableClass !== undefined) {
    description.TableClassSummary = {
      TableClass: request.TableClass,
      LastUpdateDateTime: store.clock.now() / 1000,
    }
  }
  if (request.SSESpecification?.Enabled === true) {
    description.SSEDescription = encryption(store, request.SSESpecification)
  } else if (request.SSESpecification !== undefined) {
    delete description.SSEDescription
  }
  if (request.OnDemandThroughput !== undefined) {
    description.OnDemandThroughput = {
      ...description.OnDemandThroughput,
      ...request.OnDemandThroughput,
    }
  }
  if (request.WarmThroughput !== undefined) {
    description.WarmThroughput = {
      ...description.WarmThroughput,
      ...request.WarmThroughput,
      Status: 'ACTIVE',
    }
  }
}

function refuseSameStream({ description }: Table, asked: StreamSpecification | undefined): void {
  const enabled = description.StreamSpecification?.StreamEnabled === true
  if (asked?.StreamEnabled !== enabled) return
  throw validationError(
    `Table already has ${enabled ? 'an enabled' : 'a disabled'} stream: TableName: ${description.TableName}`,
  )
}

function changeStream(store: Store, table: Table, asked: StreamSpecification | undefined): Step[] {
  if (asked === undefined) return []
  return asked.StreamEnabled ? openStream(store, table, asked) : closeStream(store, table)
}
