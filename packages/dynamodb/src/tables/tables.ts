import { dynamoError, notFound, validationError } from '../errors.ts'
import { keyOf, under } from '../items/keys.ts'
import { tableNameOf } from '../store.ts'
import type { Store } from '../store.ts'
import { closeStream } from '../streams/table-streams.ts'
import type { Table } from '../types.ts'

/** The most tables, and the usual number, that one ListTables returns. */
const namesMax = 100

/** DescribeTable. */
export function describeTable(store: Store, { TableName: name }: { TableName: string }): object {
  return { Table: namedTable(store, name).description }
}

/** The table that a control call names, or the refusal that says its name. */
export function namedTable(store: Store, nameOrArn: string): Table {
  const name = tableNameOf(nameOrArn)
  const table = store.tables.get(name)
  if (table === undefined) {
    throw notFound(`Requested resource not found: Table: ${name} not found`)
  }
  return table
}

interface ListTablesRequest {
  ExclusiveStartTableName?: string
  Limit?: number
}

/** ListTables: names in order. */
export function listTables(store: Store, request: ListTablesRequest): object {
  const { ExclusiveStartTableName: start = '', Limit: limit = namesMax } = request
  const names = [...store.tables.keys()].filter((name) => name > start).sort()
  const page = names.slice(0, limit)
  return {
    TableNames: page,
    ...(page.length < names.length ? { LastEvaluatedTableName: page.at(-1) } : {}),
  }
}

/** DeleteTable: answers DELETING, and the table is gone at once; its stream can still be read. */
export function deleteTable(
  store: Store,
  { TableName: nameOrArn }: { TableName: string },
): Promise<object> {
  return store.exclusively(async () => {
    const table = namedTable(store, nameOrArn)
    const { description } = table
    if (description.DeletionProtectionEnabled) {
      throw validationError(
        `Resource cannot be deleted as it is currently protected against deletion. ` +
          'Disable deletion protection first.',
      )
    }
    const name = description.TableName
    const steps = closeStream(store, table)
    await store.batch([...steps, { type: 'del', key: keyOf.table(name) }])
    store.tables.delete(name)
    // Nothing refers to these rows any more: their keys carry the id of the table that is gone.
    const rows = [keyOf.items(description), `index/${description.TableId}/`]
    for (const prefix of [...rows, keyOf.expiries(description)]) await store.clear(under(prefix))
    const { TableName, TableArn, TableId, ItemCount, TableSizeBytes } = description
    return {
      TableDescription: {
        TableName,
        TableStatus: 'DELETING',
        ProvisionedThroughput: description.ProvisionedThroughput,
        TableSizeBytes,
        ItemCount,
        TableArn,
        TableId,
        ...(description.BillingModeSummary && {
          BillingModeSummary: description.BillingModeSummary,
        }),
        DeletionProtectionEnabled: false,
      },
    }
  })
}

/** Refuses to touch a table that a change of the same table already uses. */
export function inUse(message: string): Error {
  return dynamoError('ResourceInUseException', message)
}
