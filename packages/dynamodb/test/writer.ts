// A process of its own, so that a test can kill it: it writes transactions into the folder it is
// given until it is stopped, each with a token and all with the same number in three items.
import { createEngine } from '../src/engine.ts'
import { streamedTable, key } from './support.ts'

const engine = await createEngine({ path: process.argv[2] ?? '' })
await engine.call('DynamoDB_20120810.CreateTable', streamedTable)
for (let n = 1; n < 1_000_000; n += 1) {
  const { status } = await engine.call('DynamoDB_20120810.TransactWriteItems', {
    ClientRequestToken: `token-${n}`,
    TransactItems: ['a', 'b', 'c'].map((pk) => ({
      Put: { TableName: 'seats', Item: { ...key(pk), n: { N: `${n}` } } },
    })),
  })
  if (status !== 200) throw new Error(`Transaction ${n} was refused`)
  if (n % 50 === 0) console.log(n)
}
