/** One thing that IAM decides on: an action on an item's partition. */
export interface Access {
  /** As a policy names it: `dynamodb:PutItem`. */
  readonly action: string
  /** The partition key of the item; undefined for what no partition key leads. */
  readonly partition: string | undefined
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

/** What a call to DynamoDB takes of a policy: each item of a transaction or a batch on its own, as IAM asks. */
export function accessesOf(operation: string, input: Record<string, unknown>): Access[] {
  switch (operation) {
    case 'TransactWriteItems':
    case 'TransactGetItems':
      return membersOf(input)
    case 'BatchGetItem':
      return requested(input).map((key) => ({ action: 'dynamodb:BatchGetItem', partition: key }))
    case 'BatchWriteItem':
      return requested(input).map((key) => ({ action: 'dynamodb:BatchWriteItem', partition: key }))
    case 'Query':
      return [{ action: 'dynamodb:Query', partition: queried(input) }]
    default: {
      const item = (input['Key'] ?? input['Item']) as Item | undefined
      return [{ action: `dynamodb:${operation}`, partition: item?.['pk']?.S }]
    }
  }
}

function membersOf({ TransactItems }: Record<string, unknown>): Access[] {
  const members = TransactItems as Record<string, { Key?: Item; Item?: Item }>[]
  return members.flatMap((member) =>
    Object.entries(member).map(([kind, { Key, Item }]) => ({
      action: `dynamodb:${transactActions[kind as keyof typeof transactActions]}`,
      partition: (Key ?? Item)?.['pk']?.S,
    })),
  )
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
