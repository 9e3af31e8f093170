import type { AttributeValue } from '@aws-sdk/client-dynamodb'
import { kilobytesOf } from '../meter.ts'
import type { World } from '../world.ts'

/** Kilobytes of the items that an action added, by what they are: each rounded up, as writing it is charged. */
export interface Written {
  readonly history: number
  readonly holds: number
  readonly details: number
}

type Item = Record<string, AttributeValue>

/** Runs an action, and looks at the table before and after it; what only it adds has keys that were not there before. */
export async function writtenBy(world: World, action: () => Promise<void>): Promise<Written> {
  const before = new Set((await scan(world)).map(nameOf))
  await action()
  const added = (await scan(world)).filter((item) => !before.has(nameOf(item)))
  const kilobytes = (pattern: RegExp) =>
    added
      .filter((item) => pattern.test(nameOf(item)))
      .reduce((total, item) => total + kilobytesOf(item), 0)
  return {
    history: kilobytes(/^L#/),
    holds: kilobytes(/^T#/),
    details: kilobytes(/^O#\S*\nD#/),
  }
}

/** Asks the engine itself: looking is not part of what is measured. */
async function scan({ engine, port }: World): Promise<Item[]> {
  const items: Item[] = []
  let from: object | undefined
  do {
    const start = from === undefined ? {} : { ExclusiveStartKey: from }
    const input = { TableName: port.tableName, ConsistentRead: true, ...start }
    const { body } = await engine.call('DynamoDB_20120810.Scan', input)
    const page = body as { Items: Item[]; LastEvaluatedKey?: object }
    items.push(...page.Items)
    from = page.LastEvaluatedKey
  } while (from !== undefined)
  return items
}

function nameOf({ pk, sk }: Item): string {
  return `${pk?.S ?? ''}\n${sk?.S ?? ''}`
}
