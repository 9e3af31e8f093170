import { execFileSync } from 'node:child_process'
import {
  chmod,
  chown,
  lstat,
  mkdir,
  readFile,
  readdir,
  rename,
  symlink,
  writeFile,
} from 'node:fs/promises'
import { userInfo } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { announce, findProduct } from '../../local/running-product.ts'
import { cleanUps } from '../support/clean-ups.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const PORT = 4711
const product = { environment: { AWS_REGION: 'here' }, tableName: 'seats', masterSecret: 'secret' }

/** A place for temporary files of the test's own; `folder` is where notes are. */
async function open() {
  const { TMPDIR } = process.env
  const place = await temporaryFolder()
  process.env['TMPDIR'] = place
  cleanUps.push(() => {
    if (TMPDIR === undefined) delete process.env['TMPDIR']
    else process.env['TMPDIR'] = TMPDIR
    return Promise.resolve()
  })
  const folder = join(place, `holdfast-${userInfo().username}`)
  const told: string[] = []
  const leave = () => announce(PORT, product, (text) => told.push(text))
  return { place, folder, note: join(folder, `${PORT}.json`), told, leave }
}

test('a product that runs is found by its port until it takes its note away', async () => {
  const { folder, note, leave, told } = await open()
  const takeAway = await leave()
  expect(await findProduct(PORT)).toEqual(product)
  expect(await findProduct(PORT + 1)).toBeUndefined()
  expect((await lstat(folder)).mode & 0o777).toBe(0o700)
  expect((await lstat(note)).mode & 0o777).toBe(0o600)
  await takeAway()
  expect(await findProduct(PORT)).toBeUndefined()
  expect([await readdir(folder), told]).toEqual([[], []])
})

test('no note is left in a folder that others can use, and none is believed that lies there', async () => {
  const { folder, note, leave, told } = await open()
  await leave()
  const planted = await readFile(note, 'utf8')
  await chmod(folder, 0o777)
  expect(await findProduct(PORT)).toBeUndefined()
  const takeAway = await leave()
  expect(told).toEqual([expect.stringContaining(`${folder} is not a folder of yours alone`)])
  expect(await readFile(note, 'utf8')).toBe(planted)
  await takeAway()
})

test('a link in the place of the folder is none of ours', async () => {
  const { place, folder, leave, told } = await open()
  await mkdir(join(place, 'elsewhere'), { mode: 0o700 })
  await symlink(join(place, 'elsewhere'), folder)
  await leave()
  expect(told).toHaveLength(1)
  expect(await readdir(join(place, 'elsewhere'))).toEqual([])
})

test('a note that others may read or write, or a link, is not believed', async () => {
  const { note, place, leave } = await open()
  await leave()
  await chmod(note, 0o644)
  expect(await findProduct(PORT)).toBeUndefined()
  await chmod(note, 0o600)
  expect(await findProduct(PORT)).toEqual(product)
  await rename(note, join(place, 'note'))
  await symlink(join(place, 'note'), note)
  expect(await findProduct(PORT)).toBeUndefined()
})

test.runIf(process.getuid?.() === 0)('what belongs to another user is not believed', async () => {
  const { note, folder, leave, told } = await open()
  await leave()
  await chown(note, 65_534, 65_534)
  expect(await findProduct(PORT)).toBeUndefined()
  await chown(note, 0, 0)
  await chown(folder, 65_534, 65_534)
  expect(await findProduct(PORT)).toBeUndefined()
  await leave()
  expect(told).toHaveLength(1)
})

test('a note does not outlive its process, nor speak for another one of the same number', async () => {
  const { note, leave } = await open()
  await leave()
  const written = JSON.parse(await readFile(note, 'utf8')) as { process: object }
  const ended = Number(execFileSync('sh', ['-c', 'echo $$'], { encoding: 'utf8' }))
  for (const process of [{ id: ended }, { ...written.process, startedAt: '1' }]) {
    await writeFile(note, JSON.stringify({ ...written, process }))
    expect(await findProduct(PORT)).toBeUndefined()
    await expect(lstat(note)).rejects.toThrow('ENOENT')
    await writeFile(note, '', { mode: 0o600 })
  }
})

test.each(['', 'null', '{', '{"environment":{"A":1}}', JSON.stringify(product)])(
  'a note that says %j is none',
  async (text) => {
    const { note, leave } = await open()
    await leave()
    await writeFile(note, text)
    expect(await findProduct(PORT)).toBeUndefined()
  },
)
