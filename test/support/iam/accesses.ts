/** One thing that IAM decides on: an action, and all partitions that it is asked for at once. */
export interface Access {
  /** As a policy names it: `dynamodb:PutItem`. */
  readonly action: string
  /** The partition keys of the items; empty for what no partition key leads. */
  readonly partitions: readonly string[]
}

type Item = Record<string, { S?: string } | undefined>

/** Members of a transaction, each by the action that it takes. */
const transactActions = {
  Put: 'PutItem',
  Update: 'UpdateItem',
  Delete: 'DeleteItem',
  ConditionCheck: 'ConditionCheckItem',
  Get: 'GetItem',
} as const

/**
 * What a call to DynamoDB takes of a policy. A batch is one request with the partition keys of all its items. AWS documents the
 * members of a transaction as governed by the actions that they stand for, and not whether each is asked for alone or with the others of its
 * action: what is told here are the others too, which a policy allows only if it allows each alone.
 */
export function accessesOf(operation: string, input: Record<string, unknown>): Access[] {
  switch (operation) {
    case 'TransactWriteItems':
    case 'TransactGetItems':
      return membersOf(input)
    case 'BatchGetItem':
    case 'BatchWriteItem':
      return [{ action: `dynamodb:${operation}`, partitions: known(requested(input)) }]
    case 'Query':
      return [{ action: 'dynamodb:Query', partitions: known([queried(input)]) }]
    case 'BatchExecuteStatement':
      return statements(input)
    default: {
      const item = (input['Key'] ?? input['Item']) as Item | undefined
      return [{ action: `dynamodb:${operation}`, partitions: known([item?.['pk']?.S]) }]
    }
  }
}

function known(partitions: readonly (string | undefined)[]): string[] {
  return [...new Set(partitions.filter((it) => it !== undefined))]
}

function membersOf({ TransactItems }: Record<string, unknown>): Access[] {
  const members = (TransactItems as Record<string, { Key?: Item; Item?: Item }>[]).flatMap((it) =>
    Object.entries(it),
  )
  return Object.entries(transactActions).flatMap(([kind, action]) => {
    const its = members.filter(([name]) => name === kind)
    const partitions = known(its.map(([, { Key, Item }]) => (Key ?? Item)?.['pk']?.S))
    return its.length === 0 ? [] : [{ action: `dynamodb:${action}`, partitions }]
  })
}

/** Statements of a batch, each by the action that it takes; asked for together, as members of a transaction are above. */
function statements({ Statements }: Record<string, unknown>): Access[] {
  const all = Statements as { Statement: string; Parameters: { S?: string }[] }[]
  return (['Insert', 'Update'] as const).flatMap((verb) => {
    const its = all.filter(({ Statement: text }) => text.startsWith(verb.toUpperCase()))
    const partitions = known(
      its.map(({ Statement: text, Parameters: values }) => {
        const [before = ''] = text.split(verb === 'Insert' ? "'pk': ?" : '"pk" = ?')
        return values[before.split('?').length - 1]?.S
      }),
    )
    return its.length === 0 ? [] : [{ action: `dynamodb:PartiQL${verb}`, partitions }]
  })
}

/** The partitions of a batch, of reads or of writes. */
function requested({ RequestItems }: Record<string, unknown>): (string | undefined)[] {
  const tables = Object.values(RequestItems as Record<string, unknown>)
  return tables.flatMap((table) => {
    if (!Array.isArray(table)) return (table as { Keys: Item[] }).Keys.map(({ pk }) => pk?.S)
    const requests = table as { PutRequest?: { Item: Item }; DeleteRequest?: { Key: Item } }[]
    return requests.map((it) => (it.PutRequest?.Item ?? it.DeleteRequest?.Key)?.['pk']?.S)
  })
}

/** Every query of ours says `pk = :…`. */
function queried(input: Record<string, unknown>): string | undefined {
  const condition = input['KeyConditionExpression'] as string
  const [, name = ''] = /\bpk = (:\w+)/.exec(condition) ?? []
  return (input['ExpressionAttributeValues'] as Item | undefined)?.[name]?.S
}
