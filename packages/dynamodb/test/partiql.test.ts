import { ExecuteStatementCommand, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb'
import type { AttributeValue, DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { describe, expect, test } from 'vitest'
import { indexedTable, key, refusalOf, startTable } from './support.ts'

const TableName = 'seats'

function run(db: DynamoDBClient, Statement: string, Parameters?: AttributeValue[]) {
  return db.send(new ExecuteStatementCommand({ Statement, Parameters }))
}

const some = {
  ...key('a', '1'),
  g: { S: 'g1' },
  n: { N: '1' },
  s: { SS: ['x'] },
  l: { N: '5' },
  m: { M: { deep: { L: [{ S: 'first' }, { S: 'second' }] } } },
}

async function startItems() {
  const wire = await startTable(indexedTable)
  const items = [some, { ...key('a', '2'), n: { N: '2' } }, { ...key('b', '1'), n: { N: '3' } }]
  for (const Item of items) await wire.db.send(new PutItemCommand({ TableName, Item }))
  return wire
}

async function stored(db: DynamoDBClient, pk: string, sk = '1') {
  return (await db.send(new GetItemCommand({ TableName, Key: key(pk, sk) }))).Item
}

describe('SELECT', () => {
  test.each<[where: string, parameters: AttributeValue[] | undefined, found: string[]]>([
    [`pk = 'a'`, undefined, ['a1', 'a2']],
    [`pk = ? AND sk = ?`, [{ S: 'a' }, { S: '2' }], ['a2']],
    [`pk = 'a' AND sk > '1'`, undefined, ['a2']],
    [`pk = 'a' AND begins_with(sk, '1')`, undefined, ['a1']],
    [`pk = 'a' AND sk BETWEEN '1' AND '3' AND n <> 2`, undefined, ['a1']],
    [`pk = 'a' ORDER BY sk DESC`, undefined, ['a2', 'a1']],
    [`n IN [2, 3]`, undefined, ['a2', 'b1']],
    [`pk = 'b' OR (n >= 2 AND NOT n = 3)`, undefined, ['a2', 'b1']],
    [`contains("s", 'x') AND size(s) = 1`, undefined, ['a1']],
    [`m.deep[1] = 'second'`, undefined, ['a1']],
    [`g IS NOT MISSING`, undefined, ['a1']],
    [`g IS MISSING AND attribute_type(n, 'N')`, undefined, ['a2', 'b1']],
  ])('finds WHERE %s', async (where, parameters, found) => {
    const { db } = await startItems()
    const { Items = [] } = await run(db, `SELECT * FROM "seats" WHERE ${where}`, parameters)
    const names = Items.map((item) => `${item['pk']?.S ?? ''}${item['sk']?.S ?? ''}`)
    expect(where.includes('ORDER') ? names : names.sort()).toEqual(found)
  })

  test('shows the attributes named, a nested one under its last name', async () => {
    const { db } = await startItems()
    const found = await run(db, `SELECT n, m.deep FROM seats WHERE pk = 'a' AND sk = '1'`)
    expect(found.Items).toEqual([{ n: { N: '1' }, deep: some.m.M.deep }])
  })

  test('reads an index', async () => {
    const { db } = await startItems()
    const found = await run(db, `SELECT * FROM "seats"."by-g" WHERE g = 'g1'`)
    expect(found.Items).toEqual([{ ...key('a'), g: { S: 'g1' } }])
  })

  test('goes on from NextToken until all is read', async () => {
    const { db } = await startItems()
    const names: string[] = []
    let NextToken: string | undefined
    do {
      const page = await db.send(
        new ExecuteStatementCommand({ Statement: 'SELECT * FROM seats', Limit: 2, NextToken }),
      )
      names.push(...(page.Items ?? []).map((item) => item['n']?.N ?? ''))
      ;({ NextToken } = page)
    } while (NextToken !== undefined)
    expect(names.sort()).toEqual(['1', '2', '3'])
  })

  test('counts what it reads', async () => {
    const { db } = await startItems()
    const found = await db.send(
      new ExecuteStatementCommand({
        Statement: `SELECT * FROM seats WHERE pk = 'a'`,
        ConsistentRead: true,
        ReturnConsumedCapacity: 'TOTAL',
      }),
    )
    expect(found.ConsumedCapacity).toEqual({ TableName, CapacityUnits: 1 })
  })
})

describe('INSERT', () => {
  test('puts an item with values of every type', async () => {
    const { db } = await startItems()
    await run(
      db,
      `INSERT INTO "seats" VALUE {'pk': 'c', 'sk': ?, 't': 'it''s', 'n': -1.50, 'b': true, 'z': null, 'list': [1, 'x'], 'm': {'k': 'v'}, 's': <<'a', 'b'>>, 'ns': <<1, 2>>}`,
      [{ S: '1' }],
    )
    expect(await stored(db, 'c')).toEqual({
      ...key('c'),
      t: { S: "it's" },
      n: { N: '-1.5' },
      b: { BOOL: true },
      z: { NULL: true },
      list: { L: [{ N: '1' }, { S: 'x' }] },
      m: { M: { k: { S: 'v' } } },
      s: { SS: ['a', 'b'] },
      ns: { NS: ['1', '2'] },
    })
  })

  test('refuses a key that is there with DuplicateItemException', async () => {
    const { db } = await startItems()
    const refusal = await refusalOf(run(db, `INSERT INTO seats VALUE {'pk': 'a', 'sk': '1'}`))
    expect(refusal.name).toBe('DuplicateItemException')
    expect(refusal.message).toBe('Duplicate primary key exists in table')
  })
})

describe('UPDATE', () => {
  test('sets and removes, and returns what is asked for', async () => {
    const { db } = await startItems()
    const changed = await run(
      db,
      `UPDATE "seats" SET n = n + 1 SET m.deep = list_append(m.deep, ['third']) SET s = set_add(s, <<'y'>>) REMOVE g ` +
        `WHERE pk = 'a' AND sk = '1' AND n = 1 RETURNING MODIFIED NEW *`,
    )
    const deep = { L: [...some.m.M.deep.L, { S: 'third' }] }
    expect(changed.Items).toEqual([{ n: { N: '2' }, m: { M: { deep } }, s: { SS: ['x', 'y'] } }])
    const old = await run(
      db,
      `UPDATE seats SET s = set_delete(s, <<'x', 'y'>>), n = 9 WHERE pk = 'a' AND sk = '1' RETURNING ALL OLD *`,
    )
    expect(old.Items?.[0]?.['s']).toEqual({ SS: ['x', 'y'] })
    expect(await stored(db, 'a')).toEqual({
      ...key('a'),
      l: some.l,
      n: { N: '9' },
      m: { M: { deep } },
    })
  })

  test.each([`pk = 'none' AND sk = '1'`, `pk = 'a' AND sk = '1' AND n = 7`])(
    'refuses WHERE %s, which no item is',
    async (where) => {
      const { db } = await startItems()
      const refusal = await refusalOf(run(db, `UPDATE seats SET n = 0 WHERE ${where}`))
      expect(refusal.name).toBe('ConditionalCheckFailedException')
      expect(await stored(db, 'none')).toBeUndefined()
    },
  )
})

describe('DELETE', () => {
  test('deletes one item and returns it; deleting what is not there succeeds', async () => {
    const { db } = await startItems()
    const statement = `DELETE FROM seats WHERE pk = 'a' AND sk = '2' AND n = 2 RETURNING ALL OLD *`
    expect((await run(db, statement)).Items).toEqual([{ ...key('a', '2'), n: { N: '2' } }])
    expect((await run(db, statement)).Items).toEqual([])
  })

  test('refuses an item for which its condition does not hold', async () => {
    const { db } = await startItems()
    const refusal = await refusalOf(
      run(db, `DELETE FROM seats WHERE pk = 'a' AND sk = '2' AND n = 7`),
    )
    expect(refusal.name).toBe('ConditionalCheckFailedException')
  })
})

describe('a statement is refused', () => {
  test.each([
    [`DELETE FROM seats WHERE pk = 'a'`, 'ValidationException'],
    [`UPDATE seats SET n = 1 WHERE n = 1`, 'ValidationException'],
    [`SELEKT * FROM seats`, 'ValidationException'],
    [`SELECT * FROM seats WHERE`, 'ValidationException'],
    [`SELECT * FROM seats WHERE pk = ?`, 'ValidationException'],
    [`SELECT * FROM seats WHERE pk = 1`, 'ValidationException'],
    [`SELECT * FROM "seats"."none" WHERE pk = 'a'`, 'ValidationException'],
    [`UPDATE seats SET pk = 'x' WHERE pk = 'a' AND sk = '1'`, 'ValidationException'],
    [`INSERT INTO seats VALUE {'pk': 'x'}`, 'ValidationException'],
    [`SELECT * FROM nowhere`, 'ResourceNotFoundException'],
  ])('%s', async (statement, name) => {
    const { db } = await startItems()
    expect((await refusalOf(run(db, statement))).name).toBe(name)
  })
})
