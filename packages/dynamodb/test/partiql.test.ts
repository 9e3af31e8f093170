import {
  BatchExecuteStatementCommand,
  GetItemCommand,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb'
import type { AttributeValue, DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { describe, expect, test } from 'vitest'
import { key, startTable } from './support.ts'

const TableName = 'seats'

async function run(db: DynamoDBClient, Statement: string, Parameters?: AttributeValue[]) {
  const command = new BatchExecuteStatementCommand({ Statements: [{ Statement, Parameters }] })
  const { Responses } = await db.send(command)
  const { Item, Error: error } = Responses?.[0] ?? {}
  return { item: Item, code: error?.Code, message: error?.Message }
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
  const wire = await startTable()
  const items = [some, { ...key('a', '2'), n: { N: '2' } }, { ...key('b', '1'), n: { N: '3' } }]
  for (const Item of items) await wire.db.send(new PutItemCommand({ TableName, Item }))
  return wire
}

async function stored(db: DynamoDBClient, pk: string, sk = '1') {
  return (await db.send(new GetItemCommand({ TableName, Key: key(pk, sk) }))).Item
}

describe('a condition', () => {
  test.each<[where: string, parameters: AttributeValue[] | undefined, found: string[]]>([
    [`n = ?`, [{ N: '2' }], ['a2']],
    [`sk > '1'`, undefined, ['a2']],
    [`begins_with(sk, '1')`, undefined, ['a1', 'b1']],
    [`sk BETWEEN '1' AND '3' AND n <> 2`, undefined, ['a1', 'b1']],
    [`n IN [2, 3]`, undefined, ['a2', 'b1']],
    [`(n = 3 OR (n >= 2 AND NOT n = 3))`, undefined, ['a2', 'b1']],
    [`contains("s", 'x') AND size(s) = 1`, undefined, ['a1']],
    [`m.deep[1] = 'second'`, undefined, ['a1']],
    [`g IS NOT MISSING`, undefined, ['a1']],
    [`g IS MISSING AND attribute_type(n, 'N')`, undefined, ['a2', 'b1']],
  ])('of an UPDATE holds WHERE %s', async (where, parameters, found) => {
    const { db } = await startItems()
    const changed: string[] = []
    const all = [
      ['a', '1'],
      ['a', '2'],
      ['b', '1'],
    ] as const
    for (const [pk, sk] of all) {
      const statement = `UPDATE "seats" SET hit = true WHERE pk = '${pk}' AND sk = '${sk}' AND ${where}`
      const { code } = await run(db, statement, parameters)
      if (code === undefined) changed.push(`${pk}${sk}`)
      else expect(code).toBe('ConditionalCheckFailed')
    }
    expect(changed).toEqual(found)
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

  test('refuses a key that is there with DuplicateItem', async () => {
    const { db } = await startItems()
    const { code, message } = await run(db, `INSERT INTO seats VALUE {'pk': 'a', 'sk': '1'}`)
    expect(code).toBe('DuplicateItem')
    expect(message).toBe('Duplicate primary key exists in table')
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
    expect(changed.item).toEqual({ n: { N: '2' }, m: { M: { deep } }, s: { SS: ['x', 'y'] } })
    const old = await run(
      db,
      `UPDATE seats SET s = set_delete(s, <<'x', 'y'>>), n = 9 WHERE pk = 'a' AND sk = '1' RETURNING ALL OLD *`,
    )
    expect(old.item?.['s']).toEqual({ SS: ['x', 'y'] })
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
      const { code } = await run(db, `UPDATE seats SET n = 0 WHERE ${where}`)
      expect(code).toBe('ConditionalCheckFailed')
      expect(await stored(db, 'none')).toBeUndefined()
    },
  )
})

describe('DELETE', () => {
  test('deletes one item and returns it; deleting what is not there succeeds', async () => {
    const { db } = await startItems()
    const statement = `DELETE FROM seats WHERE pk = 'a' AND sk = '2' AND n = 2 RETURNING ALL OLD *`
    expect((await run(db, statement)).item).toEqual({ ...key('a', '2'), n: { N: '2' } })
    expect(await run(db, statement)).toEqual({})
  })

  test('refuses an item for which its condition does not hold', async () => {
    const { db } = await startItems()
    const statement = `DELETE FROM seats WHERE pk = 'a' AND sk = '2' AND n = 7`
    expect((await run(db, statement)).code).toBe('ConditionalCheckFailed')
    expect(await stored(db, 'a', '2')).toBeDefined()
  })
})

describe('a statement is refused', () => {
  test.each([
    [`DELETE FROM seats WHERE pk = 'a'`, 'ValidationError'],
    [`UPDATE seats SET n = 1 WHERE n = 1`, 'ValidationError'],
    [`SELEKT * FROM seats`, 'ValidationError'],
    [`DELETE FROM seats WHERE`, 'ValidationError'],
    [`DELETE FROM seats WHERE pk = ? AND sk = '1'`, 'ValidationError'],
    [`DELETE FROM seats WHERE pk = 1 AND sk = '1'`, 'ValidationError'],
    [`UPDATE seats SET pk = 'x' WHERE pk = 'a' AND sk = '1'`, 'ValidationError'],
    [`INSERT INTO seats VALUE {'pk': 'x'}`, 'ValidationError'],
    [`DELETE FROM nowhere WHERE pk = 'a' AND sk = '1'`, 'ResourceNotFound'],
  ])('%s', async (statement, code) => {
    const { db } = await startItems()
    expect((await run(db, statement)).code).toBe(code)
  })

  test('that reads: SELECT is not served', async () => {
    const { db } = await startItems()
    const statement = `SELECT * FROM seats WHERE pk = 'a' AND sk = '1'`
    expect(await run(db, statement)).toEqual({
      code: 'ValidationError',
      message: 'SELECT statements are not served here.',
    })
  })
})
