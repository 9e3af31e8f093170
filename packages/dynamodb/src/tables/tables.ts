import { notFound } from '../errors.ts'
import { tableNameOf } from '../store.ts'
import type { Store } from '../store.ts'
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
