import type { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { count } from '../../tally.ts'

/** Commands whose answers tell write units, when they are asked to. */
const WRITING =
  /^(PutItem|UpdateItem|DeleteItem|TransactWriteItems|BatchWriteItem|BatchExecuteStatement)Command$/

/** Lets a client ask what its writes cost, and counts it. */
export function countConsumed(client: DynamoDBClient): DynamoDBClient {
  client.middlewareStack.add(
    (next, context) => async (args) => {
      const isWriting = WRITING.test(String(context['commandName']))
      if (!isWriting) return next(args)
      const input = { ...args.input, ReturnConsumedCapacity: 'TOTAL' }
      const answer = await next({ ...args, input })
      count('writeUnits', unitsIn(answer.output))
      return answer
    },
    { step: 'initialize', name: 'countConsumed' },
  )
  return client
}

/** One figure for one table, or a list of one for each. */
function unitsIn(output: object): number {
  const { ConsumedCapacity = [] } = output as {
    ConsumedCapacity?: { CapacityUnits?: number } | { CapacityUnits?: number }[]
  }
  return [ConsumedCapacity].flat().reduce((sum, { CapacityUnits = 0 }) => sum + CapacityUnits, 0)
}
