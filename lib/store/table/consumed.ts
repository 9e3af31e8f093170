import type { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { count } from '../../tally.ts'

/** Operations whose answers tell write units, when they are asked to. */
const WRITING =
  /^(PutItem|UpdateItem|DeleteItem|TransactWriteItems|BatchWriteItem|BatchExecuteStatement)$/

/** Lets a client ask what its writes cost, and counts it. */
export function countConsumed(client: DynamoDBClient): DynamoDBClient {
  client.middlewareStack.add(
    (next, context) => (args) => {
      const operation = String(context['commandName']).replace(/Command$/, '')
      return counted(operation, args.input, (input) => next({ ...args, input }))
    },
    { step: 'initialize', name: 'countConsumed' },
  )
  return client
}

/** Has one operation answered, and counts what it cost where it writes. */
export async function counted<Answer extends { readonly output: object }>(
  operation: string,
  input: object,
  answer: (input: object) => Promise<Answer>,
): Promise<Answer> {
  if (!WRITING.test(operation)) return answer(input)
  const answered = await answer({ ...input, ReturnConsumedCapacity: 'TOTAL' })
  count('writeUnits', unitsIn(answered.output))
  return answered
}

/** One figure for one table, or a list of one for each. */
function unitsIn(output: object): number {
  const { ConsumedCapacity = [] } = output as {
    ConsumedCapacity?: { CapacityUnits?: number } | { CapacityUnits?: number }[]
  }
  return [ConsumedCapacity].flat().reduce((sum, { CapacityUnits = 0 }) => sum + CapacityUnits, 0)
}
