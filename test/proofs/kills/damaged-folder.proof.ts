import { createHash } from 'node:crypto'
import { cp, mkdir, mkdtemp, readFile, readdir, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { DataFolderError, openDataFolder } from '../../../local/data/data-folder.ts'
import { createEngine } from '@holdfast/dynamodb/engine'
import { findDamage } from '@holdfast/leveldb/find-damage'
import { readerOf } from '@holdfast/leveldb/reader'
import { diceOf } from '../../support/dice.ts'
import { startProduct } from '../../support/product.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

const SEED = 77
const TableName = 'seats'
const ITEMS = 400
/** LevelDB's logs are made of blocks. */
const BLOCK_BYTES = 32 * 1024
/** And its tables end with this. */
const FOOTER_BYTES = 48

/** LevelDB's lock and its diary, which an attempt to open may touch. */
const INCIDENTAL = /(^|\/)(LOCK|LOG|LOG\.old)$/

let whole = ''
let remove: () => Promise<void>

beforeAll(async () => {
  whole = await mkdtemp(join(tmpdir(), 'holdfast-whole-'))
  remove = () => rm(whole, { recursive: true, force: true })
  const folder = await openDataFolder(whole)
  // Opened three times: what an earlier run wrote is in tables by then, the rest in a log.
  for (let run = 0; run < 3; run += 1) await fill(folder.databasePath, run)
  await folder.markReady()
})

afterAll(() => remove())

async function fill(path: string, run: number): Promise<void> {
  const engine = await createEngine({ path })
  await engine.call('DynamoDB_20120810.CreateTable', {
    TableName,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
    KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
  })
  for (let at = 0; at < ITEMS; at += 1) {
    const text = createHash('sha256').update(`${run}-${at}`).digest('hex').repeat(3)
    const Item = { pk: { S: `item-${at}` }, n: { N: `${run * ITEMS + at}` }, text: { S: text } }
    expect((await engine.call('DynamoDB_20120810.PutItem', { TableName, Item })).status).toBe(200)
  }
  await engine.close()
}

/** A copy of the whole folder, and the path of its first file of a kind. */
async function copyOf(): Promise<{ path: string; file: (kind: RegExp) => Promise<string> }> {
  const path = join(await temporaryFolder(), 'data')
  await cp(whole, path, { recursive: true })
  return {
    path,
    file: async (kind) => {
      const name = (await readdir(join(path, 'db'))).sort().find((one) => kind.test(one))
      if (name === undefined) throw new Error(`No file like ${String(kind)}`)
      return join(path, 'db', name)
    },
  }
}

async function flip(path: string, at: (length: number) => number): Promise<void> {
  const bytes = await readFile(path)
  const place = at(bytes.length)
  bytes[place] = (bytes[place] ?? 0) ^ 0x10
  await writeFile(path, bytes)
}

async function contents(path: string): Promise<Record<string, string>> {
  const found: Record<string, string> = {}
  for (const entry of await readdir(path, { recursive: true, withFileTypes: true })) {
    const file = join(entry.parentPath, entry.name)
    const name = relative(path, file)
    if (INCIDENTAL.test(name)) continue
    const hash = entry.isFile()
      ? createHash('sha256')
          .update(await readFile(file))
          .digest('hex')
      : ''
    found[name] = hash
  }
  return found
}

async function refusal(path: string): Promise<string> {
  const error: unknown = await openDataFolder(path).then(
    () => undefined,
    (refused: unknown) => refused,
  )
  expect(error).toBeInstanceOf(DataFolderError)
  return (error as Error).message
}

type Copy = Awaited<ReturnType<typeof copyOf>>

const damages: Record<string, readonly [expected: RegExp, damage: (copy: Copy) => Promise<void>]> =
  {
    'CURRENT is missing': [
      /db\/CURRENT: it is missing/,
      async ({ file }) => rm(await file(/^CURRENT/)),
    ],
    'CURRENT is empty': [
      /db\/CURRENT: it is garbled/,
      async ({ file }) => truncate(await file(/^CURRENT/)),
    ],
    'CURRENT is garbage': [
      /db\/CURRENT: it is garbled/,
      async ({ file }) => writeFile(await file(/^CURRENT/), 'garbage'),
    ],
    'the manifest is missing': [
      /db\/MANIFEST-\d+: it is missing/,
      async ({ file }) => rm(await file(/^MANIFEST/)),
    ],
    'the manifest is empty': [
      /db\/MANIFEST-\d+: it is empty/,
      async ({ file }) => truncate(await file(/^MANIFEST/)),
    ],
    'the manifest is garbage': [
      /db\/MANIFEST-\d+: /,
      async ({ file }) => writeFile(await file(/^MANIFEST/), Buffer.alloc(500, 'garbage ')),
    ],
    'a table is missing': [
      /db\/\d+\.ldb: it is missing/,
      async ({ file }) => rm(await file(/ldb$/)),
    ],
    'a table is cut off': [
      /db\/\d+\.ldb: it has 1000 bytes, not \d+/,
      async ({ file }) => truncate(await file(/ldb$/), 1000),
    ],
    'a byte of a table has changed': [
      /db\/\d+\.ldb: the checksum of a block in it is wrong/,
      async ({ file }) => flip(await file(/ldb$/), () => 2000),
    ],
    'a byte of the filter of a table has changed': [
      /db\/\d+\.ldb: the checksum of a block in it is wrong/,
      async ({ file }) => {
        // The footer begins with the place of the index of filters, which follows right behind the filter.
        const place = (await readFile(await file(/ldb$/))).subarray(-FOOTER_BYTES)
        const behind = readerOf(place).varint()
        await flip(await file(/ldb$/), () => behind - 20)
      },
    ],
    'the log is missing': [
      /db\/\d+\.log: it is missing/,
      async ({ file }) => rm(await file(/log$/)),
    ],
    'a byte of the log has changed': [
      /db\/\d+\.log: the checksum of a record in it is wrong/,
      async ({ file }) => flip(await file(/log$/), (length) => length / 2),
    ],
    'a record of the log claims to go on behind its end': [
      /db\/\d+\.log: a record in it is garbled/,
      async ({ file }) => {
        const path = await file(/log$/)
        const bytes = await readFile(path)
        // Each block of the log begins with a record's header; its length follows the checksum.
        const block = bytes.length - (bytes.length % BLOCK_BYTES)
        bytes.writeUInt16LE(bytes.length - block, block + 4)
        await writeFile(path, bytes)
      },
    ],
    'the end of the log is zeros': [
      /db\/\d+\.log: a record in it is garbled/,
      async ({ file }) => {
        const path = await file(/log$/)
        await writeFile(path, Buffer.concat([await readFile(path), Buffer.alloc(5000)]))
      },
    ],
    'the whole database is missing': [
      /db\/CURRENT: it is missing/,
      async ({ path }) => rm(join(path, 'db'), { recursive: true }),
    ],
    'the marker is garbled': [
      /holdfast\.json is garbled/,
      async ({ path }) => writeFile(join(path, 'holdfast.json'), '{"form'),
    ],
    'the marker is missing': [
      /is not empty \(it has db\) and has no holdfast\.json/,
      async ({ path }) => rm(join(path, 'holdfast.json')),
    ],
    'the format is newer': [
      /is in format 2, and this Holdfast knows format 1 only\. Start it with the Holdfast that made it/,
      async ({ path }) =>
        writeFile(
          join(path, 'holdfast.json'),
          '{"format":"holdfast-data","version":2,"state":"ready"}',
        ),
    ],
  }

test.each(Object.entries(damages))(
  '%s: named, and nothing is touched',
  async (_, [expected, damage]) => {
    const copy = await copyOf()
    await openDataFolder(copy.path)
    await damage(copy)
    const before = await contents(copy.path)
    const message = await refusal(copy.path)
    expect(message).toMatch(expected)
    expect(message).toContain(copy.path)
    expect(await contents(copy.path)).toEqual(before)
  },
)

test("a folder of someone else's and a file in its place are refused as they are", async () => {
  const folder = await temporaryFolder()
  await writeFile(join(folder, 'letter.txt'), 'dear')
  expect(await refusal(folder)).toMatch(/is not empty \(it has letter\.txt\)/)
  expect(await readdir(folder)).toEqual(['letter.txt'])
  for (const path of [join(folder, 'letter.txt'), join(folder, 'letter.txt', 'below')]) {
    expect(await refusal(path)).toContain(`${path} is not a folder: there is a file in its place`)
  }
  expect(await readFile(join(folder, 'letter.txt'), 'utf8')).toBe('dear')
})

test('a folder that its user may not write is refused by name', async () => {
  const folder = await temporaryFolder()
  await mkdir(join(folder, 'closed'), { mode: 0o500 })
  const isRoot = process.geteuid?.() === 0
  // Root may do everything, so it becomes somebody else for a moment.
  if (isRoot) process.seteuid?.(65_534)
  try {
    expect(await refusal(join(folder, 'closed', 'data'))).toContain('may not be read and written')
  } finally {
    if (isRoot) process.seteuid?.(0)
  }
})

test('the product prints what is damaged and what to do, without a stack, and ends with 1', async () => {
  const copy = await copyOf()
  const log = await copy.file(/log$/)
  await rm(log)
  const product = startProduct(['--data', copy.path])
  expect(await product.ended).toBe(1)
  expect(product.output()).toBe(
    `Starting Holdfast on a free port, with its data in ${copy.path} …\n` +
      `The data folder ${copy.path} is damaged (db/${relative(join(copy.path, 'db'), log)}: it is missing). ` +
      'Nothing in it was changed. Restore it from a copy, or name another folder with --data.\n',
  )
})

/** All items by their number, or what was wrong. */
async function itemsOf(path: string): Promise<(string | undefined)[]> {
  const engine = await createEngine({ path })
  const { body } = await engine.call('DynamoDB_20120810.Scan', { TableName })
  await engine.close()
  const { Items = [] } = body as { Items?: { n: { N: string } }[] }
  return Items.map(({ n }) => n.N).sort((left, right) => Number(left) - Number(right))
}

test('a flipped byte is noticed wherever it is, unless it matters to none but the last write', async () => {
  const dice = diceOf(SEED)
  const all = await itemsOf((await copyOf().then(({ path }) => path)) + '/db')
  let noticed = 0
  const flips = 150
  for (let count = 0; count < flips; count += 1) {
    const copy = await copyOf()
    const names = (await readdir(join(copy.path, 'db'))).filter((one) => !INCIDENTAL.test(one))
    const name = names[dice(names.length)] ?? ''
    let place = 0
    await flip(join(copy.path, 'db', name), (length) => (place = dice(length)))
    if ((await findDamage(join(copy.path, 'db'))) !== undefined) {
      noticed += 1
      continue
    }
    const left = await itemsOf(join(copy.path, 'db'))
    const lost = all.filter((number) => !left.includes(number))
    expect(lost.length, `seed ${SEED}: byte ${place} of ${name}`).toBeLessThanOrEqual(1)
  }
  expect(noticed).toBeGreaterThan(flips * 0.9)
})

test('a log that ends anywhere, as a killed process leaves it, is no damage, and keeps every whole write', async () => {
  const dice = diceOf(SEED)
  for (let count = 0; count < 40; count += 1) {
    const copy = await copyOf()
    const log = await copy.file(/log$/)
    const { length } = await readFile(log)
    const left = dice(length + 1)
    await truncate(log, left)
    expect(await findDamage(join(copy.path, 'db')), `seed ${SEED}: ${left} bytes`).toBeUndefined()
    const numbers = (await itemsOf(join(copy.path, 'db'))).map(Number)
    // The last run overwrote the items one after the other: some first ones have its numbers, the others the run before.
    const newest = numbers.filter((number) => number >= 2 * ITEMS).length
    const expected = Array.from({ length: ITEMS }, (_, at) => at + (at < newest ? 2 : 1) * ITEMS)
    expect(numbers).toEqual(expected.sort((one, other) => one - other))
  }
})
